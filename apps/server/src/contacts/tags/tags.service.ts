import { Injectable } from '@nestjs/common';
import { noSuch } from '../../rest';
import { conflict, invalid } from '../errors';
import { type TagRow, TagsRepository } from './tags.repository';

/** The tags of a workspace. */
@Injectable()
export class ContactTags {
  constructor(private readonly repository: TagsRepository) {}

  async add(workspaceId: string, name: string): Promise<TagRow> {
    if ((await this.repository.add(workspaceId, [name])) === 0) throw taken(name);
    const [tag] = await this.repository.named(workspaceId, [name]);
    return tag!;
  }

  async rename(workspaceId: string, id: string, name: string): Promise<TagRow> {
    const renamed = await this.repository.rename(workspaceId, id, name).catch((error: { code?: string }) => {
      throw error.code === '23505' ? taken(name) : error;
    });
    if (!renamed) throw noSuch('tag');
    return { id, name };
  }

  async remove(workspaceId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(workspaceId, id))) throw noSuch('tag');
  }

  /** The ids of tags by name; one that is not there is refused. */
  async idsOf(workspaceId: string, names: readonly string[]): Promise<string[]> {
    const known = new Map(
      (await this.repository.named(workspaceId, names)).map((tag) => [tag.name.toLowerCase(), tag.id]),
    );
    const unknown = names.find((name) => !known.has(name.toLowerCase()));
    if (unknown !== undefined) throw invalid(`tags: there is no tag ${unknown}; add it with POST /v1/contact-tags.`);
    return [...new Set(names.map((name) => known.get(name.toLowerCase())!))];
  }
}

const taken = (name: string) => conflict(`name: there is a tag ${name} already.`);
