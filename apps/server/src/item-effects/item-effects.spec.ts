import type { ItemEffect } from '@switchboard/meta';
import type { ChannelItem } from './channel-item';
import { ItemEffects } from './item-effects';

const at = Date.UTC(2026, 2, 1);
const itemOf = (id: string, effect: ItemEffect): ChannelItem => ({
  id,
  item: { path: id, field: 'any', dedupKey: id, effect, raw: {} },
  channel: { id: 'channel', workspaceId: 'workspace', platform: 'whatsapp' },
});
const stop = itemOf('stop', { kind: 'preference', customer: { waId: '1' }, value: 'stop', at });
const resume = itemOf('resume', { kind: 'preference', customer: { waId: '2' }, value: 'resume', at });
const notice = itemOf('notice', { kind: 'notice' });

const event = (type: string) => ({ type, workspaceId: 'workspace', audience: [], data: {} }) as never;

describe('a feature that registered for an effect', () => {
  it('is given all items of its kind at once, in order, and its events are told', async () => {
    const effects = new ItemEffects();
    const given: string[][] = [];
    effects.on('preference', async (items) => {
      given.push(items.map(({ id, effect }) => `${id} ${effect.value}`));
      return [event('contact.opted_out')];
    });
    expect(await effects.apply([stop, notice, resume])).toEqual([event('contact.opted_out')]);
    expect(given).toEqual([['stop stop', 'resume resume']]);
  });

  it('is not called where nothing of its kind came', async () => {
    const effects = new ItemEffects();
    effects.on('template', () => Promise.reject(new Error('called')));
    expect(await effects.apply([stop])).toEqual([]);
  });

  it('comes after those that registered before it, and what it throws undoes the batch', async () => {
    const effects = new ItemEffects();
    effects.on('preference', async () => [event('first')]);
    effects.on('preference', async () => [event('second')]);
    expect(await effects.apply([stop])).toEqual([event('first'), event('second')]);
    effects.on('notice', () => Promise.reject(new Error('refused')));
    await expect(effects.apply([stop, notice])).rejects.toThrow('refused');
  });
});
