import { randomBytes, randomUUID } from 'node:crypto';
import { type EventType, eventNamespaces } from '@switchboard/contracts';
import { messenger, type SimulatedItem, sends, whatsapp } from '@switchboard/simulator';
import { until } from '../../support/until';
import { deliver } from './deliver';
import { png } from './media-shop';
import type { Body } from './shop';
import { toldOf, type Watched } from './witnesses';
import { colleague } from './world';

export interface Provocation {
  toldTo: keyof typeof toldOf;
  /** Makes it happen. @returns words that this event has in its data, and no other of its type */
  by: (watched: Watched) => Promise<string>;
}

/** The customer of the watched conversation does something. */
async function customer({ desk, shop }: Watched, item: SimulatedItem): Promise<SimulatedItem> {
  desk.graph.hears(item);
  await shop.receives(item);
  return item;
}

/** … writes, and does something with that message. */
const writesAnd = (act: (chat: never, messageId: string) => SimulatedItem) => async (watched: Watched) => {
  const { messageId } = await customer(watched, whatsapp.text(watched.chat, 'One moment'));
  await customer(watched, act(watched.chat, messageId!));
  return messageId!;
};

const told = (watched: Watched, type: EventType, words: string) =>
  until(
    () => watched.toldTo(eventNamespaces[type], type, words).includes('owner'),
    `the owner is told ${type} of ${words}`,
  );

/** Sends to the customer, and waits until it is told to be so. */
const sendsUntil =
  (type: EventType, prepare: (watched: Watched) => unknown = () => undefined) =>
  async (watched: Watched) => {
    prepare(watched);
    const { body } = await watched.desk.send(watched.conversation.id, { type: 'text', text: `Until ${type}` });
    await told(watched, type, body.id);
    return body.id as string;
  };

const newContact = ({ api }: Watched): Promise<Body> => api.made('/v1/contacts', { name: `Ana ${randomUUID()}` });
const newLabel = ({ api }: Watched): Promise<Body> => api.made('/v1/labels', { name: randomUUID(), color: '#ff0000' });

const consents = (state: 'opted_in' | 'opted_out') => async (watched: Watched) => {
  const detail = `Said ${state}`;
  await watched.api.made(`/v1/contacts/${watched.conversation.contact.id}/consents`, { state, detail });
  return detail;
};

async function imported({ api }: Watched): Promise<string> {
  const form = new FormData();
  const csv = `Name,Phone\n${Array.from({ length: 5 }, (_, n) => `Ana ${n},3460000000${n}`).join('\n')}\n`;
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
  const headers = { authorization: `Bearer ${api.token}` };
  const answer = await fetch(`${api.url}/v1/contact-imports`, { method: 'POST', headers, body: form });
  const { id } = (await answer.json()) as { id: string };
  await api.made(`/v1/contact-imports/${id}/start`, { mapping: { Name: 'name', Phone: 'phone' } });
  return id;
}

/** The campaign that goes its whole way takes this step of it. */
const steps = (step: 'start' | 'pause' | 'resume') => async (watched: Watched) => {
  await watched.api.made(`/v1/campaigns/${watched.campaigns.whole}/${step}`);
  return watched.campaigns.whole;
};

/** The customer begins a flow, once nobody has the conversation any more. @returns the execution's id */
const begins = async ({ api, shop, conversation, flows }: Watched, flow: keyof Watched['flows']): Promise<string> => {
  const { body: now } = await api.get(`/v1/conversations/${conversation.id}`);
  await api.patch(`/v1/conversations/${conversation.id}`, { version: now.version, status: 'closed' });
  const order = { contactId: conversation.contact.id, channelId: shop.channel.id };
  return until(async () => {
    const { status, body } = await api.post(`/v1/flows/${flows[flow]}/executions`, order);
    return status === 201 ? (body.id as string) : undefined;
  }, `the customer is in the flow that ${flow}`);
};

const owners = (watched: Watched) => watched.of('owner', '/messages');

/** Of the message whose file it is. */
const fileOf = async (watched: Watched, type: EventType) => (await owners(watched).waitFor(type))[0]!.data.messageId;

/**
 * How each event of the catalogue comes about, and who is told. One that is missing here does not compile; they come about one after
 * the other, in this order.
 */
export const provocations: Record<EventType, Provocation> = {
  'webhook.received': {
    toldTo: 'channel',
    by: async (watched) => (await customer(watched, whatsapp.text(watched.chat, 'A webhook'))).messageId!,
  },
  'webhook.quarantined': {
    toldTo: 'channel',
    by: async ({ shop, chat }) => {
      // Longer than an index of PostgreSQL takes, and too random to be compressed.
      await deliver(whatsapp.text(chat, 'Poisoned', { id: `wamid.${randomBytes(4500).toString('base64')}` }));
      return until(async () => (await shop.deliveries('?state=quarantined'))[0]?.id, 'it is in quarantine');
    },
  },
  'webhook.mention_read': {
    toldTo: 'branch',
    by: async ({ branch }) => {
      await branch.receives(messenger.mention(branch.chat(), { text: 'Thanks, branch' }));
      return 'Thanks, branch';
    },
  },
  'message.received': {
    toldTo: 'thread',
    by: async (watched) => (await customer(watched, whatsapp.text(watched.chat, 'A message'))).messageId!,
  },
  'message.queued': { toldTo: 'thread', by: sendsUntil('message.queued') },
  'message.sent': { toldTo: 'thread', by: sendsUntil('message.sent') },
  'message.delivered': { toldTo: 'thread', by: sendsUntil('message.delivered') },
  'message.read': { toldTo: 'thread', by: sendsUntil('message.read') },
  'message.failed': {
    toldTo: 'thread',
    by: sendsUntil('message.failed', ({ desk }) => desk.graph.next(1, sends).fail(100)),
  },
  'message.unknown': {
    toldTo: 'thread',
    by: sendsUntil('message.unknown', ({ desk }) => desk.graph.next(1, sends).reset()),
  },
  'message.deleted': { toldTo: 'thread', by: writesAnd((chat, id) => whatsapp.revoke(chat, id)) },
  'message.edited': { toldTo: 'thread', by: writesAnd((chat, id) => whatsapp.edit(chat, id, 'Two moments')) },
  'message.reacted': { toldTo: 'thread', by: writesAnd((chat, id) => whatsapp.reaction(chat, id, '❤️')) },
  'message.noted': {
    toldTo: 'thread',
    by: async ({ api, conversation }) =>
      (await api.made(`/v1/conversations/${conversation.id}/notes`, { text: 'Ours alone' })).id,
  },
  'internal.created': {
    toldTo: 'participants',
    by: async (watched) => {
      const group = { kind: 'group', title: 'Team', userIds: [watched.limited.userId] };
      watched.internal = (await watched.api.made('/v1/conversations', group)).id;
      return watched.internal;
    },
  },
  'message.posted': {
    toldTo: 'participants',
    by: async (watched) => {
      const sent = await owners(watched).ask('message.send', { to: watched.internal, text: 'Lunch?' });
      return sent.data.message.id;
    },
  },
  'unread.changed': { toldTo: 'limited', by: async ({ internal }) => internal },
  'internal.updated': {
    toldTo: 'participants',
    by: async ({ api, internal, shop }) => {
      const { userId } = await colleague(shop.tenant, 'agent');
      await api.made(`/v1/conversations/${internal}/participants`, { userIds: [userId] });
      return userId;
    },
  },
  'label.created': { toldTo: 'workspace', by: async (watched) => (await newLabel(watched)).id },
  'label.updated': {
    toldTo: 'workspace',
    by: async (watched) => {
      const { id } = await newLabel(watched);
      await watched.api.patch(`/v1/labels/${id}`, { color: '#00ff00' });
      return id;
    },
  },
  'label.deleted': {
    toldTo: 'workspace',
    by: async (watched) => {
      const { id } = await newLabel(watched);
      await watched.api.delete(`/v1/labels/${id}`);
      return id;
    },
  },
  'message.media_stored': {
    toldTo: 'channel',
    by: async (watched) => {
      await watched.desk.receivesFile(png('kept'));
      return fileOf(watched, 'message.media_stored');
    },
  },
  'message.media_failed': {
    toldTo: 'channel',
    by: async (watched) => {
      // Meta knows nothing of it, and what the webhook names is no host of Meta's.
      watched.desk.graph.always({ method: 'GET', path: /1234$/ }).fail(100);
      await watched.desk.receivesUrl('http://localhost/photo.png');
      return fileOf(watched, 'message.media_failed');
    },
  },
  'conversation.created': { toldTo: 'channel', by: async ({ desk }) => (await desk.conversation()).id },
  'conversation.updated': {
    toldTo: 'thread',
    by: async ({ api, conversation }) => {
      const { body } = await api.get(`/v1/conversations/${conversation.id}`);
      await api.patch(`/v1/conversations/${conversation.id}`, { version: body.version, status: 'pending' });
      return '"status":"pending"';
    },
  },
  'conversation.referred': {
    toldTo: 'thread',
    by: async (watched) =>
      (await customer(watched, whatsapp.text(watched.chat, 'How much?', { fromAd: true }))).messageId!,
  },
  'conversation.read': {
    toldTo: 'thread',
    by: async ({ api, conversation }) => {
      await api.made(`/v1/conversations/${conversation.id}/read`);
      return conversation.id;
    },
  },
  'typing.started': {
    toldTo: 'thread',
    by: async (watched) => {
      await owners(watched).ask('typing.start', { conversationId: watched.conversation.id });
      return watched.conversation.id;
    },
  },
  'typing.stopped': {
    toldTo: 'thread',
    by: async (watched) => {
      await owners(watched).ask('typing.stop', { conversationId: watched.conversation.id });
      return watched.conversation.id;
    },
  },
  'presence.changed': {
    toldTo: 'workspace',
    by: async ({ shop }) => {
      const agent = await colleague(shop.tenant, 'agent');
      await agent.sockets('/messages');
      return agent.userId;
    },
  },
  'viewing.changed': {
    toldTo: 'thread',
    by: async (watched) => {
      await watched.of('viewer', '/messages').ask('viewing.start', { conversationId: watched.conversation.id });
      return watched.viewer.userId;
    },
  },
  'contact.created': { toldTo: 'channel', by: async ({ desk }) => (await desk.conversation()).contact.id },
  'contact.updated': {
    toldTo: 'contact',
    by: async ({ api, conversation }) => {
      await api.patch(`/v1/contacts/${conversation.contact.id}`, { name: 'Ana the Second' });
      return 'Ana the Second';
    },
  },
  'contact.deleted': {
    toldTo: 'workspace',
    by: async (watched) => {
      const { id } = await newContact(watched);
      await watched.api.delete(`/v1/contacts/${id}`);
      return id;
    },
  },
  'contact.merged': {
    toldTo: 'contact',
    by: async (watched) => {
      const { id } = await newContact(watched);
      await watched.api.made(`/v1/contacts/${watched.conversation.contact.id}/merge`, { contactId: id });
      return id;
    },
  },
  'contact.opted_out': { toldTo: 'contact', by: consents('opted_out') },
  'contact.opted_in': { toldTo: 'contact', by: consents('opted_in') },
  'contact.import_progressed': { toldTo: 'workspace', by: imported },
  'contact.import_completed': { toldTo: 'workspace', by: imported },
  'contact.exported': {
    toldTo: 'contact',
    by: async ({ api, conversation }) => {
      await api.get(`/v1/contacts/${conversation.contact.id}/personal-data`);
      return conversation.contact.id;
    },
  },
  'contact.erased': {
    toldTo: 'workspace',
    by: async (watched) => {
      const { id } = await newContact(watched);
      await watched.api.made(`/v1/contacts/${id}/erase`);
      return id;
    },
  },
  'campaign.scheduled': {
    toldTo: 'campaign',
    by: async ({ api, campaigns: { impossible } }) => {
      // The others run meanwhile.
      const startsAt = new Date(Date.now() + 2000).toISOString();
      const { body } = await api.patch(`/v1/campaigns/${impossible}`, { schedule: { startsAt, timeZone: 'UTC' } });
      await api.made(`/v1/campaigns/${impossible}/schedule`);
      await api.delete(`/v1/segments/${body.audience.segmentIds[0]}`);
      return impossible;
    },
  },
  'campaign.started': {
    toldTo: 'campaign',
    by: async (watched) => {
      // It is not over before it has paused.
      watched.onItsWay = watched.desk.graph.next(1, sends).hold();
      return steps('start')(watched);
    },
  },
  'campaign.paused': { toldTo: 'campaign', by: steps('pause') },
  'campaign.resumed': { toldTo: 'campaign', by: steps('resume') },
  'campaign.progressed': {
    toldTo: 'campaign',
    by: async (watched) => {
      watched.onItsWay!.release();
      await told(watched, 'campaign.progressed', watched.campaigns.whole);
      return watched.campaigns.whole;
    },
  },
  'campaign.completed': {
    toldTo: 'campaign',
    by: async (watched) => {
      await told(watched, 'campaign.completed', watched.campaigns.whole);
      return watched.campaigns.whole;
    },
  },
  'campaign.cancelled': {
    toldTo: 'campaign',
    by: async ({ api, campaigns: { givenUp: id } }) => {
      await api.made(`/v1/campaigns/${id}/cancel`);
      return id;
    },
  },
  'campaign.failed': {
    toldTo: 'campaign',
    by: async (watched) => {
      await told(watched, 'campaign.failed', watched.campaigns.impossible);
      return watched.campaigns.impossible;
    },
  },
  'flow.started': { toldTo: 'flow', by: (watched) => begins(watched, 'asks') },
  'flow.waiting': {
    toldTo: 'flow',
    by: async (watched) => {
      await told(watched, 'flow.waiting', watched.flows.asks);
      return watched.flows.asks;
    },
  },
  'flow.step_completed': {
    toldTo: 'flow',
    by: async (watched) => {
      await customer(watched, whatsapp.text(watched.chat, 'Yes, please'));
      await told(watched, 'flow.step_completed', watched.flows.asks);
      return watched.flows.asks;
    },
  },
  'flow.completed': {
    toldTo: 'flow',
    by: async (watched) => {
      await told(watched, 'flow.completed', watched.flows.asks);
      return watched.flows.asks;
    },
  },
  'flow.failed': {
    toldTo: 'flow',
    by: async (watched) => {
      await begins(watched, 'fails');
      return watched.flows.fails;
    },
  },
  'channel.status_changed': {
    toldTo: 'channel',
    by: async ({ api, desk, shop }) => {
      desk.graph.kill(desk.token);
      await api.made(`/v1/channels/${shop.channel.id}/check`);
      desk.graph.revive(desk.token);
      await api.put(`/v1/channels/${shop.channel.id}/credentials`, { token: desk.token, graphHost: desk.graph.url });
      return '"status":"failed"';
    },
  },
  'template.status_changed': {
    toldTo: 'workspace',
    by: async ({ api, shop }) => {
      const components = [{ type: 'BODY', text: 'Hello' }];
      const template = { name: 'hello', language: 'en_US', category: 'UTILITY', components };
      return (await api.made('/v1/templates', { channelId: shop.channel.id, template })).id;
    },
  },
  'channel.quality_changed': {
    toldTo: 'channel',
    by: async ({ api, desk, shop }) => {
      const { businessAccountId = '', externalId: phoneNumberId, id } = shop.channel;
      const worse = { qualityRating: 'RED', status: 'FLAGGED', tier: 'TIER_250' } as const;
      desk.graph.whatsapp({ businessAccountId, phoneNumberId, token: desk.token, windows: 'open', ...worse });
      await api.made(`/v1/channels/${id}/check`);
      return id;
    },
  },
  'channel.alert': { toldTo: 'channel', by: async () => 'number_status' },
  'team.activity': {
    toldTo: 'admins',
    by: async ({ shop }) => (await colleague(shop.tenant, 'agent')).userId,
  },
};
