export { ContactDirectory, ContactRace, type CustomerToResolve } from './contact-directory.service';
export { ContactsModule } from './contacts.module';
