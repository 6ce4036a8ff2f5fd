export * from './account';
export { type CustomerProfile, profileFields, readProfile } from './profile';
export { readFreshToken, readTokenEnd } from './token-life';
