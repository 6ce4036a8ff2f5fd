import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';

export interface LogSettings {
  logLevel: string;
  logFormat?: 'json' | 'text';
}

const nestLevels = {
  verbose: 'trace',
  debug: 'debug',
  log: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'fatal',
} as const;

/** Secrets never reach a log line, whatever object they are in. */
const redacted = ['password', 'token', 'accessToken', 'refreshToken', 'secret', 'secrets', 'authorization'];

/** Nest tells of every module, route and message it maps; that is for whoever works on Switchboard. */
const startupContexts = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'WebSocketsController',
  'NestApplication',
]);

/** Nest's logger over pino: JSON lines, or one short line each for people. */
export class AppLogger implements LoggerService {
  private readonly pino: Pino;

  constructor(settings: LogSettings) {
    const format = settings.logFormat ?? (process.stdout.isTTY ? 'text' : 'json');
    const paths = redacted.flatMap((key) => [key, `*.${key}`]);
    this.pino = pino(
      { level: settings.logLevel, base: undefined, redact: paths, timestamp: pino.stdTimeFunctions.isoTime },
      format === 'text' ? { write: writeText } : pino.destination({ dest: 1, sync: true }),
    );
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(startupContexts.has(rest.at(-1) as string) ? 'debug' : 'log', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('verbose', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last and, for errors, a stack before it. */
  private write(level: keyof typeof nestLevels, message: unknown, rest: unknown[]): void {
    const strings = rest.filter((part): part is string => typeof part === 'string');
    const context = strings.at(-1);
    const stack = strings.length > 1 ? strings[0] : undefined;
    const fields = typeof message === 'object' && message !== null && !(message instanceof Error) ? message : {};
    const text =
      message instanceof Error ? (message.stack ?? message.message) : typeof message === 'string' ? message : undefined;
    this.pino[nestLevels[level]]({ context, ...(stack ? { stack } : {}), ...fields }, text);
  }
}

const names: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };

function writeText(line: string): void {
  const { level, time, context, msg, stack, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const extra = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
  const where = context ? `[${context}] ` : '';
  process.stdout.write(
    `${String(time).slice(11, 23)} ${names[level as number]} ${where}${msg ?? ''}${extra}${stack ? `\n${stack}` : ''}\n`,
  );
}
