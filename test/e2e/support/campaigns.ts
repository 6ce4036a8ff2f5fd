import { until } from '../../support/until';
import { openSendingShop, type SendingOptions, type SendingShop } from './sending-shop';
import type { Body } from './shop';

export interface CampaignShop extends SendingShop {
  /** Whom campaigns may be for, each with a conversation: oldest contact first. */
  customers: Body[];
  draft: (order?: object) => Promise<Body>;
  started: (order?: object) => Promise<Body>;
  campaign: (id: string) => Promise<Body>;
  /** Once the campaign is in this state. */
  reached: (id: string, status: string) => Promise<Body>;
  /** Once each recipient stands in one of these states, as the campaign counts them too. */
  settled: (id: string, ...states: string[]) => Promise<Body[]>;
  recipients: (id: string, query?: string) => Promise<Body[]>;
}

export const hello = { type: 'text', text: 'Hello {{contact.first_name|there}}!' };
/** Slow enough to be stopped half way: 20 messages a second. */
export const slowly: SendingOptions = { account: { messagesPerSecond: 20 } };

/** A shop with so many customers who have written, and a channel that sends. */
export async function openCampaignShop(
  platform: 'whatsapp' | 'messenger' | 'instagram',
  count: number,
  options: SendingOptions = {},
): Promise<CampaignShop> {
  const desk = (await openSendingShop(platform, options)) as unknown as SendingShop;
  const { api, channel } = desk.shop;
  if (count > 0) await desk.conversations(count);
  const customers = (await api.all('/v1/contacts')).reverse();
  const campaign = async (id: string) => (await api.get(`/v1/campaigns/${id}`)).body;
  const recipients = (id: string, query = '') => api.all(`/v1/campaigns/${id}/recipients${query}`);
  const draft = (order: object = {}) =>
    api.made('/v1/campaigns', {
      ...{ name: 'Spring', channelId: channel.id, audience: { all: true } },
      ...('variants' in order ? {} : { content: hello }),
      ...order,
    });
  return {
    ...desk,
    customers,
    draft,
    campaign,
    recipients,
    started: async (order) => api.made(`/v1/campaigns/${(await draft(order)).id}/start`),
    reached: (id, status) =>
      until(async () => {
        const body = await campaign(id);
        return body.status === status && body;
      }, `the campaign is ${status}`),
    settled: (id, ...states) =>
      until(
        async () => {
          const all = await recipients(id);
          const { counts } = await campaign(id);
          const counted = states.reduce((sum, state) => sum + counts[state], 0);
          return all.every(({ state }) => states.includes(state)) && counted === all.length ? all : undefined;
        },
        `every recipient is ${states.join(' or ')}`,
      ),
  };
}

/** How often each contact of the simulator was sent something; what is right is once. */
export const timesEach = ({ graph }: CampaignShop): number[] => {
  const times = new Map<string, number>();
  for (const { recipient } of graph.messages.all()) times.set(recipient, (times.get(recipient) ?? 0) + 1);
  return [...new Set(times.values())];
};
