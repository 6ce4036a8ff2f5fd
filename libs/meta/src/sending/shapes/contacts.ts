import type { ContactAddress, ContactCard, ContactName } from '../content';
import { optional, text, unstated, url } from '../shape';
import { list, object } from '../structure';

const word = text({ max: unstated });
/** Shown as it is: extensions and letters are common. */
const phone = text({ max: 64 });
const kind = optional(text({ max: 64 }));
/** Ours: Meta states no limit for the entries of one card. */
const entries = { max: 20, of: 'entries' };

const name = object<ContactName>({
  formattedName: word,
  firstName: optional(word),
  lastName: optional(word),
  middleName: optional(word),
  prefix: optional(word),
  suffix: optional(word),
});

const address = object<ContactAddress>({
  street: optional(word),
  city: optional(word),
  state: optional(word),
  zip: optional(word),
  country: optional(word),
  countryCode: optional(text({ max: 2, pattern: { regex: /^[A-Za-z]{2}$/, says: 'a country code of two letters' } })),
  type: kind,
});

const card = object<ContactCard>({
  name,
  phones: optional(list(object({ phone, type: kind, waId: optional(phone) }), entries)),
  emails: optional(list(object({ email: word, type: kind }), entries)),
  urls: optional(list(object({ url, type: kind }), entries)),
  addresses: optional(list(address, entries)),
  org: optional(object({ company: optional(word), department: optional(word), title: optional(word) })),
  birthday: optional(text({ max: 10, pattern: { regex: /^\d{4}-\d{2}-\d{2}$/, says: 'a date as YYYY-MM-DD' } })),
});

/** 257 contacts: business-messaging/whatsapp/messages/contacts-messages, which advises far fewer. */
export const contacts = list(card, { max: 257, of: 'contacts' });
