import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { running } from './running';

/** Makes the files of an embedded database once: making them is half of what a first start costs. */
export async function makeEmptyDatabase(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-empty-'));
  running.push(async () => rmSync(folder, { recursive: true, force: true }));
  const database = await PGlite.create(join(folder, 'database'));
  await database.close();
  return join(folder, 'database');
}
