import type { CustomerRef } from './items';
import { asId, asList, asObject, asText, type JsonObject } from './reading';

/** A customer and the entry of `contacts[]` that told of them. */
export interface Person {
  customer: CustomerRef;
  id: string | undefined;
  contact?: JsonObject | undefined;
}

/**
 * The `contacts[]` of one value. Its order says nothing: an entry belongs to the elements that carry its `user_id` or,
 * failing that, its `wa_id`.
 */
export class Contacts {
  private readonly list: JsonObject[] = [];
  private readonly byId = new Map<string, JsonObject>();

  constructor(contacts: unknown) {
    for (const value of asList(contacts)) {
      const contact = asObject(value);
      if (contact === undefined) continue;
      this.list.push(contact);
      const userId = asId(contact.user_id);
      const waId = asId(contact.wa_id);
      if (userId !== undefined) this.byId.set(`user ${userId}`, contact);
      if (waId !== undefined) this.byId.set(`wa ${waId}`, contact);
    }
  }

  person(userId: string | undefined, waId: string | undefined): Person {
    const contact = this.find(userId, waId);
    const profile = asObject(contact?.profile);
    const customer = {
      userId: userId ?? asId(contact?.user_id),
      waId: waId ?? asId(contact?.wa_id),
      name: asText(profile?.name),
      username: asText(profile?.username) ?? asText(contact?.username),
    };
    return { customer, id: customer.userId ?? customer.waId, contact };
  }

  private find(userId: string | undefined, waId: string | undefined): JsonObject | undefined {
    const contact = this.byId.get(`user ${userId}`) ?? this.byId.get(`wa ${waId}`) ?? this.only();
    return contact !== undefined && mayBe(contact, userId, waId) ? contact : undefined;
  }

  /** Contact-request messages name nobody; the one contact beside them is the sender. */
  private only(): JsonObject | undefined {
    return this.list.length === 1 ? this.list[0] : undefined;
  }
}

/** A `user_id` decides; phone numbers are compared only where one side has none. */
function mayBe(contact: JsonObject, userId: string | undefined, waId: string | undefined): boolean {
  const contactUserId = asId(contact.user_id);
  if (userId !== undefined && contactUserId !== undefined) return userId === contactUserId;
  const contactWaId = asId(contact.wa_id);
  return waId === undefined || contactWaId === undefined || waId === contactWaId;
}
