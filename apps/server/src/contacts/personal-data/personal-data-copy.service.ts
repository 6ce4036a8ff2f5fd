import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { ContactBook } from '../contact-book.service';
import { contactAudience } from '../contact-views';
import { PersonalDataRepository } from './personal-data.repository';
import { type DataSubject, PersonalDataSources } from './personal-data-sources';
import { PersonalItemsRepository } from './personal-items.repository';

const page = 500;
const stretch = 5000;

/** A copy of all that is kept of one person, as a JSON document that is written while it is read. */
@Injectable()
export class PersonalDataCopy {
  constructor(
    private readonly database: Database,
    private readonly data: PersonalDataRepository,
    private readonly rawItems: PersonalItemsRepository,
    private readonly contacts: ContactBook,
    private readonly sources: PersonalDataSources,
    private readonly recorder: EventRecorder,
  ) {}

  /** Told by `contact.exported` before anything is handed out. */
  async download(workspaceId: string, contactId: string, userId: string): Promise<StreamableFile> {
    const contact = await this.contacts.find(workspaceId, contactId);
    const subject = await this.data.subject(workspaceId, contactId);
    await this.database.transaction(() =>
      this.recorder.record([
        { type: 'contact.exported', workspaceId, audience: contactAudience(contact), data: { contactId, userId } },
      ]),
    );
    return new StreamableFile(Readable.from(this.text(subject)), {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="contact-${contactId}.json"`,
    });
  }

  private async *text(subject: DataSubject): AsyncIterable<string> {
    const head = {
      exportedAt: new Date().toISOString(),
      contactIds: subject.contactIds,
      contact: await this.data.contact(subject),
      ...(await this.data.small(subject)),
    };
    yield JSON.stringify(head).slice(0, -1);
    const itemIds = await this.itemIds(subject);
    const lists: [string, AsyncIterable<unknown>][] = [
      ['messages', pages((after) => this.data.messages(subject, after, page))],
      ['events', this.events(subject, itemIds)],
      ['webhookItems', this.items(subject, itemIds)],
      ...this.sources.all.map((source): [string, AsyncIterable<unknown>] => [source.name, source.read(subject)]),
    ];
    for (const [name, entries] of lists) yield* list(name, entries);
    yield '}\n';
  }

  /** Those that do not stand beside the contact: they came before there was one, or only a source knows whose they are. */
  private async itemIds(subject: DataSubject): Promise<string[]> {
    const ids = await this.rawItems.identified(subject);
    for (const source of this.sources.all) ids.push(...((await source.itemIds?.(subject)) ?? []));
    return [...new Set(ids)];
  }

  private async *events(subject: DataSubject, itemIds: readonly string[]): AsyncIterable<unknown> {
    for (let position = await this.data.floor(subject.workspaceId); ; ) {
      const part = await this.data.events(subject, itemIds, position, stretch);
      yield* part.events;
      if (part.done) return;
      position = part.position;
    }
  }

  private async *items(subject: DataSubject, itemIds: readonly string[]): AsyncIterable<unknown> {
    for await (const { raw, ...item } of pages((after) => this.rawItems.page(subject, itemIds, after, page)))
      yield { ...item, raw: JSON.parse(raw) as unknown };
  }
}

async function* pages<T extends { id: string }>(load: (after: string | undefined) => Promise<T[]>): AsyncIterable<T> {
  for (let after: string | undefined; ; ) {
    const rows = await load(after);
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

async function* list(name: string, entries: AsyncIterable<unknown>): AsyncIterable<string> {
  yield `,\n${JSON.stringify(name)}:[`;
  let separator = '\n';
  for await (const entry of entries) {
    yield `${separator}${JSON.stringify(entry)}`;
    separator = ',\n';
  }
  yield ']';
}
