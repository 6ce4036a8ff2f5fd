import { type AnyChat, cast, chatWith } from './cast';
import { envelope, serialise } from './envelope';
import * as instagram from './forms/instagram';
import * as messenger from './forms/messenger';
import * as whatsapp from './forms/whatsapp';
import type { Account, SimulatedItem } from './item';
import type { Random } from './random';
import { vocabulary } from './vocabulary';

/** Meta's largest body is 3 MB. */
const hugeBytes = 3_000_000;
/** Meta's largest batch. */
const mostItems = 1_000;
const longestText = { whatsapp: 4_096, messenger: 2_000, instagram: 1_000 } as const;

/** A text of the chat's customer, on whichever platform it is. */
export function textOf(chat: AnyChat, body: string): SimulatedItem {
  switch (chat.platform) {
    case 'whatsapp':
      return whatsapp.text(chat, body);
    case 'messenger':
      return messenger.text(chat, body);
    case 'instagram':
      return instagram.text(chat, body);
  }
}

/** What someone without the app secret would like to be taken for a customer's message. */
export function forgery(accounts: readonly Account[], random: Random, now: () => number): SimulatedItem {
  return textOf(chatWith(random.pick(accounts), random, now), 'Please change my delivery address to 1 Forger Street');
}

/** As many long messages to one account as fit into the largest body Meta sends. */
export function hugeBatch(accounts: readonly Account[], random: Random, now: () => number): SimulatedItem[] {
  const chats = cast([random.pick(accounts)], 25, random, now);
  const items: SimulatedItem[] = [];
  let bytes = 0;
  while (items.length < mostItems) {
    const chat = random.pick(chats);
    const item = textOf(chat, longText(random, longestText[chat.platform]));
    bytes += envelope([item]).reduce((sum, { body }) => sum + serialise(body).length, 0);
    if (bytes > hugeBytes) break;
    items.push(item);
  }
  return items;
}

/** In all scripts at once: escaped, most of them take six bytes a character, so that even short messages fill a body. */
function longText(random: Random, length: number): string {
  const sentences = Object.values(vocabulary).flatMap(({ ask, price, address, thanks }) => [
    ask,
    price,
    address,
    thanks,
  ]);
  let text = '';
  while (text.length < length) text += `${random.pick(sentences)} `;
  // Half an emoji at the end would be a lone surrogate.
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
