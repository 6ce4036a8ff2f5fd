import { Injectable } from '@nestjs/common';
import { newId } from '@switchboard/database';
import { noSuch, noSuchNamed } from '../../rest';
import { ContactAttributes } from '../attributes/attributes.service';
import type { ContactCondition } from '../contact-records.repository';
import { conflict, invalid } from '../errors';
import { compileFilter } from './compile-filter';
import { type ContactFilterTree, FilterProblem, namedIn, parseFilter } from './filter';
import { type SegmentRow, SegmentsRepository } from './segments.repository';

/** Saved filters over the contacts of a workspace. Who is in a segment is found each time anew. */
@Injectable()
export class ContactSegments {
  constructor(
    private readonly repository: SegmentsRepository,
    private readonly attributes: ContactAttributes,
  ) {}

  /**
   * The condition on `contacts c` that puts a contact into the segment, to be used in a statement of the caller's beside
   * `c.workspace_id = …` and `c.erased_at is null`.
   * @throws NotFoundException where the workspace has no such segment
   */
  async condition(workspaceId: string, segmentId: string): Promise<ContactCondition> {
    const segment = await this.repository.find(workspaceId, segmentId);
    if (!segment) throw noSuchNamed('segmentId', 'segment');
    return this.conditionOf(workspaceId, segment.filter);
  }

  private async conditionOf(workspaceId: string, filter: unknown): Promise<ContactCondition> {
    const tree = await this.parsed(workspaceId, filter);
    return (parameters) => compileFilter(tree, parameters);
  }

  /** Ids of the contacts of a segment in ascending order, from after `after`. Fewer than `limit`: these were the last. */
  async ids(workspaceId: string, segmentId: string, after: string | undefined, limit: number): Promise<string[]> {
    return this.repository.ids(workspaceId, await this.condition(workspaceId, segmentId), after, limit);
  }

  async count(workspaceId: string, segmentId: string): Promise<number> {
    return this.repository.count(workspaceId, await this.condition(workspaceId, segmentId));
  }

  async countFilter(workspaceId: string, filter: unknown): Promise<number> {
    const tree = await this.given(workspaceId, filter);
    return this.repository.count(workspaceId, (parameters) => compileFilter(tree, parameters));
  }

  async find(workspaceId: string, id: string): Promise<SegmentRow> {
    const segment = await this.repository.find(workspaceId, id);
    if (!segment) throw noSuch('segment');
    return segment;
  }

  async create(workspaceId: string, name: string, filter: unknown): Promise<SegmentRow> {
    const id = newId();
    const tree = JSON.stringify(await this.given(workspaceId, filter));
    await this.repository.insert(workspaceId, id, name, tree).catch(nameTaken(name));
    return this.find(workspaceId, id);
  }

  async change(workspaceId: string, id: string, given: { name?: string; filter?: unknown }): Promise<SegmentRow> {
    const segment = await this.find(workspaceId, id);
    const name = given.name ?? segment.name;
    const tree = given.filter === undefined ? segment.filter : await this.given(workspaceId, given.filter);
    await this.repository.update(workspaceId, id, name, JSON.stringify(tree)).catch(nameTaken(name));
    return this.find(workspaceId, id);
  }

  async remove(workspaceId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(workspaceId, id))) throw noSuch('segment');
  }

  /** What a saved filter names may have been deleted since; one that is given now names what is there. */
  private async given(workspaceId: string, filter: unknown): Promise<ContactFilterTree> {
    const tree = await this.parsed(workspaceId, filter);
    const named = namedIn(tree);
    if (named.length === 0) return tree;
    const held = await this.repository.held(
      workspaceId,
      named.flatMap(({ ids }) => ids),
    );
    const known = new Set(held.map(({ what, id }) => `${what} ${id}`));
    const stranger = named.find(({ what, ids }) => ids.some((id) => !known.has(`${what} ${id.toLowerCase()}`)));
    if (stranger) throw noSuchNamed(stranger.at, stranger.what);
    return tree;
  }

  private async parsed(workspaceId: string, filter: unknown): Promise<ContactFilterTree> {
    try {
      return parseFilter(filter, await this.attributes.definitions(workspaceId));
    } catch (error) {
      throw error instanceof FilterProblem ? invalid(error.message) : error;
    }
  }
}

const nameTaken = (name: string) => (error: { code?: string }) => {
  throw error.code === '23505' ? conflict(`name: there is a segment ${name} already.`) : error;
};
