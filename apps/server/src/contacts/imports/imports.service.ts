import { Injectable } from '@nestjs/common';
import { Nudges } from '@switchboard/queue';
import { noSuch, noSuchNamed } from '../../rest';
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
