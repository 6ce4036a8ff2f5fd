import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedPath } from '@switchboard/config';
import type { FlowDefinition } from './definition';

export interface FlowExample {
  /** The name of its file: `lead-capture`. */
  id: string;
  name: string;
  description: string;
  definition: FlowDefinition;
}

let examples: readonly FlowExample[] | undefined;

/** Ready-made flows, to begin one's own with; by id. They name nothing that a new workspace does not have. */
export function flowExamples(): readonly FlowExample[] {
  examples ??= read();
  return examples;
}

function read(): FlowExample[] {
  const folder = shippedPath('libs/flows/examples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const { name, description, definition } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as FlowExample;
    return { id: file.replace(/\.json$/, ''), name, description, definition };
  });
}
