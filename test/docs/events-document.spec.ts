import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ackErrorCodes, ephemeralTypes, eventNamespaces, resyncReasons } from '@switchboard/contracts';

const text = readFileSync(join(__dirname, '../../docs/events.md'), 'utf8');
/** The catalogue, row by row: namespace, event, whether it has a cursor. */
const rows = text
  .split('\n')
  .map((line) => /^\| `(\/\w+)` +\| `([\w.]+)` +\|(.*)\|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, namespace, type, rest]) => [type, { namespace, ephemeral: rest!.includes('Ephemeral') }] as const);

describe('docs/events.md', () => {
  it('tells every event of the catalogue in its namespace, and no other', () => {
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(
        Object.entries(eventNamespaces).map(([type, namespace]) => [
          type,
          { namespace, ephemeral: ephemeralTypes.has(type) },
        ]),
      ),
    );
  });

  it.each([...ackErrorCodes, ...resyncReasons])('explains %s', (word) => {
    expect(text).toMatch(new RegExp(`^\\| \`${word}\` `, 'm'));
  });
});
