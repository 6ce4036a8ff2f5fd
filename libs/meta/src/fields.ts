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
 * The one spelling under which a subscription field of Meta's is told and filtered. Meta names the same thing
 * `messaging_postbacks` in one product and `message_postbacks` in another; here every `messaging_*` is `message_*`.
 * A name without a known alias is returned as it is.
 */
export function canonicalField(name: string): string {
  const alias = aliases.get(name);
  if (alias !== undefined) return alias;
  if (!name.startsWith('messaging_')) return name;
  const renamed = `message_${name.slice('messaging_'.length)}`;
  return aliases.get(renamed) ?? renamed;
}
