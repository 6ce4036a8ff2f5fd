import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseSettings, type OpenDatabase, openDatabase } from '@switchboard/database';
import { copyEmptyDatabase } from '../../support/empty-database';
import { freshDatabase } from '../../support/topology';
import { world } from './world';

/** An empty database of a spec's own, of the kind that the run is on. */
export async function ownStore() {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  const postgres = world.topology === 'embedded' ? undefined : await freshDatabase();
  if (!postgres) copyEmptyDatabase(folder);
  const settings: DatabaseSettings = {
    store: postgres ? 'postgres' : 'embedded',
    databaseUrl: postgres?.url,
    dataDir: folder,
    databasePool: 4,
  };
  const errors: Error[] = [];
  return {
    folder,
    databaseUrl: postgres?.url,
    /** Brings the schema up to date; to be closed before anybody else opens it. */
    open: (): Promise<OpenDatabase> => openDatabase(settings, (error) => errors.push(error)),
    remove: async (): Promise<void> => {
      await postgres?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
