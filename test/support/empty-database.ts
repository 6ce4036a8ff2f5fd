import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the files of an empty embedded database into a data folder without one, where EMPTY_DATABASE tells of them: making them
 * anew is half of what a first start costs. The commands for people make their own.
 */
export function copyEmptyDatabase(dataDir: string): void {
  const { EMPTY_DATABASE } = process.env;
  const database = join(dataDir, 'database');
  if (EMPTY_DATABASE && !existsSync(database)) cpSync(EMPTY_DATABASE, database, { recursive: true });
}
