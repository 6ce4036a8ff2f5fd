import { durationFrom, integer, oneOf, Setting, someOf } from './settings';

const setting = <T>(s: Setting<T>) => s;

/** Bounds of the socket layer. All are of one process: two gateways let twice as many in. */
export const socketSettings = {
  authenticateTimeout: setting({
    name: 'AUTHENTICATE_TIMEOUT',
    description: 'A socket without a valid token is closed after this, a second to an hour.',
    default: '10s',
    parse: durationFrom('1s', '1h'),
  }),
  socketTransports: setting({
    name: 'SOCKET_TRANSPORTS',
    description:
      '`websocket,polling`, or `websocket` alone: then a balancer need not keep a client at one gateway, and clients that get no WebSocket through are refused.',
    default: 'websocket,polling',
    parse: someOf(oneOf('websocket', 'polling')),
  }),
  socketPingInterval: setting({
    name: 'SOCKET_PING_INTERVAL',
    description: 'How often each connection is asked whether it is still there, a second to ten minutes.',
    default: '25s',
    parse: durationFrom('1s', '10m'),
  }),
  socketPingTimeout: setting({
    name: 'SOCKET_PING_TIMEOUT',
    description: 'A connection that does not answer for this long is closed, a second to ten minutes.',
    default: '20s',
    parse: durationFrom('1s', '10m'),
  }),
  socketPacketBytes: setting({
    name: 'SOCKET_PACKET_BYTES',
    description:
      'Largest packet a client may send, 10,000 to 10,000,000; beyond that its connection is closed. Tokens and ids need no more.',
    default: '65536',
    parse: integer(10_000, 10_000_000),
  }),
  socketMessagesPerSecond: setting({
    name: 'SOCKET_MESSAGES_PER_SECOND',
    description: 'Messages a second that one socket may send, 1 to 10,000; more are answered `rate_limited`.',
    default: '50',
    parse: integer(1, 10_000),
  }),
  socketMessageBurst: setting({
    name: 'SOCKET_MESSAGE_BURST',
    description:
      'How many of them at once, 1 to 10,000. A socket that goes on regardless is closed after ten times as many.',
    default: '100',
    parse: integer(1, 10_000),
  }),
  socketMessagesUnanswered: setting({
    name: 'SOCKET_MESSAGES_UNANSWERED',
    description:
      'Messages of one socket that may be worked on at the same time, 1 to 10,000; more are answered `rate_limited`.',
    default: '100',
    parse: integer(1, 10_000),
  }),
  socketSubscriptionTypes: setting({
    name: 'SOCKET_SUBSCRIPTION_TYPES',
    description: "Event types that one socket's subscription may name, 1 to 10,000; more are answered `invalid`.",
    default: '100',
    parse: integer(1, 10_000),
  }),
  socketSubscriptionFields: setting({
    name: 'SOCKET_SUBSCRIPTION_FIELDS',
    description: "Likewise Meta's webhook fields.",
    default: '100',
    parse: integer(1, 10_000),
  }),
  socketSubscriptionRooms: setting({
    name: 'SOCKET_SUBSCRIPTION_ROOMS',
    description: 'Likewise rooms, each of which is looked up in the database.',
    default: '200',
    parse: integer(1, 10_000),
  }),
  socketBufferPackets: setting({
    name: 'SOCKET_BUFFER_PACKETS',
    description:
      'Packets that may wait in memory for one client, 100 to 1,000,000; one that does not read is told and closed, and resumes from its cursor.',
    default: '4000',
    parse: integer(100, 1_000_000),
  }),
  socketBufferBytes: setting({
    name: 'SOCKET_BUFFER_BYTES',
    description: 'Likewise in bytes, 100,000 to 1,000,000,000.',
    default: '8388608',
    parse: integer(100_000, 1_000_000_000),
  }),
  socketRecentBytes: setting({
    name: 'SOCKET_RECENT_BYTES',
    description:
      'Memory for recent events, which clients that come back are sent without a question to the database, of all workspaces together, 1,000,000 to 10,000,000,000 bytes.',
    default: '67108864',
    parse: integer(1_000_000, 10_000_000_000),
  }),
  socketsPerConnection: setting({
    name: 'SOCKETS_PER_CONNECTION',
    description:
      'Sockets on one connection, 1 to 10,000; one more closes it. A client needs one for each namespace that it uses.',
    default: '32',
    parse: integer(1, 10_000),
  }),
  socketRefusedHandshakes: setting({
    name: 'SOCKET_REFUSED_HANDSHAKES',
    description:
      'Refused handshakes on one connection, over all namespaces, after which it is closed, 1 to 10,000: a token costs more to verify than to send.',
    default: '10',
    parse: integer(1, 10_000),
  }),
  socketsPerAddress: setting({
    name: 'SOCKETS_PER_ADDRESS',
    description:
      'Connections from one IP address (IPv6: from one /64), 1 to 1,000,000. Behind a proxy all come from its address unless TRUST_PROXY names it.',
    default: '2000',
    parse: integer(1, 1_000_000),
  }),
  socketsPerUser: setting({
    name: 'SOCKETS_PER_USER',
    description: 'Sockets of one user or API key in one namespace, that is, tabs and devices, 1 to 1,000,000.',
    default: '100',
    parse: integer(1, 1_000_000),
  }),
  socketsPerWorkspace: setting({
    name: 'SOCKETS_PER_WORKSPACE',
    description: 'Sockets of one workspace in one namespace, 1 to 1,000,000.',
    default: '20000',
    parse: integer(1, 1_000_000),
  }),
  socketsUnauthenticated: setting({
    name: 'SOCKETS_UNAUTHENTICATED',
    description: 'Connections that have not shown a valid token yet, all together, 1 to 1,000,000.',
    default: '5000',
    parse: integer(1, 1_000_000),
  }),
} as const;
