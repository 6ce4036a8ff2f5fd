import type { JobsOptions, WorkerOptions } from 'bullmq';

/**
 * Every job: queue → job name → payload. A job names a lane or holds ids, never bodies: the database carries the truth,
 * and a job that is lost, late or doubled does no harm.
 */
export interface Jobs {
  /** Takes in what is pending in one lane. */
  'webhook-intake': { drain: { lane: number } };
  /** Hands the events of these workspaces on to the consumers of the log. */
  'domain-events': { relay: { workspaceIds: string[] } };
  /** Sends what waits on a channel. */
  'message-sends': { send: { channelId: string } };
  /** Gives what campaigns of a channel have to send to its queue, as far as that takes it. */
  'campaign-sends': { feed: { channelId: string } };
  /** `follow`: lets flows hear what these workspaces' logs tell. `run`: does what is due in one lane. */
  flows: { follow: { workspaceIds: string[] }; run: { lane: number } };
  /** Takes in one file of contacts, from where it was left. */
  'contact-imports': { run: { importId: string } };
  /** Fetches the files that customers have sent to a channel. */
  'media-fetches': { fetch: { channelId: string } };
}

export type QueueName = keyof Jobs;

interface QueueSettings {
  worker: Required<
    Pick<WorkerOptions, 'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'runRetryDelay'>
  >;
  jobs: Required<Pick<JobsOptions, 'attempts' | 'removeOnComplete' | 'removeOnFail'>>;
}

/** A nudge is worth nothing once it ran; its failures are kept a day to be looked at. Retries are the sweeper's. */
const nudge: QueueSettings['jobs'] = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { age: 86_400, count: 1000 },
};

// Jobs take milliseconds. A short lock lets another worker go on soon after a kill -9; the sweeper is there before it.
const lock = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 3 };

// After a lost connection; BullMQ's own 15 s would leave the work to the sweeper for as long.
const retry = { runRetryDelay: 1000 };

export const queueSettings: Record<QueueName, QueueSettings> = {
  // Lanes run beside each other; more would only wait for the pool's connections.
  'webhook-intake': { worker: { concurrency: 4, ...lock, ...retry }, jobs: nudge },
  'domain-events': { worker: { concurrency: 1, ...lock, ...retry }, jobs: nudge },
  // A job is a channel that sends, and mostly waits for Meta.
  'message-sends': { worker: { concurrency: 50, ...lock, ...retry }, jobs: nudge },
  // A job is a channel with a campaign, and mostly waits for the channel's queue to have room.
  'campaign-sends': { worker: { concurrency: 20, ...lock, ...retry }, jobs: nudge },
  // Lanes run beside each other, and beside them what follows the log.
  flows: { worker: { concurrency: 6, ...lock, ...retry }, jobs: nudge },
  // One file at a time in a process: it is bulk work, and customers' messages come first.
  'contact-imports': { worker: { concurrency: 1, ...lock, ...retry }, jobs: nudge },
  // A job is a channel with files to fetch, a few of them at a time.
  'media-fetches': { worker: { concurrency: 8, ...lock, ...retry }, jobs: nudge },
};

export const queueNames = Object.keys(queueSettings) as QueueName[];
