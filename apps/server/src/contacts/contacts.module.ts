import { Module } from '@nestjs/common';
import { ContactDirectory } from './contact-directory.service';
import { ContactsGateway } from './contacts.gateway';
import { ContactsRepository } from './contacts.repository';
import { IdentityChanges } from './identity-changes.service';

@Module({
  providers: [ContactDirectory, ContactsGateway, ContactsRepository, IdentityChanges],
  exports: [ContactDirectory, IdentityChanges],
})
export class ContactsModule {}
