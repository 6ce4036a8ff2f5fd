import { type ContactAttributeValue, type ContactDetails, type RoomName, rooms } from '@switchboard/contracts';
import type { IdentityKind } from './contact-identities';

export interface ContactRecord {
  id: string;
  workspaceId: string;
  name: string | null;
  username: string | null;
  phone: string | null;
  email: string | null;
  attributes: Record<string, ContactAttributeValue>;
  tags: string[];
  identities: { kind: IdentityKind; value: string; channelId: string | null }[];
  lastSeenAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** As events tell a contact. */
export function contactDetails(row: ContactRecord): ContactDetails {
  const { id, name, username, phone, email, tags, attributes } = row;
  return { id, name, username, phone, email, tags, attributes };
}

export const contactAudience = ({ workspaceId, id }: { workspaceId: string; id: string }): RoomName[] => [
  rooms.workspace(workspaceId),
  rooms.contact(id),
];
