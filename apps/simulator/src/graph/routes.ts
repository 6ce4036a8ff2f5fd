import { GraphError, unknownPath } from './errors';
import * as comments from './messaging/comments';
import * as conversations from './messaging/conversations';
import * as profiles from './messaging/profiles';
import * as messaging from './messaging/send';
import * as subscriptions from './messaging/subscriptions';
import { accessToken, debugToken, exchangeInstagramToken, refreshInstagramToken } from './oauth';
import type { HourlyCalls } from './rates';
import type { GraphRequest } from './request';
import type { SentMessage } from './sent-messages';
import { appSubscriptions } from './subscriptions';
import * as accounts from './whatsapp/accounts';
import * as media from './whatsapp/media';
import * as whatsapp from './whatsapp/send';
import * as templates from './whatsapp/template-list';
import type { Call, Node, World } from './world';

type Routes = { [K in Node['kind']]: Record<string, (call: Call<Extract<Node, { kind: K }>>) => unknown> };

/** What each kind of node answers: `GET` alone reads it, a name behind it is one of its edges. */
const routes: Routes = {
  number: {
    GET: accounts.readNumber,
    'POST messages': whatsapp.sendMessage,
    'POST marketing_messages': whatsapp.sendMessage,
    'POST media': media.uploadMedia,
  },
  businessAccount: {
    GET: accounts.readBusinessAccount,
    'GET phone_numbers': accounts.listNumbers,
    'POST subscribed_apps': accounts.subscribeApp,
    'GET subscribed_apps': accounts.listSubscribedApps,
    'DELETE subscribed_apps': accounts.unsubscribeApp,
    'GET message_templates': templates.listTemplates,
    'POST message_templates': templates.createTemplate,
    'DELETE message_templates': templates.deleteTemplate,
  },
  file: { GET: media.readMedia, DELETE: media.deleteMedia },
  inbox: {
    GET: profiles.readInbox,
    'POST messages': messaging.sendMessage,
    'POST message_attachments': subscriptions.uploadAttachment,
    'POST subscribed_apps': subscriptions.subscribe,
    'GET subscribed_apps': subscriptions.listSubscriptions,
    'DELETE subscribed_apps': subscriptions.unsubscribe,
    'GET conversations': conversations.listConversations,
  },
  customer: { GET: profiles.readProfile },
  thread: { GET: conversations.readConversation, 'GET messages': conversations.listMessages },
  message: { GET: conversations.readMessage },
  comment: {
    GET: comments.readComment,
    DELETE: comments.deleteComment,
    'GET comments': comments.listReplies,
    'GET replies': comments.listReplies,
    'POST comments': comments.replyToComment,
    'POST replies': comments.replyToComment,
  },
  post: { GET: comments.readPost, 'GET comments': comments.listPostComments, 'POST comments': comments.commentOnPost },
  app: {},
};

/** Paths that are no node's, and check the token, if they need one, themselves. */
const places: Record<string, (world: World, request: GraphRequest) => unknown> = {
  'GET oauth/access_token': accessToken,
  'GET access_token': exchangeInstagramToken,
  'GET refresh_access_token': refreshInstagramToken,
  'GET debug_token': debugToken,
  'GET whatsapp_business/attachments': media.downloadMedia,
};

/** An Instagram account with Facebook Login has these at its page. */
const ofThePage = new Set(['messages', 'message_attachments', 'conversations']);
const noSuchEdge = (edge: string) => GraphError.of(100, { message: `Tried accessing nonexisting field (${edge})` });

/** What a call did beside its answer. */
export interface Outcome {
  sent: SentMessage[];
  /** What it counted against, for `X-Business-Use-Case-Usage`. */
  businessUse?: { id: string; type: string; calls: HourlyCalls };
}

/** Answers a call. Throws GraphError. */
export function handle(world: World, request: GraphRequest, outcome: Outcome): unknown {
  const { path, method } = request;
  const [id = '', edge] = path;
  const place = places[`${method} ${path.join('/')}`];
  if (place !== undefined) return place(world, request);
  if (id === 'cdn') return media.downloadAttachment(world, request);
  if (edge === 'subscriptions') return appSubscriptions(world, request);
  const token = world.tokens.authorise(request);
  if (path.length === 0 || path.length > 2) throw unknownPath(path);
  const node = world.open(id === 'me' ? token.profileId : id, token, method);
  if (node.kind === 'inbox' && node.inbox.pageId !== undefined && ofThePage.has(edge ?? '')) throw noSuchEdge(edge!);
  count(world, node, edge, outcome);
  const route = routes[node.kind][edge === undefined ? method : `${method} ${edge}`] as
    | ((call: Call) => unknown)
    | undefined;
  if (route === undefined) throw unknownPath(path);
  const name = edge === undefined ? `${method} ${node.kind}` : `${method} ${node.kind} ${edge}`;
  world.calls.set(name, (world.calls.get(name) ?? 0) + 1);
  return route({ world, request, token, node, sent: outcome.sent });
}

/** Sends to WhatsApp have limits of their own and count against the app's calls only. */
function count(world: World, node: Node, edge: string | undefined, outcome: Outcome): void {
  const now = world.now();
  if (world.appCalls.exceeded(now)) throw GraphError.of(4);
  world.appCalls.count(now);
  const use = businessUse(node, edge);
  if (use === undefined) return;
  outcome.businessUse = use;
  if (use.calls.exceeded(now)) {
    const whatsapp = use.type === 'whatsapp_business_management';
    throw GraphError.of(whatsapp ? 80007 : use.type === 'messenger' ? 80006 : 80002);
  }
  use.calls.count(now);
}

function businessUse(node: Node, edge: string | undefined): Outcome['businessUse'] {
  if (node.kind === 'inbox') return { id: node.inbox.id, type: node.inbox.platform, calls: node.inbox.calls };
  const sends = edge === 'messages' || edge === 'marketing_messages';
  const account =
    node.kind === 'businessAccount'
      ? node.businessAccount
      : node.kind === 'number' && !sends
        ? node.number.businessAccount
        : undefined;
  return account && { id: account.id, type: 'whatsapp_business_management', calls: account.managementCalls };
}
