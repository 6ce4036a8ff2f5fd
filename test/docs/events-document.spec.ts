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

/** Members of what events carry, as the AsyncAPI document has them. */
const schemas = JSON.parse(readFileSync(join(__dirname, '../../libs/contracts/asyncapi.json'), 'utf8')).components
  .schemas;

describe('docs/events.md', () => {
  it('tells no event twice', () => {
    expect(rows.map(([type]) => type)).toEqual([...new Set(rows.map(([type]) => type))]);
  });

  it.each([
    ['`message`', 'MessageView'],
    ['`conversation`', 'ConversationSummary'],
    ['`contact`', 'ContactDetails'],
    ['A state', 'MessageStateData'],
  ])('tells once of what %s consists, member by member', (words, schema) => {
    const told = text.split('\n').filter((line) => line.startsWith(`**${words}**:`));
    expect(told).toHaveLength(1);
    const members = Object.keys(schemas[schema].properties);
    expect(members.filter((member) => !told[0]!.includes(`\`${member}\``))).toEqual([]);
  });

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
