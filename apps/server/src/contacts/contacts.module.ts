import { Module } from '@nestjs/common';
import { ContactDirectory } from './contact-directory.service';
import { ContactsGateway } from './contacts.gateway';
import { ContactsRepository } from './contacts.repository';

@Module({ providers: [ContactDirectory, ContactsGateway, ContactsRepository], exports: [ContactDirectory] })
export class ContactsModule {}
