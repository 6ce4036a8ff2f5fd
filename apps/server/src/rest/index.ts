export { IdParameter } from './id-parameter';
export { invalidField } from './invalid-field';
export { takeJsonOnly } from './json-bodies';
export { ListFrame, Listing, type Page, PageQuery } from './listing';
export { describeApi } from './openapi';
export { RestModule } from './rest.module';
export { RetryAfterHeader, RetryLater } from './retry-later';
export { acceptUploads } from './uploads';
export { restValidation } from './validation';
