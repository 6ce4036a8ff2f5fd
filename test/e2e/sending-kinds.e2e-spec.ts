import { kindsOf } from '@switchboard/meta';
import { type Platform } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';
import { type SentKind, sentKinds, templates } from './support/sent-kinds';
import type { Body } from './support/shop';

const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

afterAll(closeSockets);
afterAll(closeGraphs);

describe.each(platforms)('what %s takes', (platform) => {
  const kinds: readonly SentKind[] = sentKinds[platform];
  let desk: SendingShop;
  let messages: Body[];
  let ids: string[];

  /** Each to a customer of their own: a comment is answered by whoever wrote it, and nothing waits for the one before. */
  beforeAll(async () => {
    desk = await openSendingShop<Platform>(platform, { account: platform === 'whatsapp' ? { templates } : {} });
    // A template's text is told once the channel's templates have been read.
    if (platform === 'whatsapp') await desk.shop.api.made(`/v1/channels/${desk.shop.channel.id}/templates/sync`);
    const conversations = await desk.conversations(kinds.length);
    const answers = await Promise.all(
      kinds.map(({ content }, at) => {
        const { commentId } = content;
        const { id, contact } = conversations[at]!;
        if (commentId) comment(desk, `comment-${at}`, contact.id);
        return desk.send(id, { ...content, ...(commentId ? { commentId: `comment-${at}` } : {}) });
      }),
    );
    expect(answers.map(({ status, body }) => (status === 201 ? status : body.detail))).toEqual(kinds.map(() => 201));
    ids = answers.map(({ body }) => body.id);
    // By their ids: an echo that comes before Meta's answer is told as sent, too.
    await until(() => {
      const sent = new Set(desk.shop.messages.of('message.sent').map(({ data }) => data.message?.id));
      return ids.every((id) => sent.has(id));
    }, 'all are sent');
    messages = await Promise.all(
      conversations.map(async ({ id }, at) => (await desk.shop.messagesOf(id)).find((one) => one.id === ids[at])),
    );
  });

  it('is every kind that is offered', () => {
    const offered = kindsOf(platform).filter((kind) => kind !== 'reaction');
    expect(new Set(kinds.map(({ content }) => content.type))).toEqual(new Set(offered));
    expect(desk.graph.messages.count).toBe(kinds.length);
    expect(desk.graph.messages.repeated()).toEqual([]);
    // 452: the token that the channel was connected with lasts already and is not exchanged.
    expect([...desk.graph.messages.refused.keys()].filter((code) => code !== 452)).toEqual([]);
  });

  it.each(kinds.map((kind, at) => ({ name: kind.as ?? kind.content.type, kind, at })))(
    '$name: as Meta asks for it, and as an agent sees it',
    ({ kind, at }) => {
      const id = ids[at]!;
      const message = messages[at];
      expect(message).toMatchObject({ type: kind.type, direction: 'outbound', error: null });
      expect(message.content).toMatchObject(kind.shown);
      const sent = desk.graph.messages.get(message.platformMessageId)!;
      expect(sent.kind).toBe(kind.received);
      const asked = JSON.parse(JSON.stringify(kind.request).replaceAll('{comment}', `comment-${at}`));
      expect(sent.body).toMatchObject(asked);
      if (platform === 'whatsapp') expect(sent.body).toMatchObject({ biz_opaque_callback_data: id });
      const queued = desk.shop.messages.of('message.queued').find(({ data }) => data.message.id === id)!;
      expect(queued.data.conversation.lastMessage).toMatchObject({ id, preview: kind.preview, direction: 'outbound' });
    },
  );
});

function comment({ graph, account }: SendingShop, id: string, author: string): void {
  const inbox = account as Parameters<typeof graph.comment>[0];
  graph.comment(inbox, { id, text: 'How much?', from: { id: author }, at: Date.now(), objectId: 'post-1' });
}
