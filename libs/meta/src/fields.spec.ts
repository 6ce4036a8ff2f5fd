import { canonicalField } from './fields';

describe('canonicalField', () => {
  it.each([
    ['messages', 'messages'],
    ['statuses', 'statuses'],
    ['comments', 'comments'],
    ['message_reactions', 'message_reactions'],
    ['messaging_postbacks', 'message_postbacks'],
    ['messaging_referrals', 'message_referrals'],
    ['messaging_referral', 'message_referrals'],
    ['messaging_seen', 'message_seen'],
    ['messaging_optins', 'message_optins'],
    ['messaging_handovers', 'message_handovers'],
    ['messaging_account_linking', 'message_account_linking'],
    ['messaging_policy_enforcement', 'message_policy_enforcement'],
    ['messaging_policy-enforcement', 'message_policy_enforcement'],
    ['messaging_reactions', 'message_reactions'],
    ['messaging_reads', 'message_reads'],
    ['message_edit', 'message_edits'],
    ['smb_message_echoes', 'message_echoes'],
    ['mention', 'mentions'],
    ['business_username_updates', 'business_username_update'],
    ['message_template_status_update', 'message_template_status_update'],
    ['something_new', 'something_new'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('%s is told as %s', (name, canonical) => {
    expect(canonicalField(name)).toBe(canonical);
  });

  it('leaves a canonical name alone', () => {
    for (const name of ['messaging_seen', 'mention', 'message_edit', 'messaging_x']) {
      expect(canonicalField(canonicalField(name))).toBe(canonicalField(name));
    }
  });
});
