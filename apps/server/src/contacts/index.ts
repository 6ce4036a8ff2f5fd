export { type ConsentChange, consentOn } from './consents/consents.repository';
export { ContactConsents } from './consents/contact-consents.service';
export { ContactBook } from './contact-book.service';
export {
  ContactDirectory,
  ContactRace,
  type CustomerToResolve,
  type KnownCustomers,
} from './contact-directory.service';
export type { ContactCondition } from './contact-records.repository';
export { ContactsModule } from './contacts.module';
export { csvDownload } from './csv-export';
export { type IdentityChange, IdentityChanges } from './identity-changes.service';
export { ContactImports } from './imports/imports.service';
export { ErasedPeople } from './personal-data/erased-people.service';
export { ItemErasure } from './personal-data/item-erasure.service';
export { ItemPeople, type LateItems } from './personal-data/item-people.service';
export { authorIdentities } from './personal-data/named-people';
export { type DataSubject, type PersonalDataSource, PersonalDataSources } from './personal-data/personal-data-sources';
export { phoneOf } from './phone';
export { ContactSegments } from './segments/contact-segments.service';
export { Parameters } from './sql';
