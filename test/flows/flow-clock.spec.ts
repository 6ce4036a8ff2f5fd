import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../support/until';
import { day, FlowWorld, hour } from './flow-world';

jest.setTimeout(60_000);

const api = [{ on: 'api' }];

describe('by the clock', () => {
  let world: FlowWorld;
  let slow: Server;
  const asked: ServerResponse[] = [];

  beforeAll(async () => {
    world = await FlowWorld.open({ FLOW_HTTP_ORIGINS: 'http://127.0.0.1:*', FLOW_HISTORY: '90d' });
    slow = createServer((_, reply) => void asked.push(reply));
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    slow.closeAllConnections();
    slow.close();
    await world.close();
  });

  it('a wait of days ends when they are over, and not before', async () => {
    const { contactId } = await world.contact();
    const steps = { wait: { do: 'wait', for: '20d', next: 'end' }, end: { do: 'end', outcome: 'waited' } };
    const id = await world.start(await world.published({ format: 1, triggers: api, start: 'wait', steps }), contactId);
    await world.run();
    expect(await world.execution(id)).toMatchObject({
      state: 'waiting',
      dueAt: new Date(world.now.getTime() + 20 * day),
    });
    await world.at(20 * day - 1);
    expect((await world.execution(id)).state).toBe('waiting');
    await world.at(1);
    expect(await world.execution(id)).toMatchObject({ state: 'completed', outcome: 'waited', finishedAt: world.now });
  });

  it('an hour of a time zone is that hour there, whatever becomes of the clocks in between', async () => {
    await world.at('2026-03-28T12:00:00Z');
    const { contactId } = await world.contact();
    const until = { at: '09:00', timeZone: 'Europe/Madrid', days: [0] };
    const steps = { wait: { do: 'wait', until, next: 'end' }, end: { do: 'end' } };
    const id = await world.start(await world.published({ format: 1, triggers: api, start: 'wait', steps }), contactId);
    // Clocks went forward that night: nine in Madrid is seven in UTC from there on.
    await world.at('2026-03-29T06:59:59.999Z');
    expect((await world.execution(id)).state).toBe('waiting');
    await world.at('2026-03-29T07:00:00Z');
    expect((await world.execution(id)).state).toBe('completed');
  });

  it('what does not happen in time lets the flow go on without it', async () => {
    const { contactId } = await world.contact();
    const wait = { do: 'wait', event: { on: 'conversation_closed' }, timeout: '3d', next: 'closed', onTimeout: 'open' };
    const steps = { wait, closed: { do: 'end', outcome: 'closed' }, open: { do: 'end', outcome: 'open' } };
    const id = await world.start(await world.published({ format: 1, triggers: api, start: 'wait', steps }), contactId);
    await world.run();
    await world.at(3 * day);
    expect(await world.execution(id)).toMatchObject({ state: 'completed', outcome: 'open' });
  });

  it('a schedule comes to each of its times once, however often it is looked at, and makes up for no more than an hour', async () => {
    await world.at('2026-05-04T05:00:00Z');
    const people = [await world.contact(), await world.contact(), await world.contact()];
    await world.query('insert into contact_tags (id, workspace_id, name) values (gen_random_uuid(), $1, $2)', [
      world.session.workspaceId,
      'Club',
    ]);
    const tag = (contactId: string) =>
      world.query(
        `insert into contact_taggings (tag_id, contact_id, workspace_id) select id, $1, $2 from contact_tags where workspace_id = $2 and name = 'Club'`,
        [contactId, world.session.workspaceId],
      );
    await Promise.all(people.map(({ contactId }) => tag(contactId)));
    // Whoever has opted out is not bothered.
    await world.query(
      `insert into contact_consents (contact_id, channel_id, workspace_id, state, source, at) values ($1, $2, $3, 'opted_out', 'rest', now())`,
      [people[2]!.contactId, world.channelId, world.session.workspaceId],
    );
    const triggers = [{ on: 'schedule', timeZone: 'UTC', at: '06:00', tags: ['club'] }];
    const flow = await world.published({ format: 1, triggers, start: 'end', steps: { end: { do: 'end' } } });
    const begun = async () =>
      (await world.query('select contact_id from flow_executions where flow_id = $1', [flow])).length;
    const look = async (time: string) => {
      world.now = new Date(time);
      for (let times = 0; times < 3; times += 1) await Promise.all([1, 2].map(() => world.sweep('flow-schedules')));
      await world.run();
      return begun();
    };
    expect(await look('2026-05-04T05:59:59.999Z')).toBe(0);
    expect(await look('2026-05-04T06:00:00Z')).toBe(2);
    expect(await look('2026-05-04T06:30:00Z')).toBe(2);
    // Nobody looked for two days but for a moment half an hour late, and an hour and a half late.
    expect(await look('2026-05-05T06:30:00Z')).toBe(4);
    expect(await look('2026-05-06T07:30:00Z')).toBe(4);
    expect(await look('2026-05-07T06:00:00.001Z')).toBe(6);
  });

  it('a flow whose time comes while a person has the conversation goes on when theirs is over', async () => {
    const { contactId, conversationId } = await world.contact();
    const steps = { wait: { do: 'wait', for: '1h', next: 'end' }, end: { do: 'end' } };
    const id = await world.start(await world.published({ format: 1, triggers: api, start: 'wait', steps }), contactId);
    await world.run();
    const end = new Date(world.now.getTime() + day);
    await world.query('insert into flow_holds (conversation_id, workspace_id, until) values ($1, $2, $3)', [
      ...[conversationId, world.session.workspaceId, end],
    ]);
    await world.at(2 * hour);
    expect(await world.execution(id)).toMatchObject({ state: 'waiting', held: true, dueAt: end });
    await world.at(22 * hour - 1);
    expect((await world.execution(id)).state).toBe('waiting');
    await world.at(1);
    expect((await world.execution(id)).state).toBe('completed');
  });

  it('a call whose process is gone is unknown after its time, is not made again, and its answer comes too late', async () => {
    const { contactId } = await world.contact();
    const { port } = slow.address() as AddressInfo;
    const call = { do: 'http', method: 'POST', url: `http://127.0.0.1:${port}/`, timeout: '60s' };
    const steps = {
      call: { ...call, next: 'done', onError: 'not' },
      done: { do: 'end', outcome: 'done' },
      not: { do: 'end', outcome: 'not known' },
    };
    const id = await world.start(await world.published({ format: 1, triggers: api, start: 'call', steps }), contactId);
    await world.run();
    await until(() => asked.length === 1, 'the other system was asked');
    expect(await world.execution(id)).toMatchObject({ state: 'running', outside: true, steps: [{ state: 'begun' }] });
    // Another process looks after what this one would have done by then.
    await world.at(89_000);
    expect((await world.execution(id)).outside).toBe(true);
    await world.at(1_000);
    const given = {
      state: 'completed',
      outcome: 'not known',
      steps: [{ step: 'call', state: 'unknown' }, { step: 'not' }],
    };
    expect(await world.execution(id)).toMatchObject(given);
    asked[0]!.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    const { turn } = await world.execution(id);
    await world.settled();
    expect(await world.execution(id)).toMatchObject({ ...given, turn });
    expect(asked).toHaveLength(1);
  });

  it('what ended long ago is forgotten, and counted on', async () => {
    const before = (await world.query('select count(*)::int as n from flow_executions'))[0]!.n as number;
    expect(before).toBeGreaterThan(5);
    await world.sweep('flow-counts');
    world.now = new Date(world.now.getTime() + 91 * day);
    await world.sweep('flow-history');
    expect(await world.query('select id from flow_executions')).toEqual([]);
    expect(await world.query('select n from flow_execution_steps')).toEqual([]);
    const [{ entered }] = await world.query('select sum(entered)::int as entered from flow_step_counts');
    expect(entered).toBeGreaterThan(10);
  });
});
