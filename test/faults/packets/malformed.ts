import { clientMessages } from '@switchboard/contracts';
import type { Random } from '@switchboard/simulator';

/** A frame as it goes over the wire: text, text in bytes that may be no UTF-8, or binary. */
export type Frame = string | { text: Buffer } | { binary: Buffer };

/** What a frame is to lead to: the server goes on with the connection, or it closes it or the namespace. */
export interface Packet {
  what: string;
  frames: Frame[];
}

type Make = (random: Random, namespace: string) => Frame[];

const messages = [...clientMessages.everywhere, ...clientMessages['/messages']].filter(
  (name) => name !== 'authenticate',
);
const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'types',
  'rooms',
  'fields',
  'all',
  'cursor',
  'token',
];
/** What a client may send in one frame. */
const largest = 64 * 1024;
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** JSON of a value that nothing asked for. */
function oddJson(random: Random, depth = 3): string {
  const kinds: (() => string)[] = [
    () => 'null',
    () => String(random.below(2) === 0),
    () => random.pick(['0', '-1', '1e308', '1e999', '-0', '9007199254740993', '0.1']),
    () => JSON.stringify(random.bytes(random.below(20)).toString('latin1')),
    () => random.pick(['"\\u0000"', '"\\ud800"', '""', '"all"', `"${'x'.repeat(9000)}"`]),
    () => nested(20 + random.below(3000), '[', ']'),
    () => `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
  ];
  if (depth > 0) {
    kinds.push(
      () => `[${list(random, 4, () => oddJson(random, depth - 1))}]`,
      () => `{${list(random, 4, () => `${JSON.stringify(random.pick(keys))}:${oddJson(random, depth - 1)}`)}}`,
      () => `{"__proto__":{"polluted":${oddJson(random, depth - 1)}},"constructor":{"prototype":{"polluted":1}}}`,
    );
  }
  return random.pick(kinds)();
}

const list = (random: Random, most: number, make: () => string) =>
  Array.from({ length: random.below(most + 1) }, make).join(',');
const cut = (random: Random, text: string) => text.slice(0, 1 + random.below(text.length - 1));
const ackId = (random: Random) => random.pick(['', '0', '7', '2147483648', '99999999999999999999']);
const called = (random: Random) =>
  random.pick([...messages, 'no_such', '__proto__', 'constructor', 'ready', 'message.received', 'x'.repeat(500), '']);

/** Well-formed as far as Socket.IO looks: the server answers or passes over them, and serves the connection on. */
const tolerated: Record<string, Make> = {
  'a message with an argument of the wrong kind': (random, to) => [
    `42${to},${ackId(random)}[${JSON.stringify(called(random))},${oddJson(random)}]`,
  ],
  'a message with many arguments': (random, to) => [
    `42${to},${ackId(random)}[${JSON.stringify(called(random))}${`,${oddJson(random, 1)}`.repeat(random.below(8))}]`,
  ],
  'a message whose name is a number': (random, to) => [
    `42${to},${ackId(random)}[${random.below(1000)},${oddJson(random, 1)}]`,
  ],
  'an event of nothing': (random, to) => [`42${to},${ackId(random)}`],
  'an answer that nobody asked for': (random, to) => [`43${to},${random.below(2 ** 30)}[${oddJson(random, 1)}]`],
  'an answer in binary that nobody asked for': (random, to) => [
    `461-${to},${random.below(1000)}[{"_placeholder":true,"num":0}]`,
    { binary: random.bytes(random.below(50)) },
  ],
  'a message in binary': (random, to) => [
    `451-${to},${ackId(random)}[${JSON.stringify(called(random))},{"_placeholder":true,"num":0}]`,
    { binary: random.bytes(random.below(200)) },
  ],
  'a namespace that is not there': (random) => [
    `40/${random.pick(['nope', '__proto__', 'messages/', '%2e%2e', 'é'])},{}`,
  ],
  'nothing, as Engine.IO has it': () => ['6'],
};

/** What ends the connection, or at least the namespace it is sent to. */
const ending: Record<string, Make> = {
  'JSON that is cut off': (random, to) => [`42${to},${cut(random, `["subscribe",${oddJson(random)}`)}`],
  'an event that is no list': (random, to) => [
    `42${to},${random.pick(['{"a":1}', 'null', '"x"', '{}', '[{}]', '[null]', '[]'])}`,
  ],
  'an event of Socket.IO itself': (random, to) => [
    `42${to},["${random.pick(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'])}"]`,
  ],
  'a handshake that is no object': (random, to) => [`40${to},${random.pick(['7', '[1]', '"x"', 'null', '{', '{"a"'])}`],
  'a type of packet that is not there': (random) => [
    `4${random.pick(['7', '8', '9', 'a', '-', '\u0000'])}${cut(random, '/messages,["a"]')}`,
  ],
  'an Engine.IO packet that is not there': (random) => [
    `${random.pick(['7', '8', '9', 'x', 'é', '\u0000'])}${cut(random, 'probe')}`,
  ],
  'an empty frame': () => [''],
  'too many attachments': (random, to) => [
    `45${random.pick(['11', '65536', '9999999', '99999999999999999999'])}-${to},["subscribe",{"_placeholder":true,"num":0}]`,
  ],
  'attachments that are no number': (random, to) => [
    `45${random.pick(['1.5', '0x1', 'NaN', '1e3', ' 1', 'x'])}-${to},["subscribe",{"_placeholder":true,"num":0}]`,
    // Some are read as one: then this stands where it is due.
    `42${to},["heartbeat"]`,
  ],
  'a placeholder that points elsewhere': (random, to) => [
    `451-${to},["subscribe",{"_placeholder":true,"num":${random.pick(['1', '-1', '1e9', '"0"', '"__proto__"', 'null'])}}]`,
    { binary: random.bytes(8) },
  ],
  'text where an attachment is due': (_random, to) => [
    `452-${to},["subscribe",{"_placeholder":true,"num":0}]`,
    `42${to},["heartbeat"]`,
  ],
  'an attachment of nothing': (random) => [{ binary: random.bytes(random.below(100)) }],
  'text that is no UTF-8': (random, to) => [
    {
      text: Buffer.concat([
        Buffer.from(`42${to},["`),
        Buffer.from([0xc3, 0x28, 0xff, random.below(256)]),
        Buffer.from('"]'),
      ]),
    },
  ],
  'more than 64 KB of text': (random, to) => [`42${to},["subscribe","${'x'.repeat(largest + random.below(1000))}"]`],
  'more than 64 KB in binary': (random, to) => [
    `451-${to},["subscribe",{"_placeholder":true,"num":0}]`,
    { binary: Buffer.alloc(largest + 1 + random.below(1000)) },
  ],
  'a token that is none': (random, to) => [
    `42${to},["authenticate",{"token":${JSON.stringify(random.bytes(30).toString('base64'))}}]`,
  ],
  'a message to a namespace that is not joined': (random) => [
    `4${random.pick(['2', '3'])}/${random.pick(['nope', 'contacts', '__proto__'])},["heartbeat"]`,
  ],
  'a good-bye to the namespace': (_random, to) => [`41${to},`],
};

export const toleratedKinds = Object.keys(tolerated);
export const endingKinds = Object.keys(ending);

export function toleratedPacket(what: string, random: Random, namespace: string): Packet {
  for (;;) {
    const frames = tolerated[what]!(random, namespace);
    if (frames.every((frame) => typeof frame !== 'string' || Buffer.byteLength(frame) < largest))
      return { what, frames };
  }
}

export const endingPacket = (what: string, random: Random, namespace: string): Packet => ({
  what,
  frames: ending[what]!(random, namespace),
});

/** Bodies of a polling client's POST, of several packets each; about half of them end the session. */
export function pollingBody(random: Random, namespace: string): { body: string | Buffer; packets: number } {
  const packets = Array.from({ length: 1 + random.below(8) }, () => {
    const kinds = random.below(4) === 0 ? ending : tolerated;
    return kinds[random.pick(Object.keys(kinds))]!(random, namespace).map((frame) => {
      if (typeof frame === 'string') return frame;
      return 'text' in frame
        ? frame.text.toString('latin1')
        : `b${random.pick([frame.binary.toString('base64'), '%%%', ''])}`;
    });
  }).flat();
  const body = packets.join(random.pick(['\x1e', '\x1e', '\x1e', '\x1e\x1e', '\n', '']));
  return { body: random.below(10) === 0 ? Buffer.from(body, 'latin1') : body, packets: packets.length };
}

/** Query strings that no client of ours sends. */
export function oddQuery(random: Random): string {
  const version = random.pick(['EIO=4', 'EIO=3', 'EIO=5', 'EIO=', 'EIO=4&EIO=3', 'eio=4', 'EIO=%00', '']);
  const transport = random.pick(['polling', 'websocket', 'webtransport', 'foo', '__proto__', 'constructor', '']);
  const sid = random.pick(['', '&sid=', '&sid=__proto__', '&sid=constructor', '&sid=x%00', `&sid=${'x'.repeat(2000)}`]);
  return `${version}&transport=${transport}${sid}${random.pick(['', '&b64=1', '&j=0', '&__proto__[polluted]=1', '&t=%'])}`;
}
