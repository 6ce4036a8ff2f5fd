import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { ServerProcess } from '../../support/server-process';
import { cpuBetween, cpuTimes, cpuTotal, type MeasuredProcesses } from '../figures/cpu';
import { spreadOf } from '../figures/statistics';
import { VoidRun } from '../measurement';
import type { Bench, RowResult } from './row';

/** Executions that wait, at the two sizes that are compared. */
const fewWaiting = 1000;
/** Woken at once, again and again. */
const woken = 500;
const startsPerSecond = 1000;
/** A wake among many in units of one among few. */
const flat = 1.5;
const waitMs = 300_000;

/** A round: milliseconds and CPU microseconds of a wake. */
interface Wakes {
  ms: number[];
  cpu: number[];
}

/**
 * Row flows: messages of customers stand in the log, as intake records them, and begin a flow that waits for their next; so flows are
 * measured, and not what brings messages in. Then some of them write, while few and while many wait.
 */
export async function flows(bench: Bench): Promise<RowResult> {
  const { options, stores, subject, say } = bench;
  const databaseUrl = await stores.createDatabase('flows');
  const server = await subject.serve(databaseUrl);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const town = await Town.of(client, server, options.flowsWaiting + fewWaiting);
    const processes = { ...stores.pids, server: [server.pid] };
    await town.publishes((owner) => subject.tokenOf(owner, 'owner'));
    say(`row flows: ${fewWaiting} wait`);
    await town.begin(0, fewWaiting);
    await wakes(town, processes, 2);
    const few = await wakes(town, processes, options.rounds * 4);
    say(`row flows: ${options.flowsWaiting} more begin`);
    const before = cpuTimes(processes);
    const perSecond = await town.begin(fewWaiting, options.flowsWaiting);
    const startCpu = cpuTotal(cpuBetween(before, cpuTimes(processes))) / options.flowsWaiting;
    await client.query('vacuum analyze flow_executions, flow_execution_steps, events, consumer_positions');
    const many = await wakes(town, processes, options.rounds * 4);
    return resultOf(options.flowsWaiting + fewWaiting, perSecond, startCpu, few, many);
  } finally {
    await client.end();
    await subject.end(server);
  }
}

/** Wakes some, which ends their flow, and lets them begin anew, so that as many wait as before. */
async function wakes(town: Town, processes: MeasuredProcesses, rounds: number): Promise<Wakes> {
  const taken: Wakes = { ms: [], cpu: [] };
  for (let round = 0; round < rounds; round += 1) {
    const before = cpuTimes(processes);
    taken.ms.push((await town.wake(woken)) / woken);
    taken.cpu.push(cpuTotal(cpuBetween(before, cpuTimes(processes))) / woken);
    await town.begin(0, woken);
  }
  return taken;
}

function resultOf(waiting: number, perSecond: number, startCpu: number, few: Wakes, many: Wakes): RowResult {
  const ratio = (of: keyof Wakes) => spreadOf(many[of]).median / spreadOf(few[of]).median;
  const system = 'Switchboard';
  return {
    row: 'flows',
    title: 'executions begun and woken',
    figures: [
      { system, what: 'executions begun a second, each up to where it waits', values: [perSecond] },
      { system, what: 'CPU µs an execution begun', values: [startCpu] },
      { system, what: `ms a wake, ${fewWaiting} waiting`, values: few.ms },
      { system, what: `ms a wake, ${waiting} waiting`, values: many.ms },
      { system, what: `CPU µs a wake, ${fewWaiting} waiting`, values: few.cpu },
      { system, what: `CPU µs a wake, ${waiting} waiting`, values: many.cpu },
    ],
    targets: [
      { what: 'executions begun a second', values: [perSecond], atLeast: startsPerSecond },
      { what: 'a wake: many ÷ few waiting, ms', values: [ratio('ms')], atMost: flat },
      { what: 'a wake: many ÷ few waiting, CPU', values: [ratio('cpu')], atMost: flat },
    ],
    rounds: [{ waiting, perSecond, startCpu, few, many }],
  };
}

/** A workspace whose every contact may write. */
class Town {
  private readonly workspaceId = randomUUID();
  private readonly userId = randomUUID();
  private readonly channelId = randomUUID();
  private token = '';

  private constructor(
    private readonly client: Client,
    private readonly server: ServerProcess,
  ) {}

  static async of(client: Client, server: ServerProcess, contacts: number): Promise<Town> {
    const town = new Town(client, server);
    await town.seed(contacts);
    return town;
  }

  /** A flow that any message begins, and the next message ends. */
  async publishes(tokenOf: (owner: { id: string; workspaceId: string; email: string }) => string): Promise<void> {
    this.token = tokenOf({ id: this.userId, workspaceId: this.workspaceId, email: 'town@example.com' });
    const definition = {
      ...{ format: 1, triggers: [{ on: 'message' }], start: 'wait' },
      steps: { wait: { do: 'wait', event: { on: 'message' }, timeout: '1d', next: 'end' }, end: { do: 'end' } },
    };
    const { id } = await this.post('/v1/flows', { name: 'Waits', definition });
    await this.post(`/v1/flows/${id}/publish`, {});
  }

  /** Contacts write who are in no flow. @returns how many a second began, and came to where they wait */
  async begin(from: number, count: number): Promise<number> {
    const since = await this.now();
    await this.say(from, count);
    await this.until(
      `select count(*)::int as n from flow_executions where state = 'waiting' and waits_for is not null and started_at >= $1`,
      since,
      count,
    );
    const { rows } = await this.client.query<{ seconds: number }>(
      `select extract(epoch from max(updated_at) - min(started_at))::float8 as seconds from flow_executions where started_at >= $1`,
      [since],
    );
    return count / Math.max(rows[0]!.seconds, 0.001);
  }

  /** The first so many write, who wait for that. @returns milliseconds until the last of their flows has ended */
  async wake(count: number): Promise<number> {
    const since = await this.now();
    const before = performance.now();
    await this.say(0, count);
    await this.until('select count(*)::int as n from flow_executions where finished_at >= $1', since, count);
    return performance.now() - before;
  }

  /** What intake records of a message, in one piece; then something that wakes whoever follows the log. */
  private async say(from: number, count: number): Promise<void> {
    for (let at = from; at < from + count; at += 5000) {
      await this.client.query(
        `with moved as (update workspace_heads set head = head + $4 where workspace_id = $1 returning head - $4 as base)
         insert into events (workspace_id, sequence, id, type, audience, occurred_at, data, partition)
         select $1, m.base + row_number() over (order by t.n), gen_random_uuid(), 'message.received', array['workspace:' || $1::text], now(),
                json_build_object(
                  'message', json_build_object('id', gen_random_uuid(), 'conversationId', t.conversation_id, 'channelId', $2::uuid,
                    'contactId', t.contact_id, 'platform', 'messenger', 'direction', 'inbound', 'type', 'text', 'sentAt', now(),
                    'author', json_build_object('kind', 'contact', 'id', t.contact_id), 'content', json_build_object('text', 'Hello, is this still there?')),
                  'conversation', json_build_object('id', t.conversation_id, 'status', 'open'), 'first', true, 'reopened', false, 'campaignId', null),
                (select max(number) from event_partitions where opened_at is not null)
           from town t, moved m where t.n >= $3 and t.n < $3 + $4`,
        [this.workspaceId, this.channelId, at, Math.min(5000, from + count - at)],
      );
    }
    await this.post('/v1/contacts', { name: 'Somebody' });
  }

  private async until(query: string, since: Date, count: number): Promise<void> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const { rows } = await this.client.query<{ n: number }>(query, [since]);
      if (rows[0]!.n >= count) return;
      if (Date.now() > deadline) throw new VoidRun(`Only ${rows[0]!.n} of ${count} within ${waitMs / 1000} s.`);
      await pause(10);
    }
  }

  private async now(): Promise<Date> {
    const { rows } = await this.client.query<{ now: Date }>('select clock_timestamp() as now');
    return rows[0]!.now;
  }

  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at by what it holds
  private async post(path: string, body: object): Promise<any> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status >= 300) throw new VoidRun(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  private async seed(contacts: number): Promise<void> {
    const { client, workspaceId, userId, channelId } = this;
    await client.query(`insert into workspaces (id, name) values ($1, 'Town')`, [workspaceId]);
    await client.query('insert into workspace_heads (workspace_id) values ($1)', [workspaceId]);
    await client.query(`insert into users (id, email) values ($1, 'town@example.com')`, [userId]);
    await client.query(`insert into memberships (user_id, workspace_id, role) values ($1, $2, 'owner')`, [
      userId,
      workspaceId,
    ]);
    await client.query(
      `insert into channels (id, workspace_id, platform, external_id, meta_app_id, name)
       values ($1, $2, 'messenger', '4711', (select id from meta_apps limit 1), 'Square')`,
      [channelId, workspaceId],
    );
    await client.query(
      `create table town as select n, gen_random_uuid() as contact_id, gen_random_uuid() as conversation_id from generate_series(0, $1::int - 1) as n`.replace(
        '$1',
        String(contacts),
      ),
    );
    await client.query(`insert into contacts (id, workspace_id, name) select contact_id, $1, 'Guest ' || n from town`, [
      workspaceId,
    ]);
    await client.query(
      `insert into conversations (id, workspace_id, channel_id, contact_id, platform, last_message_at, last_inbound_at)
       select conversation_id, $1, $2, contact_id, 'messenger', now(), now() from town`,
      [workspaceId, channelId],
    );
    await client.query('create unique index on town (n)');
    await client.query('vacuum analyze');
  }
}
