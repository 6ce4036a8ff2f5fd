import { randomUUID } from 'node:crypto';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, firstConversation, logOf, openConnecting } from './support/connecting';
import { deliver, deliverBody } from './support/deliver';
import type { Body } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const body = (text: string, ...examples: string[]) => ({
  type: 'BODY',
  text,
  ...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
});
const shipped = {
  name: 'order_shipped',
  components: [body('Order {{1}} is on its way, {{2}} days.', '1', '2'), { type: 'FOOTER', text: 'Clay & Table' }],
};
const news = { name: 'news', language: 'de', category: 'MARKETING' as const, status: 'PAUSED' as const };

/** A number whose business account has templates, connected and read. */
async function openWithTemplates() {
  const opened = await openConnecting('whatsapp', { account: { templates: [shipped, news] } });
  const { owner, account } = opened;
  const channel = await owner.api.made('/v1/channels', account.registration);
  await until(
    async () => (await owner.api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt !== null,
    'its templates are read',
  );
  const sync = () => owner.api.post(`/v1/channels/${channel.id}/templates/sync`);
  return { ...opened, channel, sync, businessAccountId: account.registration.businessAccountId as string };
}

const told = async (owner: Parameters<typeof logOf>[0]): Promise<Body[]> =>
  (await logOf(owner)).filter(({ type }) => type === 'template.status_changed').map(({ data }) => data);

describe('the templates of a business account', () => {
  it('are read when its number is connected, listed with filters, and nobody else’s business', async () => {
    const { owner, stranger, channel } = await openWithTemplates();
    const listed = await owner.api.all('/v1/templates');
    expect(
      listed.map(({ name, language, status, category }: Body) => [name, language, status, category]).sort(),
    ).toEqual([
      ['news', 'de', 'PAUSED', 'MARKETING'],
      ['order_shipped', 'en_US', 'APPROVED', 'UTILITY'],
    ]);
    const names = async (query: string) =>
      (await owner.api.all(`/v1/templates?${query}`)).map(({ name }: Body) => name).sort();
    expect(await names('status=PAUSED')).toEqual(['news']);
    expect(await names('category=UTILITY')).toEqual(['order_shipped']);
    expect(await names('language=de')).toEqual(['news']);
    expect(await names('name=order')).toEqual(['order_shipped']);
    expect(await names('name=%25')).toEqual([]);
    expect(await names(`channelId=${channel.id}`)).toHaveLength(2);
    const page = (await owner.api.get('/v1/templates?limit=1')).body;
    expect([page.items.length, typeof page.next, typeof page.head]).toEqual([1, 'string', 'string']);
    const viewer = await colleague(owner, 'viewer');
    expect((await viewer.api.get(`/v1/templates/${listed[0].id}`)).body).toEqual(listed[0]);

    expect(await stranger.api.all('/v1/templates')).toEqual([]);
    expect((await stranger.api.get(`/v1/templates/${listed[0].id}`)).status).toBe(404);
    expect((await stranger.api.get(`/v1/templates?channelId=${channel.id}`)).status).toBe(404);
    expect((await stranger.api.post(`/v1/channels/${channel.id}/templates/sync`)).status).toBe(404);
    expect(await told(owner)).toEqual([]);
  });

  it('of several hundred are all read, and read again on demand with what has changed', async () => {
    const { owner, account, sync } = await openWithTemplates();
    for (let n = 0; n < 230; n += 1) account.number!.template({ name: `many_${n}` });
    expect((await sync()).body).toEqual({ found: 232 });
    expect(await owner.api.all('/v1/templates')).toHaveLength(232);
    account.number!.template({ ...news, status: 'APPROVED' });
    account.number!.businessAccount.templates.delete('order_shipped\nen_US');
    expect((await sync()).body).toEqual({ found: 231 });
    const changes = (await told(owner)).slice(-2);
    expect(changes.map(({ name, previousStatus, status }) => [name, previousStatus, status])).toEqual([
      ['news', 'PAUSED', 'APPROVED'],
      ['order_shipped', 'APPROVED', 'DELETED'],
    ]);
    const viewer = await colleague(owner, 'agent');
    expect((await viewer.api.post(`/v1/channels/${randomUUID()}/templates/sync`)).status).toBe(403);
  });

  it('cannot be read while Meta does not answer, and are kept', async () => {
    const { owner, graph, sync } = await openWithTemplates();
    graph.next(1, { path: /message_templates/ }).fail(80007);
    const throttled = await sync();
    expect([throttled.status, throttled.body.code]).toEqual([503, 'throttled']);
    expect(await owner.api.all('/v1/templates')).toHaveLength(2);
  });
});

describe('a template', () => {
  const template = {
    name: 'welcome',
    language: 'en_US',
    category: 'UTILITY',
    components: [body('Hello {{1}}, we are here.', 'Ada')],
  };

  it('is created at Meta, decided on by webhook, and deleted at both', async () => {
    const { owner, stranger, account, channel, businessAccountId } = await openWithTemplates();
    const agent = await colleague(owner, 'agent');
    const asked = { channelId: channel.id, template };
    expect((await agent.api.post('/v1/templates', asked)).status).toBe(403);
    expect((await stranger.api.post('/v1/templates', asked)).status).toBe(404);
    const made = await owner.api.post('/v1/templates', asked);
    expect([made.status, made.body.status]).toEqual([201, 'PENDING']);
    const atMeta = account.number!.businessAccount.findTemplate('welcome', 'en_US')!;
    expect(atMeta.id).toBe(made.body.metaTemplateId);

    const change = (event: string, time: number) => ({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: businessAccountId,
          time,
          changes: [
            {
              field: 'message_template_status_update',
              value: {
                event,
                message_template_id: Number(atMeta.id),
                message_template_name: 'welcome',
                message_template_language: 'en_US',
                reason: event === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
              },
            },
          ],
        },
      ],
    });
    const now = Math.ceil(Date.now() / 1000) + 60;
    await deliverBody(change('REJECTED', now + 5));
    await until(async () => (await told(owner)).some(({ status }) => status === 'REJECTED'), 'the decision is told');
    // An older word that comes later says nothing any more.
    await deliverBody(change('APPROVED', now));
    await deliver(account.hears('A sign that the rest was taken in'));
    await firstConversation(owner);
    const { body: decided } = await owner.api.get(`/v1/templates/${made.body.id}`);
    expect([decided.status, decided.reason]).toEqual(['REJECTED', 'INVALID_FORMAT']);

    expect((await stranger.api.delete(`/v1/templates/${made.body.id}`)).status).toBe(404);
    expect((await owner.api.delete(`/v1/templates/${made.body.id}`)).status).toBe(204);
    expect(account.number!.businessAccount.findTemplate('welcome', 'en_US')).toBeUndefined();
    expect((await owner.api.get(`/v1/templates/${made.body.id}`)).status).toBe(404);
    const changes = (await told(owner)).filter(({ name }) => name === 'welcome');
    expect(changes.map(({ status }) => status)).toEqual(['PENDING', 'REJECTED', 'DELETED']);
    expect(await told(stranger)).toEqual([]);
  });

  it('that breaks a rule is refused with the rule, before Meta is asked', async () => {
    const { owner, graph, channel } = await openWithTemplates();
    const before = graph.calls('POST businessAccount message_templates');
    const wrong = { ...template, name: 'Not Like This', components: [body('{{1}}')] };
    const refused = await owner.api.post('/v1/templates', { channelId: channel.id, template: wrong });
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid']);
    const fields = refused.body.details.map(({ field }: Body) => field);
    expect(fields).toEqual(expect.arrayContaining(['template.name', 'template.components[0].text']));
    expect(graph.calls('POST businessAccount message_templates')).toBe(before);
  });

  it('that Meta refuses is refused with Meta’s words', async () => {
    const { owner, channel } = await openWithTemplates();
    const again = { ...template, name: 'order_shipped' };
    const refused = await owner.api.post('/v1/templates', { channelId: channel.id, template: again });
    expect([refused.status, refused.body.code]).toEqual([422, 'template_refused']);
    expect(refused.body.detail).toContain('already');
  });

  it('of which nobody knows whether Meta has it is not told as made', async () => {
    const { owner, graph, channel, sync } = await openWithTemplates();
    graph.next(1, { method: 'POST', path: /message_templates/ }).break();
    const unknown = await owner.api.post('/v1/templates', { channelId: channel.id, template });
    expect([unknown.status, unknown.body.code]).toEqual([503, 'outcome_unknown']);
    await sync();
    expect((await owner.api.all('/v1/templates?name=welcome')).map(({ status }: Body) => status)).toEqual(['PENDING']);
  });
});

describe('sending a template', () => {
  async function openChat() {
    const opened = await openWithTemplates();
    await deliver(opened.account.hears('Where is my order?'));
    const conversation = await firstConversation(opened.owner);
    const path = `/v1/conversations/${conversation.id}/messages`;
    const send = (content: object) => opened.owner.api.post(path, { content: { type: 'template', ...content } });
    return { ...opened, conversation, send };
  }
  const values = (...texts: string[]) => [{ type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) }];

  it('shows the words that the customer reads', async () => {
    const { graph, owner, conversation, send } = await openChat();
    const sent = await send({ name: 'order_shipped', language: 'en_US', components: values('4711', '3') });
    expect([sent.status, sent.body.content?.text]).toEqual([201, 'Order 4711 is on its way, 3 days.\nClay & Table']);
    await until(() => graph.messages.count === 1, 'it is sent');
    const { body: shown } = await owner.api.get(`/v1/conversations/${conversation.id}`);
    expect(shown.lastMessage.preview).toBe('Order 4711 is on its way, 3 days. Clay & Table');
  });

  it('is refused where Meta would refuse it: values that do not fit, one that is paused, one that is not there', async () => {
    const { graph, send } = await openChat();
    const few = await send({ name: 'order_shipped', language: 'en_US', components: values('4711') });
    expect([few.status, few.body.code]).toEqual([400, 'invalid']);
    expect(few.body.details[0].field).toContain('content.components');
    const paused = await send({ name: 'news', language: 'de' });
    expect([paused.status, paused.body.detail]).toEqual([400, expect.stringContaining('PAUSED')]);
    const unknown = await send({ name: 'order_shipped', language: 'fr' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'template_unknown']);
    expect(unknown.body.detail).toContain('/templates/sync');
    expect(graph.messages.count).toBe(0);
  });

  it('goes through as it is while the templates of the channel have never been read', async () => {
    const { owner, graph, account } = await openConnecting('whatsapp', { account: { templates: [shipped] } });
    graph.always({ method: 'GET', path: /message_templates/ }).fail(80007);
    await owner.api.made('/v1/channels', account.registration);
    await deliver(account.hears('Where is my order?'));
    const conversation = await firstConversation(owner);
    const sent = await owner.api.post(`/v1/conversations/${conversation.id}/messages`, {
      content: { type: 'template', name: 'order_shipped', language: 'en_US', components: values('4711', '3') },
    });
    expect(sent.status).toBe(201);
    await until(() => graph.messages.count === 1, 'it is sent');
  });
});
