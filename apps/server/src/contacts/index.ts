export type { ConsentChange } from './consents/consents.repository';
export { ContactConsents } from './consents/contact-consents.service';
export {
  ContactDirectory,
  ContactRace,
  type CustomerToResolve,
  type KnownCustomers,
} from './contact-directory.service';
export type { ContactCondition } from './contact-records.repository';
export { ContactsModule } from './contacts.module';
export { ContactSegments } from './segments/contact-segments.service';
export { Parameters } from './sql';
