import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { noSuch } from '../../rest';
import { conflict, invalid } from '../errors';
import type { AttributeDefinition, AttributeType } from './attribute-values';
import { AttributesRepository } from './attributes.repository';

/** Bounds what a screen of a contact, and an export's columns, can become. */
const mostAttributes = 200;

/** The custom attributes of a workspace. */
@Injectable()
export class ContactAttributes {
  constructor(
    private readonly database: Database,
    private readonly repository: AttributesRepository,
  ) {}

  definitions(workspaceId: string): Promise<AttributeDefinition[]> {
    return this.repository.all(workspaceId);
  }

  async define(
    workspaceId: string,
    given: { key: string; label: string; type: AttributeType; choices?: string[] },
  ): Promise<AttributeDefinition> {
    const definition = { ...given, id: newId(), choices: choicesOf(given.type, given.choices) };
    if ((await this.repository.all(workspaceId)).length >= mostAttributes)
      throw conflict(`A workspace has at most ${mostAttributes} attributes; delete one that is not used.`);
    if (!(await this.repository.insert(workspaceId, definition)))
      throw conflict(`key: there is an attribute ${given.key} already.`);
    return definition;
  }

  /** The key and the type stay: values of contacts are stored by them. */
  async change(
    workspaceId: string,
    id: string,
    given: { label?: string; choices?: string[] },
  ): Promise<AttributeDefinition> {
    const definition = await this.find(workspaceId, id);
    const choices = given.choices ? choicesOf(definition.type, given.choices) : definition.choices;
    const gone = (definition.choices ?? []).filter((one) => !choices?.includes(one));
    if (gone.length > 0 && (await this.repository.uses(workspaceId, definition.key, gone)))
      throw conflict(`choices: contacts have one of ${gone.join(', ')}; take it from them before it is removed.`);
    const label = given.label ?? definition.label;
    await this.repository.update(workspaceId, id, label, choices);
    return { ...definition, label, choices };
  }

  /** With the values that contacts have of it, in portions; the definition goes with the last. */
  async remove(workspaceId: string, id: string): Promise<void> {
    const { key } = await this.find(workspaceId, id);
    while ((await this.repository.purge(workspaceId, key)) > 0);
    await this.database.transaction(async () => {
      await this.repository.delete(workspaceId, id);
      await this.repository.purge(workspaceId, key);
    });
  }

  private async find(workspaceId: string, id: string): Promise<AttributeDefinition> {
    const definition = await this.repository.find(workspaceId, id);
    if (!definition) throw noSuch('attribute');
    return definition;
  }
}

function choicesOf(type: AttributeType, choices: string[] | undefined): string[] | null {
  if (type !== 'choices') {
    if (choices) throw invalid('choices: only an attribute of the type choices has them.');
    return null;
  }
  const distinct = [...new Set(choices ?? [])];
  if (distinct.length === 0) throw invalid('choices: name at least one.');
  return distinct;
}
