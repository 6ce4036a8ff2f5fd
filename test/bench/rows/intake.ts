import { until } from '../../support/until';
import { monotonic } from '../figures/clock';
import { cpuTotal } from '../figures/cpu';
import { type Measurement, VoidRun } from '../measurement';
import { stored } from '../stores/seed';
import { baseline } from '../systems/baseline';
import { type RunningSubject, topologies } from '../systems/subject';
import type { RunningSystem, SystemUnderTest } from '../systems/system';
import { type Bench, type Figure, inRounds, over, type RowResult, ratio, type Target } from './row';

const connections = 64;
/** More than any server that stores can answer here; what is not needed is not sent. */
const mostPerSecond = 22_000;
/** Enough for servers that store nothing and do not notice a webhook that comes again. */
const repeated = 20_000;
const takenInLimitMs = 300_000;

interface Intake {
  /** Webhooks answered 200 a second. */
  acknowledged: number;
  /** Webhooks a second until the last was not only kept but taken in. */
  takenIn?: number;
  cpuPerWebhook: number;
  machineBusy: number;
}

/** Row 1: webhooks verified and kept before their 200, as fast as 64 connections go. */
export async function intake(bench: Bench): Promise<RowResult> {
  const { subject, stores, options, world } = bench;
  const settings = { appSecret: bench.appSecret, redisUrl: stores.redisUrl };
  const paused = subject.in(topologies.intakePaused, 'Switchboard, intake paused');
  const takingIn = subject.in(topologies.intakeOnly, 'Switchboard, taking in');
  const express = baseline('Express 5 + HMAC', 'express-hmac', settings, world);
  const bare = baseline('node:http + HMAC', 'http-hmac', settings, world);
  const systems: SystemUnderTest[] = options.subjectOnly ? [paused, takingIn] : [express, paused, bare, takingIn];

  const rounds = await inRounds(bench, 1, systems, (system, measurement, running) => {
    if (system === paused || system === takingIn) {
      return ofSubject(bench, measurement, running as RunningSubject, system === takingIn);
    }
    return ofBaseline(bench, measurement, running);
  });

  const figures: Figure[] = systems.flatMap(({ name }) => [
    { system: name, what: 'webhooks/s', values: over(rounds, name, ({ acknowledged }) => acknowledged) },
    { system: name, what: 'CPU-µs/webhook', values: over(rounds, name, ({ cpuPerWebhook }) => cpuPerWebhook) },
  ]);
  figures.push({
    system: takingIn.name,
    what: 'taken in/s',
    values: over(rounds, takingIn.name, ({ takenIn }) => takenIn!),
  });
  const acknowledged = (name: string, to: string) => ({
    what: `${name}: webhooks/s ÷ ${to}`,
    values: ratio(rounds, name, to, (result) => result.acknowledged),
  });
  const targets: Target[] = options.subjectOnly
    ? []
    : [
        { ...acknowledged(paused.name, express.name), atLeast: 1.5 },
        { ...acknowledged(paused.name, bare.name), atLeast: 0.4 },
        acknowledged(takingIn.name, express.name),
        acknowledged(takingIn.name, bare.name),
      ];
  return { row: 1, title: 'webhook intake, 64 connections', figures, targets, rounds };
}

async function ofBaseline({ options }: Bench, measurement: Measurement, _running: RunningSystem): Promise<Intake> {
  const loop = { connections, repeat: true };
  await measurement.saturate(repeated, { ...loop, seconds: options.intakeWarmUpSeconds });
  const result = await measurement.saturate(repeated, { ...loop, seconds: options.intakeSeconds });
  return {
    acknowledged: (result.sent * 1000) / result.elapsed,
    cpuPerWebhook: cpuTotal(result.cpu) / result.sent,
    machineBusy: result.machineBusy,
  };
}

async function ofSubject(
  { options }: Bench,
  measurement: Measurement,
  running: RunningSubject,
  takesIn: boolean,
): Promise<Intake> {
  const before = await stored(running.databaseUrl);
  const loop = { connections, repeat: false };
  const send = (seconds: number) => measurement.saturate(mostPerSecond * seconds, { ...loop, seconds });
  const allTakenIn = () =>
    until(async () => (await stored(running.databaseUrl)).pending === 0, 'all webhooks are taken in', takenInLimitMs);
  const warmUp = await send(options.intakeWarmUpSeconds);
  if (takesIn) await allTakenIn();

  const result = await send(options.intakeSeconds);
  const startedAt = monotonic() - result.elapsed;
  if (takesIn) await allTakenIn();
  const takenInAfter = monotonic() - startedAt;

  const now = await stored(running.databaseUrl);
  const [deliveries, messages] = [now.deliveries - before.deliveries, now.messages - before.messages];
  const sent = warmUp.sent + result.sent;
  if (deliveries !== sent) throw new VoidRun(`${sent} webhooks were acknowledged and ${deliveries} are stored`);
  if (takesIn && messages !== sent)
    throw new VoidRun(`${sent} webhooks were acknowledged and made ${messages} messages`);
  return {
    acknowledged: (result.sent * 1000) / result.elapsed,
    ...(takesIn ? { takenIn: (result.sent * 1000) / takenInAfter } : {}),
    cpuPerWebhook: cpuTotal(result.cpu) / result.sent,
    machineBusy: result.machineBusy,
  };
}
