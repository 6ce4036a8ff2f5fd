import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphSimulator, instagram, instagramChat } from '@switchboard/simulator';
import { ApiClient, makeTenant } from '../../support/api-client';
import { S3Server } from '../../support/s3-server';
import { ServerProcess } from '../../support/server-process';
import { closeSockets } from '../../support/socket-client';
import { until } from '../../support/until';
import { WebhookSender } from '../../support/webhook-sender';
import { bodyOf } from '../support/deliver';
import { png, upload } from '../support/media-shop';

const accessKeyId = 'AKIATEST';
const secretAccessKey = randomBytes(16).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'switchboard-bucket-'));
const s3 = new S3Server(accessKeyId);
const graph = new GraphSimulator({ app: { id: 'app-1', secret: 'app-secret-1' } });
let server: ServerProcess;
let publicUrl: string;

beforeAll(async () => {
  await graph.listen();
  // The server has to know its address before it has one.
  const port = await freePort();
  publicUrl = `http://127.0.0.1:${port}`;
  server = new ServerProcess('server', {
    SWITCHBOARD_DATA_DIR: folder,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    OWNER_EMAIL: 'owner@example.com',
    OWNER_PASSWORD: 'a long password',
    META_APP_ID: 'app-1',
    META_APP_SECRETS: 'app-secret-1',
    META_VERIFY_TOKEN: 'verify-1',
    GRAPH_HOSTS: 'http://127.0.0.1:*',
    MEDIA_S3_BUCKET: 'media',
    MEDIA_S3_ENDPOINT: await s3.listen(),
    MEDIA_S3_ACCESS_KEY_ID: accessKeyId,
    MEDIA_S3_SECRET_ACCESS_KEY: secretAccessKey,
    MEDIA_S3_PATH_STYLE: 'true',
  });
  await server.start();
});

afterEach(closeSockets);

afterAll(async () => {
  await server.stop();
  await Promise.all([s3.close(), graph.close()]);
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  return port;
}

const load = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });

async function shop() {
  const anonymous = new ApiClient(server.url);
  const { accessToken } = await anonymous.signIn('owner@example.com', 'a long password');
  const owner = await makeTenant(anonymous.as(accessToken), server.url, 'app-1');
  const channel = await owner.channel('instagram');
  const token = `IGAA${randomBytes(8).toString('hex')}`;
  graph.instagram({ id: channel.externalId, token, login: 'instagram', windows: 'open' });
  const credentials = { token, graphHost: graph.url, login: 'instagram' };
  expect((await owner.api.put(`/v1/channels/${channel.id}/credentials`, credentials)).status).toBe(200);
  const chat = instagramChat({ now: Date.now, account: { id: channel.externalId } } as never);
  const receives = async (item: ReturnType<typeof instagram.text>) => {
    graph.hears(item);
    await new WebhookSender([server.url], 'app-secret-1').deliver(bodyOf(item));
  };
  const messages = async () => {
    const [conversation] = await owner.api.all('/v1/conversations');
    return conversation ? owner.api.all(`/v1/conversations/${conversation.id}/messages`) : [];
  };
  return { owner, chat, receives, messages };
}

describe('media files in a bucket', () => {
  it('come from customers, are handed out, sent on to Instagram by a public URL, and gone with their message', async () => {
    const { owner, chat, receives, messages } = await shop();
    const bytes = Buffer.concat([png(), randomBytes(6_000_000)]);
    const item = instagram.attachment(chat, 'image', { url: graph.cdn({ bytes, mimeType: 'image/png' }) });
    await receives(item);
    const media = await until(async () => {
      const shown = (await messages()).flatMap(({ content }) => content.attachments ?? []).map((one) => one.media);
      return shown[0]?.status === 'stored' && shown[0];
    }, 'the file is stored');
    expect(media.url).toMatch(new RegExp(`^${publicUrl}/media/`));
    expect(s3.calls).toContain('POST uploads');
    expect(Buffer.from(await (await load(media.url)).arrayBuffer()).equals(bytes)).toBe(true);
    const part = await load(media.url, { range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
    // Nothing beside the bucket.
    expect(readdirSync(folder)).not.toContain('media');

    const [conversation] = await owner.api.all('/v1/conversations');
    const { body: photo } = await upload(owner.api as never, png('answer'));
    const answer = await owner.api.post(`/v1/conversations/${conversation.id}/messages`, {
      content: { type: 'image', media: { mediaId: photo.id } },
    });
    expect(answer.status).toBe(201);
    await until(() => graph.messages.count === 1, 'it is sent');
    const { message } = graph.messages.all()[0]!.body as unknown as {
      message: { attachment: { payload: { url: string } } };
    };
    const { url } = message.attachment.payload;
    expect(url).toMatch(new RegExp(`^${publicUrl}/media/${photo.id}\\?`));
    expect(Buffer.from(await (await load(url)).arrayBuffer()).equals(png('answer'))).toBe(true);

    await receives(instagram.deleted(chat, item.messageId!));
    await until(() => s3.objects.size === 1, 'the file is deleted from the bucket');
    expect((await load(media.url)).status).toBe(404);
    expect((await load(photo.url)).status).toBe(200);
  });

  it('that break off on the way up, or are refused, leave nothing in it', async () => {
    const { owner } = await shop();
    const before = s3.objects.size;
    const { hostname, port } = new URL(server.url);
    const headers = {
      authorization: `Bearer ${owner.api.token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 50_000_000,
    };
    const opened = s3.calls.filter((call) => call === 'POST uploads').length;
    const request = httpRequest({ hostname, port, path: '/v1/media', method: 'POST', headers });
    request.on('error', () => undefined);
    request.write(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n',
    );
    request.write(Buffer.concat([png(), Buffer.alloc(12_000_000)]));
    await until(
      () => s3.calls.filter((call) => call === 'POST uploads').length > opened,
      'its first part is in the bucket',
    );
    request.destroy();
    await until(() => s3.calls.includes('DELETE part') && s3.openUploads.size === 0, 'the upload is aborted');
    expect(
      (await upload(owner.api as never, Buffer.concat([Buffer.from('no picture'), Buffer.alloc(100)]))).status,
    ).toBe(400);
    expect(s3.objects.size).toBe(before);
  });

  it('have keys of their own, whatever they are called, and no secret of the store is told', async () => {
    const { owner } = await shop();
    const before = new Set(s3.objects.keys());
    const { body } = await upload(owner.api as never, png(), { name: '../../../../secrets.json' });
    const [key] = [...s3.objects.keys()].filter((one) => !before.has(one));
    expect(key).toBe(`media/${owner.workspaceId}/${body.id.slice(-2)}/${body.id}`);
    expect(JSON.stringify(body) + server.log.join('\n')).not.toContain(secretAccessKey);
  });
});
