import { isLockTimeout, isRace, isTransient } from './transient';

const error = (properties: object) => Object.assign(new Error('x'), properties);

describe('an error of the database', () => {
  it.each(['08006', '57P01', '57P03', '53300', '40001', '40P01', '55P03', '25P03', 'ECONNRESET', 'ECONNREFUSED'])(
    '%s is about the moment: the work is tried again as it is',
    (code) => expect(isTransient(error({ code }))).toBe(true),
  );

  it.each(['22021', '22003', '23505', '54000', '42703', '25P02', undefined])(
    '%s is about the work: it is taken apart',
    (code) => {
      expect(isTransient(error({ code }))).toBe(false);
    },
  );

  it('without a code is known by its words', () => {
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTransient(new TypeError('Cannot read properties of undefined'))).toBe(false);
  });

  it('is tried again at once only where somebody else was first', () => {
    expect([{ code: '40P01' }, { code: '40001' }, { transient: true }].every((e) => isRace(error(e)))).toBe(true);
    expect(isRace(error({ code: '57P01' }))).toBe(false);
  });

  it('tells a lock that somebody keeps from one that was given up to end a deadlock', () => {
    expect(isLockTimeout(error({ code: '55P03' }))).toBe(true);
    expect(isLockTimeout(error({ code: '40P01' }))).toBe(false);
  });
});
