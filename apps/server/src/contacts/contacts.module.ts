import { Module } from '@nestjs/common';
import { ContactDirectory } from './contact-directory.service';
import { ContactsRepository } from './contacts.repository';

@Module({ providers: [ContactDirectory, ContactsRepository], exports: [ContactDirectory] })
export class ContactsModule {}
