import type { Platform, SimulatedItem } from '@switchboard/simulator';
import { until } from '../../support/until';
import { openSendingShop, type SendingOptions, type SendingShop } from './sending-shop';
import type { Body } from './shop';

export interface FlowShop<P extends Platform = Platform> extends SendingShop<P> {
  /** Makes a flow and publishes it. */
  published: (definition: object, name?: string) => Promise<Body>;
  publish: (id: string) => Promise<Body>;
  /** A customer writes or does something, and the server has it. */
  hears: (items: SimulatedItem | SimulatedItem[]) => Promise<void>;
  /** Lets a contact begin a flow by the API. */
  start: (flowId: string, contactId: string, more?: object) => Promise<Body>;
  executions: (query?: string) => Promise<Body[]>;
  execution: (id: string) => Promise<Body>;
  /** Once the execution is in this state. */
  reached: (id: string, state: string) => Promise<Body>;
  /** The only execution of a flow, once it is in this state. */
  only: (flowId: string, state: string) => Promise<Body>;
  /** Texts that were sent, oldest first. */
  texts: () => string[];
}

/** A flow of these steps, in which each goes on to the one behind it unless it says otherwise. */
export function flowOf(triggers: object[], steps: Record<string, Body>, more: object = {}): object {
  const names = Object.keys(steps);
  const chained = names.map((name, place) => {
    const step = steps[name];
    const next = names[place + 1];
    const ends = ['condition', 'switch', 'random', 'end', 'handover'].includes(step.do) || 'next' in step || !next;
    return [name, ends ? dropped(step) : { ...step, next }];
  });
  return { format: 1, triggers, start: names[0], steps: Object.fromEntries(chained), ...more };
}

/** `next: null` is how a step of a test ends a flow. */
function dropped({ next, ...step }: Body): Body {
  return next ? { ...step, next } : step;
}

export const says = (text: string, more: object = {}) => ({ do: 'send', content: { type: 'text', text }, ...more });
export const asks = (text: string, more: object = {}) => ({
  ...{ do: 'ask', content: { type: 'text', text }, expect: { as: 'text' } },
  ...more,
});

/** A shop whose channel sends, with flows. */
export async function openFlowShop<P extends Platform>(
  platform: P,
  options: SendingOptions = {},
): Promise<FlowShop<P>> {
  const desk = await openSendingShop(platform, options);
  const { api, channel } = desk.shop;
  const execution = async (id: string) => (await api.get(`/v1/flow-executions/${id}`)).body;
  const executions = (query = '') => api.all(`/v1/flow-executions${query}`);
  const publish = async (id: string) => {
    const { status, body } = await api.post(`/v1/flows/${id}/publish`);
    if (status !== 200) throw new Error(`the flow is not published: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    ...desk,
    publish,
    published: async (definition, name = 'Flow') => publish((await api.made('/v1/flows', { name, definition })).id),
    hears: async (items) => {
      desk.graph.hears(items);
      await desk.shop.receives(items);
    },
    start: (flowId, contactId, more = {}) =>
      api.made(`/v1/flows/${flowId}/executions`, { contactId, channelId: channel.id, ...more }),
    executions,
    execution,
    reached: (id, state) =>
      until(async () => {
        const body = await execution(id);
        return body.state === state && body;
      }, `the execution is ${state}`),
    only: (flowId, state) =>
      until(async () => {
        const all = await executions(`?flowId=${flowId}`);
        return all.length === 1 && all[0].state === state && execution(all[0].id);
      }, `the only execution is ${state}`),
    texts: () => desk.graph.messages.all().map(({ body }) => textOf(body)),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what Meta was sent, of any platform
function textOf(body: any): string {
  if (typeof body.message === 'string') return body.message;
  return body.message?.text ?? (typeof body.text === 'string' ? body.text : body.text?.body) ?? '';
}
