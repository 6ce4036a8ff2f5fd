/** Meta's own spellings of webhook fields, and the one Switchboard uses. Unknown names stay as they are. */
const aliases: Readonly<Record<string, string>> = {
  messaging_postbacks: 'message_postbacks',
  messaging_referrals: 'message_referrals',
  messaging_seen: 'message_seen',
  messaging_optins: 'message_optins',
  messaging_account_linking: 'account_linking',
  messaging_handover: 'messaging_handovers',
};

/** The canonical name of a webhook field, so that `messaging_postbacks` subscribes to `message_postbacks`. */
export function canonicalField(name: string): string {
  return aliases[name] ?? name;
}
