import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bench, ids, refusal, tokens } from '../graph.fixture';

describe('a WhatsApp business account', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    bench.number({
      verifiedName: 'Clay & Table',
      qualityRating: 'YELLOW',
      tier: 'TIER_2K',
      displayPhoneNumber: '15550783881',
    });
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  it('tells of its numbers what is asked for', async () => {
    const fields = 'verified_name,display_phone_number,quality_rating,throughput,messaging_limit_tier,status';

    const { body } = await bench.get(`${ids.number}?fields=${fields}`);

    expect(body).toEqual({
      id: ids.number,
      verified_name: 'Clay & Table',
      display_phone_number: '+15550783881',
      quality_rating: 'YELLOW',
      throughput: { level: 'STANDARD' },
      messaging_limit_tier: 'TIER_2K',
      status: 'CONNECTED',
    });
    expect(refusal(await bench.get(`${ids.number}?fields=nothing`))).toEqual([400, 100, undefined]);
    expect((await bench.get(`${ids.business}/phone_numbers?fields=status`)).body.data).toEqual([
      { id: ids.number, status: 'CONNECTED' },
    ]);
  });

  it('has apps subscribe', async () => {
    const path = `${ids.business}/subscribed_apps`;
    expect((await bench.call('POST', path, tokens.whatsapp)).body).toEqual({ success: true });
    expect((await bench.get(path)).body.data).toMatchObject([{ whatsapp_business_api_data: { name: 'Switchboard' } }]);
    await bench.call('DELETE', path, tokens.whatsapp);
    expect((await bench.get(path)).body.data).toEqual([]);
  });

  it('verifies an overriding callback before it takes it', async () => {
    const receiver = createServer(({ url }, response) => {
      const query = new URL(url ?? '', 'http://localhost').searchParams;
      response.end(query.get('hub.verify_token') === 'right' ? query.get('hub.challenge') : 'no');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const override_callback_uri = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const subscribe = (verify_token: string) =>
      bench.call('POST', `${ids.business}/subscribed_apps`, tokens.whatsapp, { override_callback_uri, verify_token });

    expect(refusal(await subscribe('wrong'))).toEqual([400, 2200, undefined]);
    expect((await subscribe('right')).body).toEqual({ success: true });
    const { data } = (await bench.get(`${ids.business}/subscribed_apps`)).body;
    expect(data).toMatchObject([{ override_callback_uri }]);
    const app = '1088123456789012|test_app_secret';
    const asApp = (verify_token: string) => ({
      ...{ object: 'whatsapp_business_account', callback_url: override_callback_uri, fields: 'messages', verify_token },
    });
    expect(refusal(await bench.call('POST', '1088123456789012/subscriptions', app, asApp('wrong')))).toEqual([
      400,
      2200,
      undefined,
    ]);
    expect((await bench.call('POST', '1088123456789012/subscriptions', app, asApp('right'))).body).toEqual({
      success: true,
    });
    expect((await bench.get('1088123456789012/subscriptions', app)).body.data).toMatchObject([
      { object: 'whatsapp_business_account', fields: [{ name: 'messages' }] },
    ]);
    expect(refusal(await bench.get('1088123456789012/subscriptions'))).toEqual([400, 15, undefined]);
    await new Promise((resolve) => receiver.close(resolve));
  });

  describe('with templates', () => {
    const path = `${ids.business}/message_templates`;
    const create = (more: object = {}) =>
      bench.call('POST', path, tokens.whatsapp, {
        ...{ name: 'ready', language: 'en', category: 'UTILITY', components: [{ type: 'BODY', text: 'Ready.' }] },
        ...more,
      });

    it('lists all of them, page by page', async () => {
      const number = bench.number();
      for (let index = 0; index < 7; index++) number.template({ name: `t${index}` });
      const names: string[] = [];
      let after = '';
      do {
        const { body } = await bench.get(`${path}?limit=3&fields=name${after}`);
        names.push(...body.data.map(({ name }: { name: string }) => name));
        after = body.paging?.next === undefined ? '' : `&after=${body.paging.cursors.after}`;
      } while (after !== '');

      expect(names).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6']);
    });

    it('gives a next page’s address that works as it is', async () => {
      const number = bench.number();
      for (let index = 0; index < 3; index++) number.template({ name: `t${index}` });
      const { body } = await bench.get(`${path}?limit=2`);

      const next = await (await fetch(body.paging.next)).json();

      expect(next).toMatchObject({
        data: [{ name: 't2', status: 'APPROVED', category: 'UTILITY', language: 'en_US' }],
      });
    });

    it('creates them pending, filters and deletes them', async () => {
      const { body } = await create();
      expect(body).toEqual({ id: expect.stringMatching(/^\d+$/), status: 'PENDING', category: 'UTILITY' });
      await create({ language: 'de' });

      expect((await bench.get(`${path}?status=APPROVED`)).body.data).toEqual([]);
      expect((await bench.get(`${path}?language=de&status=PENDING`)).body.data).toHaveLength(1);
      expect((await bench.call('DELETE', `${path}?name=ready&hsm_id=${body.id}`, tokens.whatsapp)).status).toBe(200);
      expect((await bench.get(path)).body.data).toMatchObject([{ language: 'de' }]);
      expect(refusal(await bench.call('DELETE', `${path}?name=other`, tokens.whatsapp))).toEqual([400, 100, 2593002]);
    });

    it.each([
      ['a name with capitals', { name: 'Ready' }, 2388049],
      ['no body', { components: [{ type: 'FOOTER', text: 'x' }] }, 2388043],
      ['a body that is too long', { components: [{ type: 'BODY', text: 'x'.repeat(1_025) }] }, undefined],
      ['placeholders without an example', { components: [{ type: 'BODY', text: '{{1}}' }] }, 2388043],
      ['an unknown category', { category: 'TRANSACTIONAL' }, undefined],
    ])('refuses %s', async (_, more, subcode) => {
      expect(refusal(await create(more))).toEqual([400, 100, subcode]);
    });

    it('refuses the same language twice', async () => {
      await create();

      expect(refusal(await create())).toEqual([400, 100, 2388024]);
    });
  });
});
