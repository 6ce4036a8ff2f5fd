import { contentKey } from './dedup-key';
import { type Findings, type Place, type Reading, type Unreadable, withoutEffect } from './findings';
import type { DeliveryStatus, HistoryEffect, ItemEffect, MessageEffect } from './items';
import { asId, asList, asNumber, asObject, asText, type JsonObject } from './reading';
import { Contacts, type Person } from './whatsapp-contacts';
import { errorsOf } from './whatsapp-content';
import { readWhatsAppMessage } from './whatsapp-message';

const field = 'history';

/** How far a message of the past had come. `PENDING` has no word: it was on its way. */
const statuses = new Map<unknown, DeliveryStatus>([
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
  ['ERROR', 'failed'],
]);

/** Adds what one element of `history[]` holds: itself as a chunk, and each message of its threads. */
export function addHistory(chunk: JsonObject, path: string, value: JsonObject, place: Place, findings: Findings): void {
  const { messaging_product, metadata } = value;
  const { threads, ...head } = chunk;
  findings.add(path, place, readChunk(chunk, place), { messaging_product, metadata, history: [head] });
  asList(threads).forEach((listed, index) => {
    const thread = asObject(listed);
    const threadPath = `${path}.threads[${index}]`;
    if (thread === undefined) {
      findings.add(threadPath, place, { reason: 'the threads element is not an object' }, listed);
      return;
    }
    const { messages, ...surroundings } = thread;
    const customer = customerOf(thread);
    asList(messages).forEach((element, position) => {
      const message = asObject(element);
      const raw = { ...surroundings, messages: [element] };
      findings.add(
        `${threadPath}.messages[${position}]`,
        place,
        message === undefined
          ? { reason: 'the messages element is not an object' }
          : readPast(message, customer, value, place),
        { messaging_product, metadata, history: [{ ...head, threads: [raw] }] },
      );
    });
  });
}

/** What happens to messages and has happened to those of the past as well. */
const changes: ReadonlySet<string> = new Set(['reaction', 'deletion', 'edit', 'status']);

/** Reads a message of the past, or what became of one: of a thread, or of a list beside (media, statuses). */
export function asImported(reading: Reading | Unreadable, message: JsonObject, place: Place): Reading | Unreadable {
  if ('reason' in reading) return reading;
  if (changes.has(reading.effect.kind)) {
    const effect = { ...reading.effect, imported: true } as ItemEffect;
    return { ...reading, field, dedupKey: `${field}:${reading.dedupKey}`, effect };
  }
  // A change of number of the past is no change of who is known now.
  if (reading.effect.kind !== 'message') return withoutEffect(reading, field, message, place);
  const { type, messageId } = reading.effect;
  const context = asObject(message.history_context);
  const status = statuses.get(asText(context?.status)?.toUpperCase());
  const effect: MessageEffect = {
    ...reading.effect,
    imported: { status, errors: errorsOf(context?.errors) ?? errorsOf(message.errors) },
  };
  // The media of a message come under its id after the message itself.
  return { ...reading, field, dedupKey: `${field}:${contentKey(messageId, type)}`, effect };
}

function readPast(message: JsonObject, person: Person, value: JsonObject, place: Place): Reading | Unreadable {
  const isEcho = isOurs(message, value, person);
  const userId = asId(isEcho ? message.to_user_id : message.from_user_id) ?? person.customer.userId;
  const customer = { ...person.customer, userId };
  return asImported(
    readWhatsAppMessage(message, place, { customer, id: userId ?? customer.waId }, isEcho),
    message,
    place,
  );
}

/** Only messages of the business name whom they went to. */
function isOurs(message: JsonObject, value: JsonObject, { customer }: Person): boolean {
  if (asId(message.to) !== undefined || asId(message.to_user_id) !== undefined) return true;
  const from = digits(message.from);
  return (
    from !== undefined && from !== customer.waId && from === digits(asObject(value.metadata)?.display_phone_number)
  );
}

const digits = (value: unknown): string | undefined => asId(value)?.replaceAll(/\D/g, '');

/** A thread is named by the customer's number or, where a username hides it, by its `context`. */
function customerOf(thread: JsonObject): Person {
  const context = asObject(thread.context);
  const id = asId(thread.id);
  const waId = asId(context?.wa_id) ?? (id !== undefined && /^\d+$/.test(id) ? id : undefined);
  const userId = asId(context?.user_id) ?? (waId === undefined ? id : undefined);
  const username = asText(context?.username);
  const known = { wa_id: waId, user_id: userId, profile: { name: asText(context?.name), username } };
  return new Contacts([known]).person(userId, waId);
}

function readChunk(chunk: JsonObject, place: Place): Reading {
  const metadata = asObject(chunk.metadata);
  const threads = asList(chunk.threads).map(asObject);
  const at = place.entryTime ?? place.now;
  const effect: HistoryEffect = {
    kind: 'history',
    phase: asNumber(metadata?.phase),
    chunk: asNumber(metadata?.chunk_order),
    progress: asNumber(metadata?.progress),
    threads: threads.length,
    messages: threads.reduce((sum, thread) => sum + asList(thread?.messages).length, 0),
    errors: errorsOf(chunk.errors),
    at,
  };
  const { kind: _, at: __, ...content } = effect;
  return {
    field,
    dedupKey: contentKey(place.object, place.entryId, field, chunk),
    occurredAt: place.entryTime,
    content,
    effect,
  };
}
