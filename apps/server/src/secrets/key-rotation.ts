import type { Database } from '@switchboard/database';
import { type SecretBox, SecretUnreadable } from './secret-box';

export interface KeyRotation {
  /** Sealed anew with the key in use. */
  resealed: number;
  /** Sealed with a key that is not configured, or altered; left as they are. */
  unreadable: number;
}

/** Everything that is sealed in the database. */
const places = [
  { table: 'meta_apps', key: 'id', column: 'secrets' },
  { table: 'channel_credentials', key: 'channel_id', column: 'token' },
  { table: 'flow_secrets', key: 'id', column: 'sealed' },
] as const;

const batch = 200;

/**
 * Seals every secret anew that is sealed with another key than the one in use, in batches that commit one by one: it may be interrupted,
 * repeated, and run beside servers that have both keys. A secret that is replaced meanwhile is left to whoever replaced it.
 */
export async function rotateKeys(database: Database, box: SecretBox): Promise<KeyRotation> {
  const done = { resealed: 0, unreadable: 0 };
  for (const place of places) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const rows = await sealedOtherwise(database, place, box.prefix, after);
      const fresh = rows.map(({ id, sealed }) => ({ id, sealed, anew: reseal(box, sealed) }));
      done.unreadable += fresh.filter(({ anew }) => anew === undefined).length;
      done.resealed += await replace(
        database,
        place,
        fresh.filter(({ anew }) => anew !== undefined),
      );
      if (rows.length < batch) break;
      after = rows.at(-1)!.id;
    }
  }
  return done;
}

type Place = (typeof places)[number];

async function sealedOtherwise(
  database: Database,
  { table, key, column }: Place,
  prefix: string,
  after: string,
): Promise<{ id: string; sealed: string }[]> {
  const { rows } = await database.query<{ id: string; sealed: string }>(
    `select ${key} as id, ${column} as sealed from ${table} where ${key} > $1 and not starts_with(${column}, $2) order by ${key} limit $3`,
    [after, prefix, batch],
  );
  return rows;
}

async function replace(
  database: Database,
  { table, key, column }: Place,
  fresh: readonly { id: string; sealed: string; anew: string | undefined }[],
): Promise<number> {
  const { rowCount } = await database.query(
    `update ${table} t set ${column} = n.anew from unnest($1::uuid[], $2::text[], $3::text[]) as n(id, sealed, anew)
      where t.${key} = n.id and t.${column} = n.sealed`,
    [fresh.map(({ id }) => id), fresh.map(({ sealed }) => sealed), fresh.map(({ anew }) => anew)],
  );
  return rowCount ?? 0;
}

function reseal(box: SecretBox, sealed: string): string | undefined {
  try {
    return box.seal(box.open(sealed));
  } catch (error) {
    if (error instanceof SecretUnreadable) return undefined;
    throw error;
  }
}
