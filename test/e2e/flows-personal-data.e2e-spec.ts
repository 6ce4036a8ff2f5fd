import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { asks, flowOf, openFlowShop } from './support/flows';
import { closeGraphs } from './support/sending-shop';

afterEach(closeSockets);
afterEach(closeGraphs);

describe('what flows keep of a person', () => {
  it('is in the copy of their data, and gone once they are erased', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { id } = await desk.published(
      flowOf([{ on: 'message' }], { ask: asks('Your company?', { save: 'company' }), more: asks('And your size?') }),
    );
    const [ana, ben] = [shop.chat({ now: Date.now } as never), shop.chat({ now: Date.now } as never)];
    for (const chat of [ana, ben]) await desk.hears(shop.text(chat, 'Hello'));
    await until(async () => (await desk.executions('?state=waiting')).length === 2, 'both are asked');
    await desk.hears([shop.text(ana, 'Umbrella Ltd'), shop.text(ben, 'Parasol Ltd')]);
    const answered = async () => (await desk.executions()).filter(({ step }) => step === 'more');
    await until(async () => (await answered()).length === 2, 'both have answered');
    const theirs = (await answered()).find(({ vars }) => vars.company === 'Umbrella Ltd')!;

    const { body: copy } = await shop.api.get(`/v1/contacts/${theirs.contactId}/personal-data`);
    expect(copy.flows).toMatchObject([{ executionId: theirs.id, flow: 'Flow', vars: { company: 'Umbrella Ltd' } }]);
    expect(JSON.stringify(copy.flows)).not.toContain('Parasol');

    await shop.api.made(`/v1/contacts/${theirs.contactId}/erase`);
    await until(async () => (await shop.log()).some(({ type }) => type === 'contact.erased'), 'they are erased');
    expect((await shop.api.get(`/v1/flow-executions/${theirs.id}`)).status).toBe(404);
    expect(await desk.executions(`?flowId=${id}`)).toHaveLength(1);
    expect(JSON.stringify([await desk.executions(), await shop.log()])).not.toContain('Umbrella');
  });
});
