import { Injectable } from '@nestjs/common';
import { Nudges } from '@switchboard/queue';
import { invalidField, noSuch, noSuchNamed } from '../../rest';
import { ContactAttributes } from '../attributes/attributes.service';
import { ConsentsRepository } from '../consents/consents.repository';
import { conflict, invalid } from '../errors';
import { type ImportRow, ImportsRepository } from './imports.repository';
import { type ImportOptions, mappingProblem } from './row-reader';

/** Imports of contacts, as users order them. */
@Injectable()
export class ContactImports {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly attributes: ContactAttributes,
    private readonly consents: ConsentsRepository,
    private readonly nudges: Nudges,
  ) {}

  async find(workspaceId: string, id: string): Promise<ImportRow> {
    const row = await this.imports.find(workspaceId, id);
    if (!row) throw noSuch('import');
    return row;
  }

  /**
   * The columns of a file of which a campaign may speak.
   * @param completed whether its rows have to be there by now
   * @throws HttpException that names `field`
   */
  async campaignColumns(workspaceId: string, id: string, field: string, completed: boolean): Promise<string[]> {
    const row = await this.imports.find(workspaceId, id);
    if (!row) throw noSuchNamed(field, 'import');
    if (completed && !(row.state === 'completed' && row.options?.keepRows)) {
      const why =
        row.state === 'completed'
          ? 'its rows were not kept; import the file again with keepRows'
          : `it is ${row.state}`;
      throw invalidField(field, `must be an import that has completed with its rows kept: ${why}`);
    }
    return row.columns!.names;
  }

  /** What the file says of these contacts, by contact. */
  async rowsOf(
    workspaceId: string,
    id: string,
    contactIds: readonly string[],
  ): Promise<Map<string, Record<string, string>>> {
    const rows = await this.imports.keptRows(workspaceId, id, contactIds);
    return new Map(rows.map(({ contactId, record }) => [contactId, record]));
  }

  async start(workspaceId: string, id: string, options: ImportOptions, dryRun: boolean): Promise<ImportRow> {
    const { columns } = await this.find(workspaceId, id);
    const { channelId } = options;
    if (channelId && !(await this.consents.channels(workspaceId, [channelId])).has(channelId))
      throw noSuchNamed('channelId', 'channel');
    const problem = mappingProblem(options, columns!.names, await this.attributes.definitions(workspaceId));
    if (problem) throw invalid(problem);
    if (!(await this.imports.start(workspaceId, id, options, dryRun)))
      throw conflict('This import runs, or has been taken in; to do it again, upload the file again.');
    this.nudges.contactImport(id);
    return this.find(workspaceId, id);
  }

  async remove(workspaceId: string, id: string): Promise<void> {
    await this.find(workspaceId, id);
    await this.imports.delete(workspaceId, id);
  }
}
