import { Database, TransactionEnded } from './database';
import type { Pool, PoolClient, QueryConfig } from './pool';

/**
 * A connection that writes down what it is told; a statement that contains `fail` is refused, and so is all that follows.
 * @param says whether the store names what it did, as PostgreSQL does and PGlite does not
 */
function recording(says = true) {
  const told: string[] = [];
  let aborted = false;
  let released: unknown = 'not released';
  const client = {
    query: async (query: string | QueryConfig) => {
      const text = typeof query === 'string' ? query : query.text;
      told.push(text);
      // An answer takes its time, and what is sent meanwhile is on its way.
      await new Promise(setImmediate);
      if (/^rollback/.test(text)) {
        aborted = false;
        return { rows: [], rowCount: 0 };
      }
      if (text.includes('fail')) aborted = true;
      if (text.includes('fail')) throw new Error(text);
      if (aborted && text !== 'commit') {
        throw Object.assign(new Error('current transaction is aborted'), { code: '25P02' });
      }
      return { rows: [{ text }], rowCount: 1, command: says ? (aborted ? 'ROLLBACK' : text.toUpperCase()) : undefined };
    },
    release: (broken?: unknown) => {
      released = broken;
    },
  } as unknown as PoolClient;
  const pool = {
    connect: async () => client,
    query: async () => ({ rows: [{ text: 'pool' }], rowCount: 1 }),
  } as unknown as Pool;
  return { database: new Database(pool), told, released: () => released };
}

const send = (database: Database, text: string) => database.send({ text });

describe('a transaction', () => {
  it('carries every query of its call chain, and the pool those outside', async () => {
    const { database, told } = recording();
    await database.transaction(async () => {
      await Promise.all([database.query('one'), database.query('two')]);
    }, 'lock');
    await database.query('three');
    expect(told).toEqual(['begin; lock', 'one', 'two', 'commit']);
  });

  it('rolls back and says what failed first when a statement sent ahead fails', async () => {
    const { database, told, released } = recording();
    const work = database.transaction(async () => {
      await send(database, 'fail early');
      await database.query('later');
    });
    await expect(work).rejects.toThrow('fail early');
    expect(told).toEqual(['begin; ', 'fail early', 'later', 'rollback']);
    expect(released()).toBeUndefined();
  });

  it('does not count as committed when the last statement, sent along with COMMIT, fails', async () => {
    const { database, told } = recording();
    let committed = false;
    const work = database.transaction(async () => {
      database.afterCommit(() => {
        committed = true;
      });
      await send(database, 'fail at the end');
    });
    await expect(work).rejects.toThrow('fail at the end');
    expect(told).toEqual(['begin; ', 'fail at the end', 'commit', 'rollback']);
    expect(committed).toBe(false);
  });

  it.each([
    ['PostgreSQL', true],
    ['a store that does not say so', false],
  ])('does not count as committed when the failure of a statement was caught: %s', async (_, says) => {
    const { database, told } = recording(says);
    let committed = false;
    const work = database.transaction(async () => {
      database.afterCommit(() => {
        committed = true;
      });
      await database.query('update');
      await database.query('fail').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'transaction_aborted', cause: new Error('fail') });
    expect(told).toEqual(['begin; ', 'update', 'fail', 'rollback']);
    expect(committed).toBe(false);
  });

  it('does not count as committed when a statement that nobody awaits fails on the way to COMMIT', async () => {
    const { database } = recording(false);
    let committed = false;
    const work = database.transaction(async () => {
      database.afterCommit(() => {
        committed = true;
      });
      void database.query('fail late').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'transaction_aborted', cause: new Error('fail late') });
    expect(committed).toBe(false);
  });

  it('says what failed, not that something had failed, when the failure is awaited later than what follows it', async () => {
    const { database } = recording();
    const work = database.transaction(async () => {
      const later = database.query('fail');
      later.catch(() => undefined);
      await database.query('behind it');
      await later;
    });
    await expect(work).rejects.toThrow(/^fail$/);
  });

  it('says so of a savepoint too, which undoes it: the transaction is kept', async () => {
    const { database, told } = recording(false);
    await database.transaction(async () => {
      const inner = database.transaction(async () => {
        database.query('fail inside').catch(() => undefined);
        await database.query('behind it');
      });
      await expect(inner).rejects.toThrow('fail inside');
      await database.query('outer');
    });
    expect(told.slice(-2)).toEqual(['outer', 'commit']);
  });

  it('does not release a savepoint in which a failure was caught', async () => {
    const { database, told } = recording(false);
    await database.transaction(async () => {
      const inner = database.transaction(async () => {
        await database.query('fail inside').catch(() => undefined);
      });
      await expect(inner).rejects.toThrow('fail inside');
    });
    expect(told.slice(-2)).toEqual(['rollback to savepoint s1; release savepoint s1', 'commit']);
  });

  it('tells what failed before a savepoint, not that there can be none any more', async () => {
    const { database } = recording();
    const work = database.transaction(async () => {
      await send(database, 'fail before');
      await database.transaction(async () => undefined).catch((error) => expect(error.message).toBe('fail before'));
    });
    await expect(work).rejects.toThrow('fail before');
  });

  it('fails with what its work says, when that has caught a failure to say it better', async () => {
    const { database } = recording();
    const work = database.transaction(async () => {
      await database.query('fail').catch(() => {
        throw new Error('The name is taken.');
      });
    });
    await expect(work).rejects.toThrow('The name is taken.');
  });

  it('does not tell of what a savepoint has undone', async () => {
    const { database } = recording();
    const told: string[] = [];
    await database.transaction(async () => {
      database.afterCommit(() => told.push('outer'));
      const inner = database.transaction(async () => {
        database.afterCommit(() => told.push('inner'));
        await database.query('fail');
      });
      await inner.catch(() => undefined);
      await database.transaction(async () => database.afterCommit(() => told.push('second')));
    });
    expect(told).toEqual(['outer', 'second']);
  });

  it('fails with the reason when the lock that travels with BEGIN is refused', async () => {
    const { database } = recording();
    await expect(database.transaction(() => database.query('work'), 'fail to lock')).rejects.toThrow('fail to lock');
  });

  it('is a savepoint inside another, which goes on after the inner one failed', async () => {
    const { database, told } = recording();
    await database.transaction(async () => {
      const inner = database.transaction(async () => {
        await send(database, 'fail inside');
        await database.query('behind');
      });
      await expect(inner).rejects.toThrow('fail inside');
      await database.query('outer');
    });
    expect(told).toEqual([
      'begin; ',
      'savepoint s1; ',
      'fail inside',
      'behind',
      'rollback to savepoint s1; release savepoint s1',
      'outer',
      'commit',
    ]);
  });

  it('tells of its commit only once it has committed', async () => {
    const { database, told } = recording();
    let toldAt = -1;
    await database.transaction(async () => {
      database.afterCommit(() => {
        toldAt = told.length;
      });
      await database.query('work');
      expect(toldAt).toBe(-1);
    });
    expect(told.slice(0, toldAt)).toEqual(['begin; ', 'work', 'commit']);
  });

  it('refuses a query that outlived it', async () => {
    const { database } = recording();
    let late!: () => unknown;
    let go!: () => void;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let outcome: Promise<unknown> | undefined;
    late = async () => {
      await gate;
      return database.query('late');
    };
    await database.transaction(async () => {
      outcome = late() as Promise<unknown>;
      outcome.catch(() => undefined);
    });
    go();
    await expect(outcome).rejects.toThrow(TransactionEnded);
  });
});
