import { Injectable } from '@nestjs/common';
import type { ContactSummary } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import type { Referral } from '@switchboard/meta';
import { type ChannelItem, conversationAudience } from './channel-item';
import { type NewReferral, ReferralsRepository } from './referrals.repository';

/** What a batch says of where contacts came from: with a message, or before they wrote. */
export interface Referred {
  item: ChannelItem;
  referral: Referral;
  contact: ContactSummary;
  platformMessageId: string | null;
  at: number;
}

/** Keeps what brought a contact, as information on the contact and the conversation. */
@Injectable()
export class Referrals {
  constructor(private readonly repository: ReferralsRepository) {}

  async apply(referred: readonly Referred[]): Promise<NewEvent[]> {
    if (referred.length === 0) return [];
    const rows = referred.map(rowOf);
    const conversations = await this.repository.add(rows);
    return referred.map(({ item: { channel }, referral, contact, platformMessageId, at }, index) => {
      const conversationId = conversations.get(rows[index]!.id) ?? null;
      const place = { workspaceId: channel.workspaceId, channelId: channel.id, contactId: contact.id, conversationId };
      return {
        type: 'conversation.referred',
        workspaceId: channel.workspaceId,
        audience: conversationAudience(place),
        occurredAt: at,
        data: {
          conversationId,
          contactId: contact.id,
          channelId: channel.id,
          platform: channel.platform,
          platformMessageId,
          referral,
          at: new Date(at).toISOString(),
        },
      };
    });
  }
}

/** PostgreSQL's text takes no NUL, and the `ref` of a link is anybody's. */
const storable = (text: string | undefined): string | null => text?.replaceAll('\0', '') ?? null;

function rowOf({ item: { channel }, referral, contact, platformMessageId, at }: Referred): NewReferral {
  return {
    id: newId(),
    workspaceId: channel.workspaceId,
    channelId: channel.id,
    contactId: contact.id,
    platformMessageId,
    source: storable(referral.source),
    ref: storable(referral.ref),
    adId: storable(referral.adId),
    clickId: storable(referral.clickId),
    referral: JSON.stringify(referral),
    at: new Date(at),
  };
}
