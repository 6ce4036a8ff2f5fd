export { ListFrame, Listing, type Page, PageQuery } from './listing';
export { RestModule } from './rest.module';
export { restValidation } from './validation';
