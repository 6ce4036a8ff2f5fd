import { Turnstile, TurnstileFull } from './turnstile';

function work() {
  let finish!: () => void;
  let started = false;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const run = async () => {
    started = true;
    await done;
  };
  return { run, finish, started: () => started };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('turnstile', () => {
  it('runs so many at a time, the rest in their order, and refuses beyond the queue', async () => {
    const turnstile = new Turnstile(1, 2);
    const [a, b, c] = [work(), work(), work()];
    const all = [turnstile.pass(a.run), turnstile.pass(b.run), turnstile.pass(c.run)];
    await expect(turnstile.pass(async () => undefined)).rejects.toThrow(TurnstileFull);
    await settle();
    expect([a.started(), b.started(), c.started()]).toEqual([true, false, false]);
    a.finish();
    await settle();
    expect([b.started(), c.started()]).toEqual([true, false]);
    b.finish();
    c.finish();
    await Promise.all(all);
    expect(c.started()).toBe(true);
  });

  it('frees the place of work that fails', async () => {
    const turnstile = new Turnstile(1, 0);
    await expect(turnstile.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turnstile.pass(async () => 'yes')).resolves.toBe('yes');
  });
});
