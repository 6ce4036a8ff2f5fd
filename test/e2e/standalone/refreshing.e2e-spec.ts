import { decodeJwt } from 'jose';
import { ApiClient } from '../../support/api-client';
import { startTopology, type Topology } from '../../support/topology';
import { until } from '../../support/until';

let topology: Topology | undefined;
afterEach(async () => {
  await topology?.stop();
  topology = undefined;
});

async function start(environment: Record<string, string> = {}) {
  topology = await startTopology('embedded', environment);
  const anonymous = new ApiClient(topology.apis[0]!.url);
  const refresh = (refreshToken: string) => anonymous.post('/v1/auth/refresh', { refreshToken });
  const me = async ({ accessToken }: { accessToken: string }) =>
    (await anonymous.as(accessToken).get('/v1/auth/me')).status;
  const signedIn = await anonymous.signIn(topology.owner.email, topology.owner.password);
  return { refresh, me, signedIn };
}

describe('a refresh token that was used a moment ago', () => {
  it('is good for those who asked at the same time or lost the answer, in one session', async () => {
    const { refresh, me, signedIn } = await start();
    const together = await Promise.all(Array.from({ length: 5 }, () => refresh(signedIn.refreshToken)));
    const later = await refresh(signedIn.refreshToken);
    const answers = [...together, later];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(6);
    expect(new Set(answers.map(({ body }) => body.sessionId))).toEqual(new Set([decodeJwt(signedIn.accessToken).sid]));
    for (const { body } of answers) expect(await me(body)).toBe(200);
    expect((await refresh(later.body.refreshToken)).status).toBe(200);
  });

  it('ends the session afterwards, and so does the one whose place was taken', async () => {
    const { refresh, me, signedIn } = await start({ REFRESH_TOKEN_REUSE_INTERVAL: '1s' });
    const owner = (await refresh(signedIn.refreshToken)).body;
    const thief = await refresh(signedIn.refreshToken);
    expect(thief.status).toBe(200);
    // Each time a pair in the place of the last, until the owner's is no longer one of a moment ago.
    const refused = await until(async () => {
      const answer = await refresh(owner.refreshToken);
      return answer.status === 200 ? undefined : answer;
    }, 'the token whose place was taken is refused');
    expect([refused.status, refused.body.code]).toEqual([401, 'token_revoked']);
    expect([await me(owner), await me(thief.body)]).toEqual([401, 401]);
    expect((await refresh(thief.body.refreshToken)).status).toBe(401);
  });
});
