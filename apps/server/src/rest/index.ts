export { ListFrame, Listing, type Page, PageQuery } from './listing';
export { RestModule } from './rest.module';
export { acceptUploads } from './uploads';
export { restValidation } from './validation';
