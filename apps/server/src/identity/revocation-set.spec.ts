import { endedBy, type Revocation, RevocationSet, userSubject } from './revocation-set';

let nextId = 0;
const revocation = (kind: 'session' | 'user', subject: string, revokedAt: number): Revocation => {
  nextId += 1;
  return { id: nextId, kind, subject, reason: 'test', revokedAt };
};
const session = (issuedAt: number, workspaceId = 'w1', id = 's1') => ({ id, userId: 'u1', workspaceId, issuedAt });
const second = 1_700_000_000_000;

describe('revocations', () => {
  it('end one session and no other', () => {
    const set = new RevocationSet();
    set.add(revocation('session', 's1', second));
    expect(set.ended(session(second + 5000, 'w1', 's1'))).toBe(true);
    expect(set.ended(session(second - 5000, 'w1', 's2'))).toBe(false);
  });

  it("end a user's tokens issued before, and let a later sign-in work", () => {
    const set = new RevocationSet();
    set.add(revocation('user', 'u1', second));
    expect(set.ended(session(second - 1))).toBe(true);
    expect(set.ended(session(second + 1))).toBe(false);
  });

  it('tell tokens of the same second apart by the millisecond', () => {
    const set = new RevocationSet();
    set.add(revocation('user', 'u1', second + 300));
    expect(set.ended(session(second + 299))).toBe(true);
    expect(set.ended(session(second + 300))).toBe(true);
    expect(set.ended(session(second + 301))).toBe(false);
  });

  it('refuse a token that only knows its second and may be older, until the next second', () => {
    const set = new RevocationSet();
    set.add(revocation('user', 'u1', second + 300));
    expect(set.ended(session(second))).toBe(true);
    expect(set.ended(session(second + 1000))).toBe(false);
  });

  it('of one workspace leave the same user alone in another', () => {
    const set = new RevocationSet();
    set.add(revocation('user', userSubject('u1', 'w1'), second));
    expect(set.ended(session(second - 1, 'w1'))).toBe(true);
    expect(set.ended(session(second - 1, 'w2'))).toBe(false);
  });

  it('count once however often they are read, and the latest decides in whatever order they come', () => {
    const set = new RevocationSet();
    const late = revocation('user', 'u1', second + 10);
    const early = revocation('user', 'u1', second);
    expect(set.add(late)).toBe(true);
    expect(set.add(early)).toBe(true);
    expect(set.add(late)).toBe(false);
    expect(set.size).toBe(2);
    expect(set.ended(session(second + 5))).toBe(true);
  });

  it('are forgotten once no token of their time can live, and not before', () => {
    const set = new RevocationSet();
    set.add(revocation('user', 'u1', second));
    set.add(revocation('user', 'u1', second + 10));
    set.add(revocation('session', 's9', second));
    set.prune(second + 10);
    expect(set.size).toBe(1);
    expect(set.ended(session(second + 10))).toBe(true);
    expect(set.ended(session(second, 'w1', 's9'))).toBe(true);
    set.prune(second + 11);
    expect(set.size).toBe(0);
    expect(set.ended(session(second))).toBe(false);
  });

  it('say which sockets to close', () => {
    expect(endedBy(revocation('session', 's1', second))).toEqual({ sessionId: 's1', reason: 'test' });
    expect(endedBy(revocation('user', 'u1', second))).toEqual({
      userId: 'u1',
      issuedBefore: second + 1,
      reason: 'test',
    });
    expect(endedBy(revocation('user', userSubject('u1', 'w1'), second))).toEqual({
      userId: 'u1',
      workspaceId: 'w1',
      issuedBefore: second + 1,
      reason: 'test',
    });
  });
});
