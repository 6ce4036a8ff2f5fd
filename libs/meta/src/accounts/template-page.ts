import { asId, asObject, asText, type JsonObject } from '../reading';

/** A template as `GET /{business account}/message_templates` lists it. */
export interface ListedTemplate {
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  quality: string | null;
  reason: string | null;
  /** As it came. */
  definition: JsonObject;
}

/** Asked for of each. */
export const templateFields =
  'id,name,language,status,category,components,parameter_format,quality_score,rejected_reason';

/** Reads one; `undefined` where it has no name, language or id. Total. */
export function readListedTemplate(value: unknown): ListedTemplate | undefined {
  const definition = asObject(value);
  const id = asId(definition?.id);
  const name = asText(definition?.name);
  const language = asText(definition?.language);
  if (definition === undefined || id === undefined || name === undefined || language === undefined) return undefined;
  const reason = asText(definition.rejected_reason);
  return {
    ...{ id, name, language, definition },
    category: asText(definition.category)?.toUpperCase() ?? 'UNKNOWN',
    status: asText(definition.status)?.toUpperCase() ?? 'UNKNOWN',
    quality: asText(asObject(definition.quality_score)?.score) ?? null,
    reason: reason === undefined || reason === 'NONE' ? null : reason,
  };
}
