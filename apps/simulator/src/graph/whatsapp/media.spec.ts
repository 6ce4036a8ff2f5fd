import { createHash } from 'node:crypto';
import { Bench, hours, ids, refusal, tokens } from '../graph.fixture';

describe('WhatsApp media', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    bench.number({ windows: 'open' });
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  const bytes = Buffer.from('not really a picture');
  const upload = (content: Buffer, type: string) => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('file', new Blob([new Uint8Array(content)], { type }), 'vase.jpg');
    return bench.call('POST', `${ids.number}/media`, tokens.whatsapp, form);
  };
  const download = (url: string, token = tokens.whatsapp) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` } });

  it('are uploaded, sent by id, read and downloaded as they were', async () => {
    const { body } = await upload(bytes, 'image/jpeg');

    expect((await bench.send({ type: 'image', image: { id: body.id } })).status).toBe(200);
    const media = (await bench.get(body.id)).body;
    expect(media).toMatchObject({
      mime_type: 'image/jpeg',
      file_size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const answer = await download(media.url);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  it('have an address for five minutes and the token only', async () => {
    const { body } = await upload(bytes, 'image/jpeg');
    const { url } = (await bench.get(body.id)).body;
    bench.graph.whatsapp({ phoneNumberId: '2', businessAccountId: '3', token: 'other' });

    expect((await fetch(url)).status).toBe(401);
    expect((await download(url, 'other')).status).toBe(404);
    expect((await download(url.replace(/ext=\d+/, 'ext=9999999999'))).status).toBe(404);
    bench.clock.pass(5 * 60_000);
    expect((await download(url)).status).toBe(200);
    bench.clock.pass(1);
    expect((await download(url)).status).toBe(404);
  });

  it('are gone after 30 days, or when deleted', async () => {
    const [first, second] = [await upload(bytes, 'image/jpeg'), await upload(bytes, 'image/jpeg')];

    expect((await bench.call('DELETE', first.body.id, tokens.whatsapp)).body).toEqual({ success: true });
    expect(refusal(await bench.get(first.body.id))).toEqual([400, 100, 33]);
    bench.clock.pass(hours(30 * 24));
    expect(refusal(await bench.get(second.body.id))).toEqual([400, 100, 33]);
  });

  it('are refused where type or size is not WhatsApp’s', async () => {
    expect(refusal(await upload(bytes, 'application/x-msdownload'))).toEqual([400, 100, undefined]);
    expect(refusal(await upload(Buffer.alloc(5 * 1024 * 1024 + 1), 'image/png'))).toEqual([400, 131053, undefined]);
    const { body } = await upload(bytes, 'audio/ogg');
    expect(refusal(await bench.send({ type: 'image', image: { id: body.id } }))).toEqual([400, 131009, undefined]);
  });

  it('that customers sent are read like one’s own, for seven days', async () => {
    const number = bench.number();
    const { body } = bench.graph.inboundMedia(number, 'video', { size: 3_000_000, mimeType: 'video/mp4' });
    const { id, sha256, url } = body as Record<string, string>;

    const answer = await download(url as string);

    const received = Buffer.from(await answer.arrayBuffer());
    expect(received).toHaveLength(3_000_000);
    expect(createHash('sha256').update(received).digest('base64')).toBe(sha256);
    bench.clock.pass(hours(7 * 24));
    expect(refusal(await bench.get(id as string))).toEqual([400, 100, 33]);
  });

  it('of Messenger and Instagram lie on a CDN without a token', async () => {
    const answer = await fetch(bench.graph.cdn({ bytes, mimeType: 'image/png', filename: 'a"b.png' }));

    expect(answer.headers.get('content-disposition')).toBe('inline;filename=a_b.png');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });
});
