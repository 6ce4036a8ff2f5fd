import type { PublicAuthor } from './items';
import { asId, asObject, asText, type JsonObject } from './reading';

/** Older feeds name the author beside, not in `from`. Nothing where Meta names nobody. */
export function authorOf(value: JsonObject): PublicAuthor | undefined {
  const from = asObject(value.from);
  const author = {
    id: asId(from?.id) ?? asId(value.sender_id) ?? asId(value.reviewer_id),
    name: asText(from?.name) ?? asText(value.sender_name) ?? asText(value.reviewer_name),
    username: asText(from?.username),
  };
  return author.id === undefined && author.name === undefined && author.username === undefined ? undefined : author;
}

/** Meta says `edited` of some things and `edit` of others; Instagram says nothing of a new comment. */
export function verbOf(value: JsonObject): string {
  const verb = asText(value.verb) ?? 'add';
  return verb === 'edited' ? 'edit' : verb;
}
