import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { call } from './support/rest';
import { colleague, operator, tenant, world } from './support/world';

afterEach(closeSockets);

const actionsOf = (items: { action: string }[]) => items.map(({ action }) => action);

describe('the audit log', () => {
  it('says who did what, to admins and owners, in the list and as it happens', async () => {
    const [owner, stranger] = await Promise.all([tenant(), tenant()]);
    const [admin, agent] = [await colleague(owner, 'admin'), await colleague(owner, 'agent')];
    const watching = await Promise.all([
      owner.sockets('/notifications', {}, world.gateways[0]),
      admin.sockets('/notifications'),
    ]);
    const [ofAgent, ofStranger] = await Promise.all([
      agent.sockets('/notifications'),
      stranger.sockets('/notifications'),
    ]);

    const member = await admin.api.made('/v1/users', {
      email: 'new@audit.example',
      password: 'a password of theirs',
      role: 'viewer',
    });
    await call(world.apis[0]!, 'PATCH', `/v1/users/${member.id}`, owner.accessToken, { role: 'agent' });
    const key = await owner.api.made('/v1/api-keys', { name: 'Till', role: 'admin' });
    await owner.channel('messenger', { name: 'Support page' });
    await call(world.apis[0]!, 'DELETE', `/v1/users/${member.id}`, owner.accessToken);

    const told = ['member.added', 'member.role_changed', 'api_key.created', 'channel.registered', 'member.removed'];
    for (const socket of watching) {
      const events = await socket.waitFor('team.activity', told.length);
      expect(events.map(({ data }) => data.action)).toEqual(told);
    }
    const { items } = (await admin.api.get('/v1/audit-log')).body;
    const [removed, registered, created, changed, added] = items;
    expect(actionsOf(items.slice(0, told.length))).toEqual(told.toReversed());
    const subject = { kind: 'user', id: member.id, name: 'new@audit.example' };
    expect(added).toMatchObject({ actor: { kind: 'user', id: admin.userId }, subject, details: { role: 'viewer' } });
    expect(changed).toMatchObject({
      actor: { kind: 'user', id: owner.userId, name: owner.email },
      subject,
      details: { from: 'viewer', to: 'agent' },
    });
    expect(created).toMatchObject({ subject: { kind: 'api_key', id: key.id, name: 'Till' } });
    // Who runs the instance is not named in a workspace that is not theirs.
    expect(registered).toMatchObject({
      actor: { kind: 'operator', id: null, name: null },
      subject: { kind: 'channel', name: 'Support page' },
    });
    expect(removed.subject).toEqual(subject);
    const [first] = watching[0]!.of('team.activity');
    const { id, at: _, ...entry } = added;
    expect(first!.data).toEqual({ entryId: id, ...entry });

    // The agent's socket has been served beyond all of it, and the stranger's brings their own.
    const { cursor } = watching[0]!.of('team.activity').at(-1)!;
    await until(async () => (await ofAgent!.ask('heartbeat')).data.cursor >= cursor!, 'the agent was served that far');
    expect(ofAgent!.events).toEqual([]);
    await stranger.api.made('/v1/api-keys', { name: 'Theirs', role: 'viewer' });
    const theirs = await ofStranger!.waitFor('team.activity');
    expect(theirs.map(({ data }) => data.subject.name)).toEqual(['Theirs']);
    expect((await agent.api.get('/v1/audit-log')).status).toBe(403);
    const strangers = JSON.stringify((await stranger.api.get('/v1/audit-log')).body);
    expect(strangers).not.toContain(member.id);
  });

  it('is kept from agents in a replay and in the event log too, and shown to them once they are admins', async () => {
    const owner = await tenant();
    const agent = await colleague(owner, 'agent');
    const before = (await owner.api.get('/v1/audit-log')).body.head;
    await owner.api.made('/v1/api-keys', { name: 'Till', role: 'viewer' });
    const head = (await owner.api.get('/v1/audit-log')).body.head;

    const replayed = await agent.sockets('/notifications', { cursor: before });
    expect(replayed.notice('ready')).toMatchObject({ cursor: head, replayed: 0 });
    expect(replayed.events).toEqual([]);
    expect((await agent.api.get('/v1/events')).body.items).toEqual([]);
    const asked = await replayed.ask('subscribe', { rooms: [{ kind: 'admins', id: owner.workspaceId }] });
    expect(asked).toMatchObject({ ok: false, error: { code: 'invalid' } });

    const seen = await owner.sockets('/notifications', { cursor: before });
    expect(seen.of('team.activity').map(({ data }) => data.action)).toEqual(['api_key.created']);
    await call(world.apis[0]!, 'PATCH', `/v1/users/${agent.userId}`, owner.accessToken, { role: 'admin' });
    const refreshed = await owner.api.made('/v1/auth/refresh', { refreshToken: agent.refreshToken });
    const log = await owner.api.as(refreshed.accessToken).get('/v1/events');
    expect(log.body.items.map(({ data }: { data: { action: string } }) => data.action)).toContain('api_key.created');
  });

  it('is read by filter and in pages', async () => {
    const owner = await tenant();
    const keys = [];
    for (const name of ['One', 'Two', 'Three'])
      keys.push(await owner.api.made('/v1/api-keys', { name, role: 'viewer' }));
    const names = async (query: string) => {
      const all = await owner.api.all(`/v1/audit-log?${query}`);
      return all.map(({ subject }) => subject.name);
    };
    expect(await names('action=api_key.created')).toEqual(['Three', 'Two', 'One']);
    expect(await names(`subjectId=${keys[1].id}`)).toEqual(['Two']);
    expect(await names('subjectKind=api_key')).toHaveLength(3);
    expect(await names(`actorId=${owner.userId}`)).toEqual(['Three', 'Two', 'One']);
    expect(await names('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await names('from=2020-01-01T00:00:00Z&action=api_key.created')).toHaveLength(3);
    const page = await owner.api.get('/v1/audit-log?action=api_key.created&limit=2');
    const rest = await owner.api.get(`/v1/audit-log?action=api_key.created&limit=2&before=${page.body.next}`);
    expect([...page.body.items, ...rest.body.items].map(({ subject }) => subject.name)).toEqual([
      'Three',
      'Two',
      'One',
    ]);
    expect(rest.body.next).toBeNull();
    for (const wrong of [
      'action=nothing.happened',
      'actorId=1',
      'from=yesterday',
      'from=-271821-04-20',
      'subjectKind=%00',
    ]) {
      expect([wrong, (await owner.api.get(`/v1/audit-log?${wrong}`)).status]).toEqual([wrong, 400]);
    }
  });

  it('keeps what was done and nothing of what was tried', async () => {
    const owner = await tenant();
    const before = (await owner.api.all('/v1/audit-log')).length;
    const email = `${crypto.randomUUID()}@example.com`;
    await owner.api.post('/v1/users', { email, role: 'agent' });
    await call(world.apis[0]!, 'PATCH', `/v1/users/${owner.userId}`, owner.accessToken, { role: 'viewer' });
    await call(world.apis[0]!, 'DELETE', `/v1/users/${owner.userId}`, owner.accessToken);
    expect(await owner.api.all('/v1/audit-log')).toHaveLength(before);
  });

  it('knows what the operator did to the instance, in the workspace of the operator', async () => {
    const api = await operator();
    const owner = await tenant();
    const member = await colleague(owner, 'agent');
    await api.made('/v1/meta-apps', {
      appId: 'audited-app',
      name: 'Audited',
      secrets: ['a secret of it'],
      verifyToken: 'another secret',
    });
    for (const verb of ['disable', 'enable'])
      expect((await api.post(`/v1/users/${member.userId}/${verb}`)).status).toBe(204);
    const { items } = (await api.get('/v1/audit-log?limit=20')).body;
    const mine = items.filter(
      ({ subject }: { subject: { id: string; name: string } }) =>
        [member.userId].includes(subject.id) || subject.name === 'Audited',
    );
    expect(actionsOf(mine).slice(0, 3)).toEqual(['user.enabled', 'user.disabled', 'meta_app.saved']);
    expect(JSON.stringify(items)).not.toContain('secret of it');
  });
});
