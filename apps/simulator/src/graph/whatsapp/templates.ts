import type { Fields } from '../check';

export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
export type TemplateStatus = 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';

export interface TemplateSetup {
  name: string;
  /** `en_US` unless told otherwise. */
  language?: string;
  category?: TemplateCategory;
  status?: TemplateStatus;
  /** As they were created; a body without placeholders unless told otherwise. */
  components?: Fields[];
  parameterFormat?: 'POSITIONAL' | 'NAMED';
  qualityScore?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  rejectedReason?: string;
  /** Meta accepts its messages and holds them back (`held_for_quality_assessment`): no status follows. */
  held?: boolean;
}

export interface Template extends Required<TemplateSetup> {
  id: string;
}

export const templateOf = (setup: TemplateSetup, id: string): Template => ({
  language: 'en_US',
  category: 'UTILITY',
  status: 'APPROVED',
  components: [{ type: 'BODY', text: 'Thank you for your order.' }],
  parameterFormat: 'POSITIONAL',
  qualityScore: 'UNKNOWN',
  rejectedReason: 'NONE',
  held: false,
  ...setup,
  id,
});

/** The names of `{{1}}` or `{{name}}` in a text, each once. */
export function placeholders(text: unknown): string[] {
  const found = typeof text === 'string' ? text.matchAll(/\{\{\s*(\w+)\s*\}\}/g) : [];
  return [...new Set([...found].map(([, name]) => name as string))];
}

export const upper = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '');

/** The component of a template of this type, such as `BODY`. */
export const componentOf = (template: Template, type: string): Fields | undefined =>
  template.components.find((component) => upper(component.type) === type);
