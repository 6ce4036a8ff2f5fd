/** Spellings of a webhook field that a subscription may use, and the one under which Switchboard tells it. */
const aliases = new Map([
  ['mention', 'mentions'],
  ['message_delivery', 'message_deliveries'],
  ['message_edit', 'message_edits'],
  ['message_reaction', 'message_reactions'],
  ['message_optin', 'message_optins'],
  ['message_postback', 'message_postbacks'],
  ['message_read', 'message_reads'],
  ['message_referral', 'message_referrals'],
  ['smb_message_echoes', 'message_echoes'],
  ['messaging_policy-enforcement', 'message_policy_enforcement'],
  ['business_username_updates', 'business_username_update'],
]);

/**
 * The canonical name of a webhook field: `messaging_postbacks` subscribes to `message_postbacks`. Unknown names stay as they are.
 * `libs/meta` names the fields of what it parses by the same rule; a test holds the two together.
 */
export function canonicalField(name: string): string {
  const known = aliases.get(name);
  if (known !== undefined || !name.startsWith('messaging_')) return known ?? name;
  const renamed = name.replace('messaging_', 'message_');
  return aliases.get(renamed) ?? renamed;
}
