import { shippedPath } from '@switchboard/config';
import {
  clientMessages,
  type EventType,
  ephemeralTypes,
  eventNamespaces,
  type Namespace,
  namespaces,
} from '@switchboard/contracts';
import { createGenerator } from 'ts-json-schema-generator';

type Schema = Record<string, unknown>;
type Definitions = Record<
  string,
  { description?: string; properties?: Record<string, Schema & { description?: string }> }
>;

/** JSON schemas of everything that libs/contracts exports, as TypeScript has them. */
function definitionsOfContracts(): Definitions {
  const { definitions } = createGenerator({
    path: shippedPath('libs/contracts/src/index.ts'),
    tsconfig: shippedPath('tsconfig.json'),
    skipTypeCheck: true,
    encodeRefs: false,
    expose: 'export',
    jsDoc: 'basic',
  }).createSchema('*');
  return definitions as Definitions;
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const asComponents = (schema: unknown): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"#/components/schemas/'));

/** The schemas that these need, and those that they need. */
function reachable(
  definitions: Definitions,
  from: unknown,
  found: Record<string, Schema> = {},
): Record<string, Schema> {
  for (const [, name] of JSON.stringify(from).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found[name!] || !definitions[name!]) continue;
    found[name!] = asComponents(definitions[name!]);
    reachable(definitions, found[name!], found);
  }
  return found;
}

/** The data of one member of an interface, with what is said of it there. */
function member(
  definitions: Definitions,
  of: string,
  name: string,
): { schema: Schema; description: string | undefined } {
  const { description, ...schema } = definitions[of]!.properties![name]!;
  return { schema: asComponents(schema), description };
}

const idOf = (name: string): string => name.replaceAll(/[./_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
const channelOf = (namespace: Namespace): string => namespace.slice(1);

function eventMessage(definitions: Definitions, type: EventType): Schema {
  const { schema, description } = member(definitions, 'EventPayloads', type);
  const ephemeral = ephemeralTypes.has(type);
  const cursor = ephemeral ? {} : { cursor: ref('Cursor') };
  return {
    name: type,
    title: type,
    ...(description === undefined ? {} : { summary: description }),
    ...(ephemeral ? { description: 'Ephemeral: told to whoever is connected, not stored, not replayed.' } : {}),
    payload: {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        type: { const: type },
        workspaceId: { type: 'string', format: 'uuid' },
        occurredAt: { type: 'string', format: 'date-time' },
        ...cursor,
        data: ephemeral ? schema : { oneOf: [schema, ref('ErasedData')] },
      },
      required: ['id', 'type', 'workspaceId', 'occurredAt', ...Object.keys(cursor), 'data'],
      additionalProperties: false,
    },
  };
}

function noticeMessage(definitions: Definitions, name: string): Schema {
  const { schema, description } = member(definitions, 'ServerNotices', name);
  return { name, title: name, ...(description === undefined ? {} : { summary: description }), payload: schema };
}

/** A message of a client, and its ack. */
function clientMessage(definitions: Definitions, of: string, name: string): { sent: Schema; ack: Schema } {
  const { schema, description } = member(definitions, of, name);
  const { body, answer } = (schema as { properties: { body: Schema; answer: Schema } }).properties;
  const success = {
    type: 'object',
    properties: { ok: { const: true }, data: answer },
    required: ['ok', 'data'],
    additionalProperties: false,
  };
  const failure = {
    type: 'object',
    properties: { ok: { const: false }, error: ref('AckError') },
    required: ['ok', 'error'],
    additionalProperties: false,
  };
  return {
    sent: {
      name,
      title: name,
      ...(description === undefined ? {} : { summary: description }),
      // Without an argument.
      ...('not' in body ? {} : { payload: body }),
    },
    ack: { name: `${name} ack`, title: `Ack of ${name}`, payload: { oneOf: [success, failure] } },
  };
}

/** What the sockets speak, as an AsyncAPI 3 document made from libs/contracts. */
export function asyncApiDocument(): Schema {
  const definitions = definitionsOfContracts();
  const messages: Record<string, Schema> = {};
  const channels: Record<string, Schema> = {};
  const operations: Record<string, Schema> = {};
  for (const namespace of namespaces) {
    const channel = channelOf(namespace);
    const told = (Object.keys(eventNamespaces) as EventType[]).filter((type) => eventNamespaces[type] === namespace);
    const notices = Object.keys(definitions.ServerNotices!.properties!);
    const takes: [of: string, name: string][] = [
      ...clientMessages.everywhere.map((name): [string, string] => ['ClientMessages', name]),
      ...(namespace === '/messages' ? clientMessages[namespace] : []).map((name): [string, string] => [
        'ConversationMessages',
        name,
      ]),
    ];
    for (const type of told) messages[idOf(type)] = eventMessage(definitions, type);
    for (const name of notices) messages[idOf(name)] = noticeMessage(definitions, name);
    for (const [of, name] of takes) {
      const { sent, ack } = clientMessage(definitions, of, name);
      messages[idOf(name)] = sent;
      messages[`${idOf(name)}Ack`] = ack;
    }
    const ids = [...[...told, ...notices].map(idOf), ...takes.flatMap(([, name]) => [idOf(name), `${idOf(name)}Ack`])];
    channels[channel] = {
      address: namespace,
      title: `Namespace ${namespace}`,
      messages: Object.fromEntries(ids.map((id) => [id, { $ref: `#/components/messages/${id}` }])),
    };
    const inChannel = (id: string) => ({ $ref: `#/channels/${channel}/messages/${id}` });
    operations[`${channel}.tell`] = {
      action: 'send',
      channel: { $ref: `#/channels/${channel}` },
      summary: `What the server tells on ${namespace}.`,
      messages: [...told, ...notices].map((name) => inChannel(idOf(name))),
    };
    for (const [, name] of takes) {
      operations[`${channel}.${idOf(name)}`] = {
        action: 'receive',
        channel: { $ref: `#/channels/${channel}` },
        messages: [inChannel(idOf(name))],
        reply: { channel: { $ref: `#/channels/${channel}` }, messages: [inChannel(`${idOf(name)}Ack`)] },
      };
    }
  }
  const schemas = reachable(definitions, [messages, ref('HandshakeAuth'), ref('Cursor'), ref('AckError')]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Switchboard events',
      version: 'v1',
      description:
        'Socket.IO 4. Each channel is a namespace; the `auth` of its handshake is `HandshakeAuth`. An event is emitted under the name of its type with one argument, a client’s message is answered in its ack.',
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: { messages, schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) },
  };
}

/** The file, as it is committed and served. */
export const asyncApiFile = (): string => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;
