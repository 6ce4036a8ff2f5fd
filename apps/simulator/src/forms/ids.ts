import type { Random } from '../random';

/**
 * A WhatsApp message id: base64 of a small binary record with the other side's number and a hexadecimal id,
 * `HBgL…VAgASGBQ…` inbound, `HBgL…VAgARGBI…` outbound.
 */
export function wamid(random: Random, customer: string, direction: 'inbound' | 'outbound'): string {
  const unique = random.hex(direction === 'inbound' ? 20 : 18);
  const record = Buffer.concat([
    Buffer.from([0x1c, 0x18, customer.length]),
    Buffer.from(customer, 'latin1'),
    Buffer.from([0x15, 0x02, 0x00, direction === 'inbound' ? 0x12 : 0x11, 0x18, unique.length]),
    Buffer.from(unique, 'latin1'),
    Buffer.from([0x00]),
  ]);
  return `wamid.${record.toString('base64')}`;
}

/** A Messenger message id: `m_` and 64 bytes of base64url. */
export function messengerMid(random: Random): string {
  return `m_${random.bytes(64).toString('base64url')}`;
}

/** An Instagram message id: base64 of `ig_dm_item:…` in Meta's alphabet, where `Z` is written `ZA` and `=` is `ZD`. */
export function instagramMid(random: Random, accountId: string): string {
  const record = `ig_dm_item:1:IGMessageID:${accountId}:340282366841710300949128${random.digits(15)}:${random.digits(35)}`;
  return Buffer.from(record, 'latin1').toString('base64').replaceAll('Z', 'ZA').replaceAll('=', 'ZD');
}

/** A base64 SHA-256, as WhatsApp gives for media. */
export function sha256(random: Random): string {
  return random.bytes(32).toString('base64');
}
