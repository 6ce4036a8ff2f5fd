export {
  ContactDirectory,
  ContactRace,
  type CustomerToResolve,
  type KnownCustomers,
} from './contact-directory.service';
export { ContactsModule } from './contacts.module';
export { type IdentityChange, IdentityChanges } from './identity-changes.service';
