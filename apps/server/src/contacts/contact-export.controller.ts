import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../identity';
import type { AttributeDefinition } from './attributes/attribute-values';
import { ContactAttributes } from './attributes/attributes.service';
import { type ContactCondition, ContactRecordsRepository } from './contact-records.repository';
import type { ContactRecord } from './contact-views';
import { csvDownload } from './csv-export';
import { ContactQuery } from './dto/contact.dto';
import { ContactSegments } from './segments/contact-segments.service';

const contactsOfPage = 1000;
const fixed = ['id', 'name', 'username', 'phone', 'email', 'tags', 'created', 'last seen'];

class ExportQuery extends OmitType(ContactQuery, ['before', 'limit']) {}

@ApiTags('contacts')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/contact-exports')
export class ContactExportController {
  constructor(
    private readonly records: ContactRecordsRepository,
    private readonly segments: ContactSegments,
    private readonly attributes: ContactAttributes,
  ) {}

  @Get()
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Contacts as CSV, newest first',
    description:
      'All, or those that a search, a tag or a segment finds. Cells that a spreadsheet would run as a formula begin with a quote.',
  })
  @ApiOkResponse({ description: 'The file.', content: { 'text/csv': { schema: { type: 'string' } } } })
  async download(@CurrentSession() { workspaceId }: Session, @Query() query: ExportQuery): Promise<StreamableFile> {
    const condition = query.segmentId ? await this.segments.condition(workspaceId, query.segmentId) : undefined;
    const definitions = await this.attributes.definitions(workspaceId);
    const columns = [...fixed, ...definitions.map(({ key }) => key)];
    return csvDownload('contacts.csv', columns, this.pages(workspaceId, query, condition, definitions));
  }

  private async *pages(
    workspaceId: string,
    { search, tagId }: ExportQuery,
    condition: ContactCondition | undefined,
    definitions: readonly AttributeDefinition[],
  ): AsyncIterable<string[][]> {
    for (let before: string | undefined; ; ) {
      const filter = { search, tagId, before, limit: contactsOfPage };
      const contacts = await this.records.list(workspaceId, filter, condition);
      yield contacts.map((contact) => cellsOf(contact, definitions));
      if (contacts.length < contactsOfPage) return;
      before = contacts.at(-1)!.id;
    }
  }
}

function cellsOf(contact: ContactRecord, definitions: readonly AttributeDefinition[]): string[] {
  const { id, name, username, phone, email, tags, createdAt, lastSeenAt, attributes } = contact;
  const values = definitions.map(({ key }) => {
    const value = attributes[key];
    return Array.isArray(value) ? value.join(';') : String(value ?? '');
  });
  const times = [createdAt.toISOString(), lastSeenAt?.toISOString() ?? ''];
  return [id, name ?? '', username ?? '', phone ?? '', email ?? '', tags.join(';'), ...times, ...values];
}
