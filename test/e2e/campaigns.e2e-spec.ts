import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { hello, openCampaignShop, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import { openShop } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

describe('a campaign', () => {
  it('sends each of its audience one message of their own, tells how far it is, and ends', async () => {
    const desk = await openCampaignShop('messenger', 12);
    const { api, tenant: owner } = desk.shop;
    const stranger = await openShop('messenger');
    const [socket, foreign] = await Promise.all([owner.sockets('/campaigns'), stranger.tenant.sockets('/campaigns')]);
    const [out, nobody] = [desk.customers[0], await api.made('/v1/contacts', { name: 'Nobody' })];
    await api.patch(`/v1/contacts/${desk.customers[1].id}`, { name: 'Ana Díaz' });
    await api.made(`/v1/contacts/${out.id}/consents`, { state: 'opted_out', detail: 'STOP' });

    const draft = await desk.draft();
    expect(draft).toMatchObject({
      status: 'draft',
      counts: null,
      variants: [{ key: 'A', share: 100, content: hello }],
    });
    const started = await api.made(`/v1/campaigns/${draft.id}/start`);
    expect(started).toMatchObject({ status: 'running', exclusions: { opted_out: 1, no_identity: 1 } });
    expect(started.counts).toMatchObject({ total: 13, excluded: 2 });
    const done = await desk.reached(draft.id, 'completed');
    const all = await desk.settled(draft.id, 'read', 'excluded');
    expect(all).toHaveLength(13);
    expect(all.find(({ contactId }) => contactId === out.id)).toMatchObject({ state: 'excluded', reason: 'opted_out' });
    expect(all.find(({ contactId }) => contactId === nobody.id)).toMatchObject({
      reason: 'no_identity',
      messageId: null,
    });
    expect(done.finishedAt).toEqual(expect.any(String));
    expect((await desk.campaign(draft.id)).counts).toMatchObject({ total: 13, read: 11, excluded: 2, pending: 0 });

    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([11, [1]]);
    const texts = desk.graph.messages.all().map(({ body }) => (body as { message: { text: string } }).message.text);
    expect(texts.filter((text) => text === 'Hello Ana!')).toHaveLength(1);
    const conversation = (await desk.shop.conversations()).find(({ contact }) => contact.name === 'Ana Díaz');
    expect((await desk.shop.messagesOf(conversation.id)).at(-1)).toMatchObject({
      author: { kind: 'campaign', id: draft.id },
      content: { text: 'Hello Ana!' },
    });

    await until(() => socket.of('campaign.progressed').at(-1)?.data.counts.read === 11, 'the last receipt is told');
    expect(socket.of('campaign.started', 'campaign.completed').map(({ type }) => type)).toEqual([
      'campaign.started',
      'campaign.completed',
    ]);
    expect(socket.of('campaign.completed')[0]!.data).toMatchObject({ campaignId: draft.id, status: 'completed' });
    for (const { data } of socket.of('campaign.progressed')) {
      const { total, replied: _, ...states } = data.counts;
      expect(Object.values<number>(states).reduce((sum, n) => sum + n)).toBe(total);
    }

    expect((await stranger.api.get(`/v1/campaigns/${draft.id}`)).status).toBe(404);
    for (const path of ['start', 'pause', 'resume', 'cancel'])
      expect((await stranger.api.post(`/v1/campaigns/${draft.id}/${path}`)).status).toBe(404);
    expect((await stranger.api.get(`/v1/campaigns/${draft.id}/recipients`)).status).toBe(404);
    expect((await stranger.api.get(`/v1/campaigns?channelId=${desk.shop.channel.id}`)).body.items ?? []).toEqual([]);
    expect(await stranger.api.all('/v1/campaigns')).toEqual([]);
    expect(foreign.events).toEqual([]);
  });

  it('is for whoever is in a segment, wears a tag or is named, but for whom it names, each of them once', async () => {
    const desk = await openCampaignShop('instagram', 6);
    const { api } = desk.shop;
    const [a, b, c, d] = desk.customers;
    const { id: tag } = await api.made('/v1/contact-tags', { name: 'VIP' });
    for (const { id } of [a, b]) await api.patch(`/v1/contacts/${id}`, { tags: ['VIP'] });
    const filter = { field: 'tag', op: 'any_of', value: [tag] };
    const segment = await api.made('/v1/segments', { name: 'VIPs', filter });
    const audience = {
      ...{ segmentIds: [segment.id], tagIds: [tag], contactIds: [b.id, c.id, d.id] },
      except: { contactIds: [d.id] },
    };
    const { id } = await desk.started({ audience });
    await desk.reached(id, 'completed');
    const chosen = (await desk.recipients(id)).map(({ contactId }) => contactId);
    expect(chosen.toSorted()).toEqual([a.id, b.id, c.id].toSorted());
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([3, [1]]);

    const { body: page } = await api.get(`/v1/campaigns/${id}/recipients?limit=2`);
    const { body: rest } = await api.get(`/v1/campaigns/${id}/recipients?limit=2&before=${page.next}`);
    expect([...page.items, ...rest.items].map(({ contactId }) => contactId)).toEqual(chosen);
    expect(rest.next).toBeNull();
  });

  it('with a template says what is known of each, and leaves out of whom too little is', async () => {
    const text = 'Hello {{1}}, your plan is {{2}}.';
    const templates = [{ name: 'plan', components: [{ type: 'BODY', text }] }];
    const desk = await openCampaignShop('whatsapp', 3, { account: { templates } });
    const { api, channel } = desk.shop;
    const [a, b, c] = desk.customers;
    const read = async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt;
    await until(read, 'its templates are read');
    await api.made('/v1/contact-attributes', { key: 'plan', label: 'Plan', type: 'text' });
    await api.patch(`/v1/contacts/${a.id}`, { name: 'Ana Díaz', attributes: { plan: 'gold' } });
    await api.patch(`/v1/contacts/${b.id}`, { attributes: { plan: 'two\nlines' } });
    const parameters = (...texts: string[]) => texts.map((one) => ({ type: 'text', text: one }));
    const content = (...texts: string[]) => ({
      ...{ type: 'template', name: 'plan', language: 'en_US' },
      components: [{ type: 'body', parameters: parameters(...texts) }],
    });
    const good = content('{{contact.first_name|there}}', '{{contact.attributes.plan}}');
    const { id } = await desk.started({ content: good });
    await desk.reached(id, 'completed');
    await desk.settled(id, 'read', 'excluded');
    expect(await desk.recipients(id, '?state=excluded')).toMatchObject([
      {
        contactId: c.id,
        reason: 'missing_value',
        error: { message: expect.stringMatching(/contact\.attributes\.plan/) },
      },
    ]);
    const sent = desk.graph.messages.all().map(({ body }) => JSON.stringify(body));
    expect([sent.length, timesEach(desk)]).toEqual([2, [1]]);
    expect(sent.some((one) => one.includes('"Ana"') && one.includes('"gold"'))).toBe(true);
    expect(sent.some((one) => one.includes('"two lines"'))).toBe(true);

    for (const [wrong, path] of [
      [content('one'), /components/],
      [{ ...good, name: 'plann' }, /no template plann/],
    ] as const) {
      const { id: draft } = await desk.draft({ content: wrong });
      const { status, body } = await api.post(`/v1/campaigns/${draft}/start`);
      expect([status, body.detail]).toEqual([expect.any(Number), expect.stringMatching(path)]);
      expect([400, 422]).toContain(status);
      expect((await desk.campaign(draft)).status).toBe('draft');
    }
    expect(desk.graph.messages.count).toBe(2);
  });

  it('counts who replied within its time, once each, and why messages failed in Meta’s words', async () => {
    const desk = await openCampaignShop('messenger', 0);
    const chats = [1, 2, 3].map(() => desk.shop.chat({ now: Date.now } as never));
    const writes = async (chat: (typeof chats)[number], words: string) => {
      const item = desk.shop.text(chat, words);
      desk.graph.hears(item);
      await desk.shop.receives(item);
    };
    for (const chat of chats) await writes(chat, 'Hello?');
    desk.graph.next(1, sends).fail(551);
    const { id } = await desk.started();
    await desk.settled(id, 'read', 'failed');
    const failed = (await desk.recipients(id, '?state=failed'))[0];
    expect(failed.error).toMatchObject({ code: 551, reason: 'undeliverable' });
    expect((await desk.campaign(id)).failures).toMatchObject([{ code: 551, reason: 'undeliverable', count: 1 }]);
    for (const words of ['Thanks!', 'Really.']) for (const chat of chats) await writes(chat, words);
    await until(async () => (await desk.campaign(id)).counts.replied === 2, 'two have replied');
    const replied = (await desk.recipients(id)).filter(({ repliedAt }) => repliedAt !== null);
    expect(replied.map(({ state }) => state)).toEqual(['read', 'read']);
  });
});

describe('a reply', () => {
  it('is what came after the message, and of whoever its recipient has become', async () => {
    const desk = await openCampaignShop('messenger', 0);
    const { api } = desk.shop;
    const [early, merged] = [1, 2].map(() => desk.shop.chat({ now: Date.now } as never));
    const writes = async (chat: typeof early, words: string, options = {}) => {
      const item = desk.shop.text(chat!, words, options);
      desk.graph.hears(item);
      await desk.shop.receives(item);
    };
    await writes(early, 'Hello?');
    await writes(merged, 'Hello?');
    const [, second] = (await api.all('/v1/contacts')).reverse();
    const { id } = await desk.started();
    await desk.settled(id, 'read');
    const kept = await api.made('/v1/contacts', { name: 'Known elsewhere' });
    await api.made(`/v1/contacts/${kept.id}/merge`, { contactId: second.id });
    // Meta tells late what was written an hour ago.
    await writes(early, 'Is anybody there?', { at: Date.now() - 3_600_000 });
    await writes(merged, 'Thank you!');
    await until(async () => (await desk.campaign(id)).counts.replied > 0, 'a reply is counted');
    const replied = (await desk.recipients(id)).filter(({ repliedAt }) => repliedAt !== null);
    expect([replied.map(({ contactId }) => contactId), (await desk.campaign(id)).counts.replied]).toEqual([
      [second.id],
      1,
    ]);
  });
});

describe('a draft', () => {
  it('is changed and deleted until it starts, and tells what is wrong with it by name', async () => {
    const desk = await openCampaignShop('whatsapp', 1);
    const { api, channel } = desk.shop;
    const other = await tenant();
    const theirs = await other.channel('whatsapp');
    const { id: segmentId } = await other.api.made('/v1/segments', {
      ...{ name: 'All', filter: { field: 'name', op: 'exists', value: true } },
    });
    const order = { name: 'Spring', channelId: channel.id, audience: { all: true }, content: hello };
    for (const [wrong, status, named] of [
      [{ channelId: theirs.id }, 404, 'channelId'],
      [{ audience: {} }, 400, 'audience'],
      [{ audience: { segmentIds: [segmentId] } }, 404, 'audience.segmentIds'],
      [{ audience: { all: true, except: { tagIds: [segmentId] } } }, 404, 'audience.except.tagIds'],
      [{ content: { type: 'text', text: 'Hi {{contact.nmae}}' } }, 400, 'content'],
      [{ content: { type: 'text', text: '' } }, 400, 'content.text'],
      [{ content: { type: 'text', text: 'Hi {{row.Name}}' } }, 400, 'content'],
      [{ content: { type: 'template', name: '{{contact.name|a}}', language: 'en' } }, 400, 'content.name'],
      [{ content: { type: 'reaction', messageId: 'x', emoji: '👍' } }, 400, 'content.type'],
      [{ failureRatio: 2 }, 400, 'failureRatio'],
    ] as const) {
      const answer = await api.post('/v1/campaigns', { ...order, ...wrong });
      expect([wrong, answer.status, answer.body.details?.[0]?.field]).toEqual([wrong, status, named]);
    }
    const { id } = await api.made('/v1/campaigns', order);
    const { body } = await api.patch(`/v1/campaigns/${id}`, { name: 'Summer', failureRatio: null });
    expect(body).toMatchObject({
      name: 'Summer',
      failureRatio: null,
      variants: [{ content: hello }],
      audience: { all: true },
    });
    for (const path of ['pause', 'resume'])
      expect((await api.post(`/v1/campaigns/${id}/${path}`)).body).toMatchObject({
        code: 'conflict',
        details: { status: 'draft' },
      });
    expect((await api.delete(`/v1/campaigns/${id}`)).status).toBe(204);
    expect((await api.get(`/v1/campaigns/${id}`)).status).toBe(404);

    const { id: begun } = await desk.started();
    for (const answer of [
      await api.patch(`/v1/campaigns/${begun}`, { name: 'Winter' }),
      await api.delete(`/v1/campaigns/${begun}`),
      await api.post(`/v1/campaigns/${begun}/start`),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
    }
    await desk.reached(begun, 'completed');
  });

  it('is made and started by admins, and seen by everybody', async () => {
    const desk = await openCampaignShop('messenger', 1);
    const [agent, viewer] = await Promise.all([
      colleague(desk.shop.tenant, 'agent'),
      colleague(desk.shop.tenant, 'viewer'),
    ]);
    const { id } = await desk.draft();
    expect((await agent.api.post(`/v1/campaigns/${id}/start`)).status).toBe(403);
    expect((await viewer.api.get(`/v1/campaigns/${id}`)).body.name).toBe('Spring');
    await desk.shop.api.patch(`/v1/users/${agent.userId}`, { channelIds: [] });
    const limited = await desk.shop.api.post('/v1/auth/refresh', { refreshToken: agent.refreshToken });
    const api = desk.shop.api.as(limited.body.accessToken);
    expect([(await api.get(`/v1/campaigns/${id}`)).status, await api.all('/v1/campaigns')]).toEqual([404, []]);
  });
});
