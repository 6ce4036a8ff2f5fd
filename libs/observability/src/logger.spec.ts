import { AppLogger } from './logger';

function logged(write: (logger: AppLogger) => void): string {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  try {
    write(new AppLogger({ logLevel: 'info', logFormat: 'text' }));
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}

describe('a log line', () => {
  it('is one line with time, level, context and words', () => {
    expect(logged((logger) => logger.warn('Redis is away', 'Queue'))).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} WARN \[Queue\] Redis is away\n$/,
    );
  });

  it('never holds a secret, whatever object it came in', () => {
    const line = logged((logger) =>
      logger.error({ user: 'ana', password: 'hunter2', body: { refreshToken: 'hunter2' } }, 'Auth'),
    );
    expect(line).toContain('ana');
    expect(line).not.toContain('hunter2');
  });

  it('of Nest’s start-up is for whoever works on Switchboard', () => {
    expect(logged((logger) => logger.log('Mapped {/v1/events, GET} route', 'RouterExplorer'))).toBe('');
  });

  it('of an error brings its stack', () => {
    expect(logged((logger) => logger.error(new Error('broken'), 'X'))).toContain('logger.spec.ts');
  });
});
