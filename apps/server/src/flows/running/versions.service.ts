import { Injectable } from '@nestjs/common';
import type { FlowDefinition } from '@switchboard/flows';
import type { VersionRow } from '../flow-row';
import { FlowsRepository } from '../flows.repository';

const mostKept = 2000;

/** Versions of flows as they are run. They never change, so what was read once is kept. */
@Injectable()
export class FlowVersions {
  private readonly kept = new Map<string, VersionRow>();

  constructor(private readonly repository: FlowsRepository) {}

  async of(ids: Iterable<string>): Promise<Map<string, VersionRow>> {
    const found = new Map<string, VersionRow>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const version = this.kept.get(id);
      if (version) found.set(id, version);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const read = await this.repository.versionsById(missing);
    for (const version of read) {
      this.kept.set(version.id, version);
      found.set(version.id, version);
    }
    // Those that were read first go, and not all: where there are more than are kept, each miss would read all of them again.
    for (const id of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(id);
    }
    return found;
  }

  async definition(id: string): Promise<FlowDefinition> {
    const found = (await this.of([id])).get(id);
    if (!found) throw new Error(`There is no version ${id}.`);
    return found.definition;
  }
}
