import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Platform } from '@switchboard/simulator';
import type { Answer } from '../support/api-client';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { Host, type MediaShop, openMediaShop, png, upload } from './support/media-shop';
import { closeGraphs } from './support/sending-shop';
import { colleague, tenant, world } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const load = (url: string) => fetch(`${world.apis[0]}${url}`);
const image = (mediaId: string) => ({ type: 'image', media: { mediaId } });
const uploads = { whatsapp: 'POST number media', messenger: 'POST inbox message_attachments' } as const;

const problemsOf = ({ status, body }: Answer) => [status, body.code];

/** The states of a message, in order. */
const statesOf = ({ shop }: MediaShop, messageId: string): string[] =>
  shop.messages.events
    .filter(({ data }) => data.message?.id === messageId || data.messageIds?.includes(messageId))
    .map(({ type }) => type);

/** Meta's id of the file in a message that the customer received. */
function fileIdIn(platform: Platform, sent: unknown): string {
  const { image: file, message } = sent as {
    image?: { id: string };
    message?: { attachment: { payload: { attachment_id: string } } };
  };
  return platform === 'whatsapp' ? file!.id : message!.attachment.payload.attachment_id;
}

describe('an uploaded file', () => {
  it('is measured, and told as what each platform would take it', async () => {
    const [{ api }, stranger] = await Promise.all([tenant(), tenant()]);
    const bytes = png('menu');
    const { status, body } = await upload(api as never, bytes, { name: '../../../etc/menu.png' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'stored',
      mimeType: 'image/png',
      size: bytes.length,
      filename: 'menu.png',
      error: null,
    });
    const uses = Object.fromEntries(
      body.platforms.map(({ platform, kinds }: { platform: string; kinds: string[] }) => [platform, kinds]),
    );
    expect(uses).toEqual({ whatsapp: ['image', 'document'], messenger: ['image', 'document'], instagram: ['image'] });
    const [whatsApp] = body.platforms;
    expect(whatsApp.refused.find(({ kind }: { kind: string }) => kind === 'sticker').problems).toEqual([
      expect.stringContaining('image/webp'),
    ]);
    expect(Buffer.from(await (await load(body.url)).arrayBuffer()).equals(bytes)).toBe(true);
    expect((await api.get(`/v1/media/${body.id}`)).body).toMatchObject({ id: body.id, filename: 'menu.png' });
    expect((await stranger.api.get(`/v1/media/${body.id}`)).status).toBe(404);
  });

  it('is refused where it is too large, empty, missing or not what it is said to be', async () => {
    const { api } = await tenant();
    const to = api as never;
    const tooLarge = await upload(to, Buffer.concat([png(), Buffer.alloc(9_500_000)]));
    expect(problemsOf(tooLarge)).toEqual([413, 'too_large']);
    expect(tooLarge.body.detail).toContain('9000000 bytes');
    expect(problemsOf(await upload(to, Buffer.alloc(0)))).toEqual([400, 'invalid']);
    expect(problemsOf(await upload(to, Buffer.from('<script>alert(1)</script>')))).toEqual([400, 'wrong_type']);
    expect(problemsOf(await upload(to, png(), { type: 'application/pdf' }))).toEqual([400, 'wrong_type']);
    expect(problemsOf(await api.post('/v1/media', {}))).toEqual([400, 'invalid']);
    const form = { method: 'POST', headers: { authorization: `Bearer ${api.token}` } };
    const empty = new FormData();
    empty.append('name', 'photo');
    expect((await fetch(`${api.url}/v1/media`, { ...form, body: empty })).status).toBe(400);
    const type = 'multipart/form-data; boundary=x';
    const cut = await fetch(`${api.url}/v1/media`, {
      ...form,
      headers: { ...form.headers, 'content-type': type },
      body: '--x\r\nnonsense',
    });
    expect(cut.status).toBe(400);
    // Each left the server able to go on.
    expect((await upload(to, png('after'))).status).toBe(201);
  });

  it('is taken from those who may send, and looked at by all of the workspace', async () => {
    const owner = await tenant();
    const [agent, viewer] = await Promise.all([colleague(owner, 'agent'), colleague(owner, 'viewer')]);
    expect((await upload(viewer.api as never, png())).status).toBe(403);
    expect((await upload({ url: owner.api.url }, png())).status).toBe(401);
    const { status, body } = await upload(agent.api as never, png());
    expect(status).toBe(201);
    expect((await viewer.api.get(`/v1/media/${body.id}`)).status).toBe(200);
  });

  it('that breaks off is not there, and others are', async () => {
    const { api } = await tenant();
    const { hostname, port } = new URL(api.url);
    const headers = {
      authorization: `Bearer ${api.token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 1_000_000,
    };
    await new Promise<void>((resolve) => {
      const request = httpRequest({ hostname, port, path: '/v1/media', method: 'POST', headers });
      request.on('error', () => resolve());
      request.write(
        '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n',
      );
      request.write(png(), () => request.destroy(new Error('the phone is in a tunnel')));
    });
    expect((await upload(api as never, png())).status).toBe(201);
  });
});

describe.each(['whatsapp', 'messenger'] as const)('a file of ours sent through %s', (platform) => {
  const route = uploads[platform];
  const uploading = { method: 'POST', path: platform === 'whatsapp' ? /\/media$/ : /\/message_attachments$/ };

  async function ready(): Promise<{ desk: MediaShop; conversationId: string; mediaId: string }> {
    const desk = await openMediaShop(platform, {});
    const [{ id }, { body }] = await Promise.all([
      desk.conversation(),
      upload(desk.shop.api as never, png(randomUUID())),
    ]);
    return { desk, conversationId: id, mediaId: body.id };
  }

  it('reaches Meta once, and customers as often as it is sent', async () => {
    const { desk, conversationId, mediaId } = await ready();
    const sent = await desk.send(conversationId, {
      ...image(mediaId),
      ...(platform === 'whatsapp' ? { caption: 'The menu' } : {}),
    });
    expect(sent.status).toBe(201);
    expect(sent.body.content.attachments[0].mediaId).toBe(mediaId);
    await desk.send(conversationId, image(mediaId));
    await until(() => desk.graph.messages.count === 2, 'both are sent');
    expect(desk.graph.calls(route)).toBe(1);
    const [first, second] = desk.graph.messages.all().map(({ body }) => fileIdIn(platform, body));
    expect(first).toMatch(/^\d+$/);
    expect(second).toBe(first);
    const [shown] = (await desk.shop.messagesOf(conversationId)).filter(({ id }) => id === sent.body.id);
    expect(shown.content.attachments).toHaveLength(1);
    expect(shown.content.attachments[0].media).toMatchObject({ id: mediaId, status: 'stored', mimeType: 'image/png' });
    expect((await load(shown.content.attachments[0].media.url)).status).toBe(200);
  });

  it.each([
    ['gets no answer that can be read', (desk: MediaShop) => desk.graph.next(1, uploading).garble()],
    ['meets a proxy that fails', (desk: MediaShop) => desk.graph.next(1, uploading).break()],
    ['is cut off', (desk: MediaShop) => desk.graph.next(1, uploading).reset()],
    ['is throttled', (desk: MediaShop) => desk.graph.next(1, uploading).fail(4)],
  ])('goes out once all the same where its upload %s, and is never unknown', async (_, happens) => {
    const { desk, conversationId, mediaId } = await ready();
    happens(desk);
    const { body } = await desk.send(conversationId, image(mediaId));
    const after = await desk.send(conversationId, { type: 'text', text: 'Did you get it?' });
    await until(() => desk.graph.messages.count === 2, 'both are sent');
    expect(desk.graph.messages.all().map(({ body: sent }) => JSON.stringify(sent).includes('Did you get it?'))).toEqual(
      [false, true],
    );
    await until(() => statesOf(desk, after.body.id).length > 1, 'what became of the second is told');
    expect(statesOf(desk, body.id)).not.toContain('message.unknown');
    expect(desk.graph.messages.repeated()).toEqual([]);
  });

  it('fails with the words of Meta where that does not take it', async () => {
    const { desk, conversationId, mediaId } = await ready();
    desk.graph.next(1, uploading).fail(100, { message: 'Unsupported image' });
    const { body } = await desk.send(conversationId, image(mediaId));
    await until(() => statesOf(desk, body.id).includes('message.failed'), 'it has failed');
    const failed = desk.shop.messages.of('message.failed').find(({ data }) => data.messageIds.includes(body.id))!;
    expect(failed.data.errors[0]).toMatchObject({
      reason: 'invalid',
      code: 100,
      message: expect.stringContaining('Unsupported image'),
    });
    expect(desk.graph.messages.count).toBe(0);
  });

  it('is held to the limits of the platform by what it is, not by what the client says', async () => {
    const { desk, conversationId } = await ready();
    const { body: pdf } = await upload(desk.shop.api as never, Buffer.from('%PDF-1.7\n'), {
      type: 'application/pdf',
      name: 'a.pdf',
    });
    const claimed = { type: 'image', media: { mediaId: pdf.id, mimeType: 'image/png', size: 5 } };
    const answer = await desk.send(conversationId, claimed);
    expect(problemsOf(answer)).toEqual([400, 'invalid']);
    expect(answer.body.detail).toContain('application/pdf');
    expect((await desk.send(conversationId, { type: 'document', media: { mediaId: pdf.id } })).status).toBe(201);
  });
});

describe('a file that is named in a message', () => {
  it('must be one of the workspace', async () => {
    const [desk, stranger] = await Promise.all([openMediaShop('whatsapp'), tenant()]);
    const { id } = await desk.conversation();
    const { body } = await upload(stranger.api as never, png());
    for (const mediaId of [body.id, randomUUID(), 'no-uuid', `${body.id}' or true`]) {
      const answer = await desk.send(id, image(mediaId));
      expect(problemsOf(answer)).toEqual([400, 'invalid']);
      expect(answer.body.detail).toContain('mediaId');
    }
    const both = await desk.send(id, { type: 'image', media: { mediaId: body.id, link: 'https://example.com/a.png' } });
    expect(both.status).toBe(400);
    expect(desk.graph.messages.count).toBe(0);
  });

  it('may stand above buttons', async () => {
    const desk = await openMediaShop('whatsapp');
    const { id } = await desk.conversation();
    const { body } = await upload(desk.shop.api as never, png());
    const buttons = [{ type: 'reply', id: 'yes', title: 'Yes' }];
    const header = { type: 'image', media: { mediaId: body.id } };
    const { status, body: sent } = await desk.send(id, { type: 'buttons', text: 'This one?', header, buttons });
    expect(status).toBe(201);
    await until(() => desk.graph.messages.count === 1, 'it is sent');
    const [{ body: received }] = desk.graph.messages.all() as unknown as [
      { body: { interactive: { header: object } } },
    ];
    expect(received.interactive.header).toEqual({ type: 'image', image: { id: expect.stringMatching(/^\d+$/) } });
    const [shown] = (await desk.shop.messagesOf(id)).filter((message) => message.id === sent.id);
    expect(shown.content.attachments[0]).toMatchObject({ type: 'image', media: { id: body.id } });
  });

  it('needs a public address of this server for Instagram, and the error says so', async () => {
    const desk = await openMediaShop('instagram');
    const { id } = await desk.conversation();
    const { body } = await upload(desk.shop.api as never, png());
    const answer = await desk.send(id, image(body.id));
    expect(problemsOf(answer)).toEqual([400, 'invalid']);
    expect(answer.body.detail).toContain('PUBLIC_URL');
  });

  it.each(['whatsapp', 'messenger', 'instagram'] as const)(
    'by a link is for Meta to fetch (%s): this server never does',
    async (platform) => {
      const desk = await openMediaShop(platform);
      const { id } = await desk.conversation();
      const trap = new Host((response) => response.end('the secrets of the network'));
      const port = await trap.listen();
      const link = `http://127.0.0.1:${port}/latest/meta-data.png`;
      const { status } = await desk.send(id, { type: 'image', media: { link } });
      expect(status).toBe(201);
      await until(() => desk.graph.messages.count === 1, 'it is sent');
      expect(JSON.stringify(desk.graph.messages.all()[0]!.body)).toContain(link);
      expect(trap.requests).toHaveLength(0);
      await trap.close();
    },
  );
});
