import { parseIssuers, TrustedIssuer } from './issuers';
import {
  appSecret,
  duration,
  durationFrom,
  email,
  graphVersion,
  InvalidSetting,
  integer,
  key32,
  list,
  longSecret,
  metaId,
  network,
  newPassword,
  oneOf,
  origin,
  Setting,
  someOf,
  text,
  url,
  uuid,
} from './settings';
import { socketSettings } from './socket-settings';

export const roles = ['api', 'gateway', 'worker'] as const;
export type ProcessRole = (typeof roles)[number];

const setting = <T>(s: Setting<T>) => s;

/** Every variable Switchboard reads. The key is the property of `AppConfig`. */
export const settings = {
  host: setting({ name: 'HOST', description: 'Address to listen on.', default: '0.0.0.0', parse: text }),
  port: setting({
    name: 'PORT',
    description: 'Port for HTTP and Socket.IO; 0 takes a free one.',
    default: '3000',
    parse: integer(0, 65535),
  }),
  publicUrl: setting({
    name: 'PUBLIC_URL',
    description:
      'Where users reach this instance: the address that the log tells, and an origin whose pages may open sockets.',
    parse: url('http:', 'https:'),
  }),
  roles: setting({
    name: 'ROLES',
    description: 'What this process does: `api` answers HTTP, `gateway` accepts sockets, `worker` runs jobs.',
    default: 'api,gateway,worker',
    parse: someOf(oneOf(...roles)),
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    description: 'PostgreSQL. Unset: an embedded database in the data folder.',
    parse: url('postgres:', 'postgresql:'),
    secret: true,
  }),
  redisUrl: setting({
    name: 'REDIS_URL',
    description: 'Redis for queues and for several processes. Needs DATABASE_URL.',
    parse: url('redis:', 'rediss:'),
    secret: true,
  }),
  dataDir: setting({
    name: 'SWITCHBOARD_DATA_DIR',
    description: 'Folder of the embedded database and of generated secrets.',
    default: './.switchboard',
    parse: text,
  }),
  databasePool: setting({
    name: 'DATABASE_POOL',
    description: 'Connections to PostgreSQL a process may hold for its own queries, 2 to 200.',
    default: '10',
    parse: integer(2, 200),
  }),
  jwtSecret: setting({
    name: 'JWT_SECRET',
    description:
      'Signs access tokens (HS256), at least 32 characters. Generated into the data folder when one process runs alone; the same in every process otherwise.',
    parse: longSecret(32),
    secret: true,
  }),
  encryptionKey: setting({
    name: 'ENCRYPTION_KEY',
    description: 'Encrypts secrets at rest (AES-256-GCM), 32 bytes in base64. Generated likewise.',
    parse: key32,
    secret: true,
  }),
  encryptionKeysOld: setting({
    name: 'ENCRYPTION_KEYS_OLD',
    description:
      'Keys that ENCRYPTION_KEY took the place of, comma-separated: what was sealed with them can be opened until `npm run rotate-keys` has sealed it anew.',
    default: '',
    parse: list(key32),
    secret: true,
  }),
  accessTokenTtl: setting({
    name: 'ACCESS_TOKEN_TTL',
    description: 'Life of an access token, at least two minutes: clients are told to renew it a minute before its end.',
    default: '15m',
    parse: durationFrom('2m', '365d'),
  }),
  refreshTokenTtl: setting({
    name: 'REFRESH_TOKEN_TTL',
    description: 'Life of a sign-in that is not used, at least a minute.',
    default: '30d',
    parse: durationFrom('1m', '3650d'),
  }),
  refreshTokenReuseInterval: setting({
    name: 'REFRESH_TOKEN_REUSE_INTERVAL',
    description:
      'How long after its use a refresh token may come again (a lost answer, two tabs), up to five minutes; later it ends the sign-in as copied. 0s: at once.',
    default: '30s',
    parse: durationFrom('0s', '5m'),
  }),
  authIssuers: setting({
    name: 'AUTH_ISSUERS',
    description: 'JSON list of other applications whose tokens are accepted; see docs/identity.md.',
    default: '[]',
    parse: parseIssuers,
    secret: true,
  }),
  ownerEmail: setting({
    name: 'OWNER_EMAIL',
    description: 'Owner created on the first start.',
    default: 'owner@example.com',
    parse: email,
  }),
  ownerPassword: setting({
    name: 'OWNER_PASSWORD',
    description: "The owner's first password, 12 to 256 characters. Unset: generated and printed once.",
    parse: newPassword,
    secret: true,
    verbatim: true,
  }),
  firstWorkspaceId: setting({
    name: 'FIRST_WORKSPACE_ID',
    description:
      'Id (UUID) of the workspace created on the first start, so that AUTH_ISSUERS can name it beforehand. Unset: generated.',
    parse: uuid,
  }),
  metaAppId: setting({
    name: 'META_APP_ID',
    description: 'A Meta app to accept webhooks from, set up at start; more by REST.',
    parse: metaId,
  }),
  metaAppSecrets: setting({
    name: 'META_APP_SECRETS',
    description:
      'Its app secrets, comma-separated: the current one first, then those being rotated out, and the Instagram app secret. At least 8 characters each.',
    parse: someOf(appSecret),
    secret: true,
  }),
  metaVerifyToken: setting({
    name: 'META_VERIFY_TOKEN',
    description: 'The verify token typed into the Meta app dashboard, at least 8 characters.',
    parse: longSecret(8),
    secret: true,
  }),
  graphVersion: setting({
    name: 'GRAPH_VERSION',
    description: 'Version of the Graph API that channels call unless they name their own.',
    default: 'v26.0',
    parse: graphVersion,
  }),
  graphHosts: setting({
    name: 'GRAPH_HOSTS',
    description:
      "Origins, besides Meta's own, that a channel may name as its Graph API, comma-separated: a proxy, or the simulator. `http://127.0.0.1:*` is any port.",
    default: '',
    parse: list(text),
  }),
  corsOrigins: setting({
    name: 'CORS_ORIGINS',
    description:
      'Browser origins allowed to use REST and sockets, comma-separated, such as `https://app.example.com`; `*` for any. The own origin is always allowed.',
    default: '',
    parse: list(origin),
  }),
  trustProxy: setting({
    name: 'TRUST_PROXY',
    description:
      'Addresses and networks (CIDR, comma-separated) whose X-Forwarded-* headers are believed; `loopback`, `linklocal` and `uniquelocal` are understood.',
    default: '',
    parse: list(network),
  }),
  intakeQueueCount: setting({
    name: 'INTAKE_QUEUE_COUNT',
    description:
      'Webhooks that may wait in memory for their commit, 1 to 1,000,000; beyond that 503, and Meta sends again.',
    default: '10000',
    parse: integer(1, 1_000_000),
  }),
  intakeQueueBytes: setting({
    name: 'INTAKE_QUEUE_BYTES',
    description: 'Likewise in bytes, 1,000,000 to 8,000,000,000.',
    default: '268435456',
    parse: integer(1_000_000, 8_000_000_000),
  }),
  intakeBatch: setting({
    name: 'INTAKE_BATCH',
    description: 'Webhooks taken in by one transaction at most, 1 to 5,000.',
    default: '300',
    parse: integer(1, 5000),
  }),
  webhookRetention: setting({
    name: 'WEBHOOK_RETENTION',
    description:
      'How long raw webhooks and their deduplication keys are kept, at least an hour; Meta repeats for up to 7 days.',
    default: '14d',
    parse: durationFrom('1h', '3650d'),
  }),
  eventRetention: setting({
    name: 'EVENT_RETENTION',
    description: 'How long the event log is held for clients to resume from, at least ten minutes.',
    default: '7d',
    parse: durationFrom('10m', '3650d'),
  }),
  eventLogBytes: setting({
    name: 'EVENT_LOG_BYTES',
    description:
      'Size the event log may have on disk, 1,000,000 to 100,000,000,000,000 bytes: beyond it the oldest events are dropped before their time. Unset: 20 GB, 2 GB in the embedded database.',
    parse: integer(1_000_000, 100_000_000_000_000),
  }),
  backfillPeriod: setting({
    name: 'BACKFILL_PERIOD',
    description: 'How far back the conversations of a page or Instagram account are read when it is connected.',
    default: '30d',
    parse: durationFrom('1h', '3650d'),
  }),
  unknownSendTimeout: setting({
    name: 'UNKNOWN_SEND_TIMEOUT',
    description:
      'A send whose outcome Meta has not told, by answer, status or echo, is given up as failed after this. It is never repeated by itself.',
    default: '15m',
    parse: durationFrom('1s', '7d'),
  }),
  flowMessagesPerHour: setting({
    name: 'FLOW_MESSAGES_PER_HOUR',
    description:
      'Messages that flows may send to one contact within an hour of the clock, 1 to 10,000; what would be one more fails its step. A guard against flows that feed each other.',
    default: '60',
    parse: integer(1, 10_000),
  }),
  flowHandover: setting({
    name: 'FLOW_HANDOVER',
    description:
      'How long flows rest in a conversation after a person has written in it or has taken it over; closing it ends that.',
    default: '24h',
    parse: durationFrom('1s', '30d'),
  }),
  flowHttpOrigins: setting({
    name: 'FLOW_HTTP_ORIGINS',
    description:
      'Origins that HTTP steps of flows may call although they are not public or have no TLS, comma-separated, such as `http://crm.internal:8080`. `http://127.0.0.1:*` is any port. Every other must be `https:` at a public address.',
    default: '',
    parse: list(text),
  }),
  flowHistory: setting({
    name: 'FLOW_HISTORY',
    description: 'How long executions of flows that have ended are kept, with their steps; at least an hour.',
    default: '90d',
    parse: durationFrom('1h', '3650d'),
  }),
  contactImportBytes: setting({
    name: 'CONTACT_IMPORT_BYTES',
    description: 'Largest CSV file of contacts that may be uploaded.',
    default: '104857600',
    parse: integer(1000, 2_000_000_000),
  }),
  mediaDir: setting({
    name: 'MEDIA_DIR',
    description:
      'Folder of media files, where no bucket is set; `media` in the data folder unless named. Several processes must share it.',
    parse: text,
  }),
  mediaMaxBytes: setting({
    name: 'MEDIA_MAX_BYTES',
    description: 'Largest media file that is taken in, from customers and by upload; Meta takes up to 100 MB.',
    default: '104857600',
    parse: integer(1000, 5_000_000_000),
  }),
  mediaUrlTtl: setting({
    name: 'MEDIA_URL_TTL',
    description: 'How long a signed URL of a media file is good for.',
    default: '1h',
    parse: durationFrom('10s', '365d'),
  }),
  mediaS3Bucket: setting({
    name: 'MEDIA_S3_BUCKET',
    description: 'Bucket of an S3-compatible store that keeps the media files instead of a folder.',
    parse: text,
  }),
  mediaS3Endpoint: setting({
    name: 'MEDIA_S3_ENDPOINT',
    description: 'URL of the store where it is not AWS.',
    parse: url('http:', 'https:'),
  }),
  mediaS3Region: setting({
    name: 'MEDIA_S3_REGION',
    description: 'Region of the bucket; most stores other than AWS take any.',
    default: 'us-east-1',
    parse: text,
  }),
  mediaS3AccessKeyId: setting({
    name: 'MEDIA_S3_ACCESS_KEY_ID',
    description: "Access key of the store. Unset: AWS's own ways of finding one, such as the role of the machine.",
    parse: text,
    secret: true,
  }),
  mediaS3SecretAccessKey: setting({
    name: 'MEDIA_S3_SECRET_ACCESS_KEY',
    description: 'The secret that goes with it.',
    parse: text,
    secret: true,
  }),
  mediaS3PathStyle: setting({
    name: 'MEDIA_S3_PATH_STYLE',
    description: '`true`: the bucket in the path of the URL and not in its host name, as MinIO and Ceph want it.',
    default: 'false',
    parse: oneOf('true', 'false'),
  }),
  shutdownTimeout: setting({
    name: 'SHUTDOWN_TIMEOUT',
    description: 'After SIGTERM, how long running work may take to finish, a second to an hour.',
    default: '10s',
    parse: durationFrom('1s', '1h'),
  }),
  ...socketSettings,
  logLevel: setting({
    name: 'LOG_LEVEL',
    description: 'trace, debug, info, warn, error or silent.',
    default: 'info',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
  }),
  logFormat: setting({
    name: 'LOG_FORMAT',
    description: '`json` lines or `text` for people; text when started in a terminal.',
    parse: oneOf('json', 'text'),
  }),
} as const;

type Settings = typeof settings;
type Value<K extends keyof Settings> = ReturnType<Settings[K]['parse']>;
type Optional =
  | 'publicUrl'
  | 'databaseUrl'
  | 'redisUrl'
  | 'jwtSecret'
  | 'encryptionKey'
  | 'ownerPassword'
  | 'firstWorkspaceId'
  | 'eventLogBytes'
  | 'metaAppId'
  | 'metaAppSecrets'
  | 'metaVerifyToken'
  | 'mediaDir'
  | 'mediaS3Bucket'
  | 'mediaS3Endpoint'
  | 'mediaS3AccessKeyId'
  | 'mediaS3SecretAccessKey'
  | 'logFormat';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What was read from the environment, before secrets are found or made. */
export type ReadSettings = Readonly<{ [K in keyof Settings]: K extends Optional ? Value<K> | undefined : Value<K> }>;

/** The whole configuration of a process: typed, frozen, complete. */
export type AppConfig = Readonly<
  Omit<ReadSettings, 'jwtSecret' | 'encryptionKey' | 'authIssuers' | 'eventLogBytes'>
> & {
  readonly jwtSecret: string;
  readonly encryptionKey: Buffer;
  readonly eventLogBytes: number;
  readonly authIssuers: readonly TrustedIssuer[];
  readonly store: 'embedded' | 'postgres' | 'postgres+redis';
};

/** Everything that is wrong with the environment, a sentence each. */
export class ConfigurationError extends Error {
  readonly code = 'configuration';
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/** Reads and checks the environment; reports every problem at once. */
export function readSettings(env: Environment): ReadSettings {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const wrong = new Set<string>();
  for (const [key, s] of Object.entries(settings) as [string, Setting<unknown>][]) {
    const given = s.verbatim ? env[s.name] : env[s.name]?.trim();
    const source = given === undefined || given === '' ? s.default : given;
    if (source === undefined) continue;
    try {
      values[key] = s.parse(source);
    } catch (error) {
      if (!(error instanceof InvalidSetting)) throw error;
      wrong.add(key);
      problems.push(...error.problems.map((problem) => `${s.name} ${problem}.`));
    }
  }
  const read = values as unknown as ReadSettings;
  problems.push(...contradictions(read, (key) => read[key] !== undefined || wrong.has(key)));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(read);
}

/** What does not go together. `given` tells of a setting that is there, right or wrong: what is wrong has been told already. */
function contradictions(read: ReadSettings, given: (key: keyof Settings) => boolean): string[] {
  const problems: string[] = [];
  if (given('redisUrl') && !given('databaseUrl'))
    problems.push(
      'REDIS_URL needs DATABASE_URL: the embedded database serves one process only. Set DATABASE_URL too, or unset REDIS_URL.',
    );
  if (!given('redisUrl') && read.roles && roles.some((role) => !read.roles.includes(role))) {
    problems.push(
      'ROLES leaves a role to another process, and several processes need Redis: set REDIS_URL (and DATABASE_URL), or unset ROLES to run all in one.',
    );
  }
  if (given('redisUrl') && !given('jwtSecret'))
    problems.push(
      'JWT_SECRET must be set when REDIS_URL is: every process must sign with the same one (try: openssl rand -base64 32).',
    );
  if (given('redisUrl') && !given('encryptionKey'))
    problems.push(
      'ENCRYPTION_KEY must be set when REDIS_URL is: every process must encrypt with the same one (try: openssl rand -base64 32).',
    );
  const meta = [given('metaAppId'), given('metaAppSecrets'), given('metaVerifyToken')];
  if (meta.some(Boolean) && !meta.every(Boolean))
    problems.push('META_APP_ID, META_APP_SECRETS and META_VERIFY_TOKEN go together: set all three or none.');
  if (!read.mediaS3AccessKeyId !== !read.mediaS3SecretAccessKey)
    problems.push('MEDIA_S3_ACCESS_KEY_ID and MEDIA_S3_SECRET_ACCESS_KEY go together: set both or none.');
  if (!read.mediaS3Bucket && (read.mediaS3Endpoint || read.mediaS3AccessKeyId))
    problems.push('MEDIA_S3_BUCKET must name the bucket where the other MEDIA_S3_ variables are set.');
  return problems;
}

const metaRepeatsFor = duration('7d');

/** What runs, and may not be what was meant: a sentence each. */
export function doubtful({ webhookRetention }: Pick<ReadSettings, 'webhookRetention'>): string[] {
  if (webhookRetention > metaRepeatsFor) return [];
  return [
    'WEBHOOK_RETENTION is not above 7d: Meta may repeat a webhook for 7 days, and one whose key is gone is taken in again.',
  ];
}
