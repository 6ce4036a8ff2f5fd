import { type AckError, type EventEnvelope, formatCursor, namespaces } from '@switchboard/contracts';
import { Decoder, Encoder, PacketType } from 'socket.io-parser';
import type { StoredEvent } from './ports';

/** A stored event as sockets get it, written out once for all of them. */
export class EncodedEnvelope {
  /** JSON of an `EventEnvelope`. */
  readonly text: string;

  constructor({ id, type, workspaceId, occurredAt, sequence, data }: StoredEvent, epoch: string) {
    const cursor = formatCursor(epoch, sequence);
    // Ids, types, times and cursors hold nothing that JSON escapes.
    this.text = `{"id":"${id}","type":"${type}","workspaceId":"${workspaceId}","occurredAt":"${occurredAt}","cursor":"${cursor}","data":${data}}`;
  }

  /** For whoever writes it out in another way than the encoder below. */
  toJSON(): EventEnvelope {
    return JSON.parse(this.text) as EventEnvelope;
  }
}

type Packet = Parameters<Encoder['encode']>[0];

/** Socket.IO's own encoding, but for stored events, whose JSON is there already. */
class EnvelopeEncoder extends Encoder {
  override encode(packet: Packet): ReturnType<Encoder['encode']> {
    const { type, nsp, id, data } = packet as { type: PacketType; nsp: string; id?: number; data?: unknown };
    if (type === PacketType.EVENT && id === undefined && Array.isArray(data) && data[1] instanceof EncodedEnvelope) {
      return [`${type}${nsp === '/' ? '' : `${nsp},`}["${data[0]}",${data[1].text}]`];
    }
    return super.encode(type === PacketType.CONNECT_ERROR && isUnknownNamespace(data) ? elsewhere(packet) : packet);
  }
}

const isUnknownNamespace = (data: unknown) =>
  (data as { message?: unknown } | undefined)?.message === 'Invalid namespace';

/** Socket.IO refuses a namespace that does not exist before anything of ours is asked, in words that help nobody. */
function elsewhere(packet: Packet): Packet {
  const message = `There is no such namespace; there are ${namespaces.join(', ')}.`;
  const error: AckError = { code: 'invalid', message, details: { namespaces } };
  return { ...packet, data: { message, data: error } };
}

/** The `parser` option of a Socket.IO server; clients need nothing of it. */
export const envelopeParser = { Encoder: EnvelopeEncoder, Decoder };
