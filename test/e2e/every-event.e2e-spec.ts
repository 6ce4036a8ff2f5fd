import { type EventType, eventNamespaces } from '@switchboard/contracts';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type Provocation, provocations } from './support/provocations';
import { passed } from './support/realtime';
import { closeGraphs } from './support/sending-shop';
import { toldOf, Watched, witnesses } from './support/witnesses';

afterAll(closeSockets);
afterAll(closeGraphs);

const catalogue = Object.keys(eventNamespaces) as EventType[];

describe('every event of the catalogue', () => {
  it('can be made to happen here', () => {
    const missing = catalogue.filter((type) => !Object.hasOwn(provocations, type));
    expect(missing.map((type) => `say in test/e2e/support/provocations.ts how ${type} comes about`)).toEqual([]);
  });

  it('is told to those whom it concerns, by role, channel and room, and to nobody else', async () => {
    const watched = await Watched.open();
    const found: string[] = [];
    const words = new Map<EventType, string>();
    for (const [type, { by }] of Object.entries(provocations) as [EventType, Provocation][]) {
      const said = await by(watched).catch((error: Error) => void found.push(`${type}: ${error.message}`));
      if (said !== undefined) words.set(type, said);
    }
    const toldTo = (type: EventType) => watched.toldTo(eventNamespaces[type], type, words.get(type)!);
    const due = (type: EventType) => {
      const these: readonly string[] = toldOf[provocations[type].toldTo];
      return witnesses.filter((witness) => these.includes(witness));
    };
    await until(
      () => [...words.keys()].every((type) => due(type).every((witness) => toldTo(type).includes(witness))),
      'everybody is told what concerns them',
      10_000,
    ).catch(() => undefined);
    // What somebody was not told by then never comes.
    await passed([watched.shop, watched.stranger], ...watched.all);
    for (const type of words.keys()) {
      const [expected, actual] = [due(type).join(', '), toldTo(type).join(', ')];
      if (actual !== expected) found.push(`${type} was told to ${actual || 'nobody'} and not to ${expected}`);
    }
    expect(found).toEqual([]);
    for (const namespace of new Set(Object.values(eventNamespaces))) {
      const own = watched.stranger.tenant.workspaceId;
      const others = watched.of('stranger', namespace).events.filter(({ workspaceId }) => workspaceId !== own);
      expect(others).toEqual([]);
    }
  });
});
