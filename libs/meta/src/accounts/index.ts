export * from './account';
export { type CustomerProfile, profileFields, readProfile } from './profile';
export { type ListedTemplate, readListedTemplate, templateFields } from './template-page';
export { readFreshToken, readTokenEnd } from './token-life';
