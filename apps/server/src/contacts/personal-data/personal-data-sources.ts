import { Injectable } from '@nestjs/common';

/** Whose data it is. */
export interface DataSubject {
  workspaceId: string;
  contactId: string;
  /** With the contacts that were merged into this one. */
  contactIds: string[];
  /** Their ids as the platforms write them, e-mail addresses too. */
  values: string[];
  /** What Messenger and Instagram call them. */
  usernames: string[];
}

/** A place where another module keeps data of a person. */
export interface PersonalDataSource {
  /** Its key in the copy that is downloaded. */
  name: string;
  /** What is kept there, to be written as JSON. */
  read(subject: DataSubject): AsyncIterable<unknown>;
  /** Webhook items that are about the person, where only this source knows it: they are erased with what events tell of them. */
  itemIds?(subject: DataSubject): Promise<string[]>;
  /** In the transaction in which the erasure is asked for: takes away what may not happen any more. */
  begin?(subject: DataSubject): Promise<void>;
  /** Whether something about them is under way that cannot be taken away; the erasure ends after it. */
  isUnderWay?(subject: DataSubject): Promise<boolean>;
  /** Erases it. May be called again after it was done; in no transaction. */
  erase(subject: DataSubject): Promise<void>;
}

/** Modules whose data of a person is downloaded and erased with the rest register here, when they start. */
@Injectable()
export class PersonalDataSources {
  readonly all: PersonalDataSource[] = [];

  register(source: PersonalDataSource): void {
    this.all.push(source);
  }
}
