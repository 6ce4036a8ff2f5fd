import { noEffect } from './findings';
import type { AccountEffect, ItemEffect, TemplateEffect } from './items';
import { asId, asNumber, asObject, asText, asTime, type JsonObject } from './reading';

type Read = (value: JsonObject, at: number) => ItemEffect;

/** The fields of a business account: its templates, numbers and the account itself. */
const readers = new Map<string, Read>([
  ['message_template_status_update', (value, at) => template('status', value, at)],
  ['message_template_quality_update', (value, at) => template('quality', value, at)],
  ['message_template_components_update', (value, at) => template('components', value, at)],
  ['template_category_update', (value, at) => template('category', value, at)],
  ['template_correct_category_detection', (value, at) => template('category', value, at)],
  ['account_update', (value, at) => account('update', asText(value.event), value, at)],
  ['account_alerts', alert],
  ['account_review_update', (value, at) => account('review', asText(value.decision), value, at)],
  ['account_settings_update', settings],
  ['business_capability_update', (value, at) => account('capability', undefined, value, at)],
  ['security', (value, at) => account('security', asText(value.event), value, at)],
  ['flows', (value, at) => account('flow', asText(value.event), value, at)],
  ['partner_solutions', (value, at) => account('partner_solution', asText(value.event), value, at)],
  [
    'payment_configuration_update',
    (value, at) => account('payment_configuration', asText(value.status) ?? asText(value.event), value, at),
  ],
  ['phone_number_quality_update', quality],
  ['phone_number_name_update', name],
  ['business_username_update', username],
]);

/** What a field of a business account says happened; a notice where the field is none of them. */
export function accountEffect(field: string, value: JsonObject | undefined, at: number): ItemEffect {
  const read = readers.get(field);
  return value === undefined || read === undefined ? noEffect : read(value, at);
}

/** Meta writes `NONE` for no reason. */
const reasonOf = (value: unknown): string | undefined => {
  const reason = asText(value);
  return reason === 'NONE' ? undefined : reason;
};

/** Limits come as words (`TIER_2K`) or numbers. */
const limitOf = (value: unknown): string | undefined => asText(value) ?? asNumber(value)?.toString();

function template(change: TemplateEffect['change'], value: JsonObject, at: number): ItemEffect {
  const rejection = asObject(value.rejection_info);
  const other = asObject(value.other_info);
  const changed = change === 'components';
  return {
    kind: 'template',
    change,
    templateId: asId(value.message_template_id),
    name: asText(value.message_template_name),
    language: asText(value.message_template_language),
    status: asText(value.event),
    reason: reasonOf(value.reason),
    explanation: asText(rejection?.reason) ?? asText(other?.description) ?? asText(other?.title),
    recommendation: asText(rejection?.recommendation),
    category: asText(value.new_category) ?? asText(value.message_template_category) ?? asText(value.category),
    previousCategory: asText(value.previous_category),
    correctCategory: asText(value.correct_category),
    categoryChangesAt: asTime(value.category_update_timestamp),
    quality: asText(value.new_quality_score),
    previousQuality: asText(value.previous_quality_score),
    components: changed
      ? {
          header: asText(value.message_template_title),
          body: asText(value.message_template_element),
          footer: asText(value.message_template_footer),
          buttons: value.message_template_buttons,
        }
      : undefined,
    at,
  };
}

function account(
  change: AccountEffect['change'],
  event: string | undefined,
  value: JsonObject,
  at: number,
): AccountEffect {
  const limit = value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone;
  const isLimit = typeof limit === 'number' || typeof limit === 'string';
  return {
    kind: 'account',
    change,
    event,
    reason:
      asText(asObject(value.violation_info)?.violation_type) ??
      asText(asObject(value.disconnection_info)?.reason) ??
      asText(asObject(value.ban_info)?.waba_ban_state),
    dailyLimit: isLimit ? limit : undefined,
    details: value,
    at,
  };
}

/** `alert_info` since 2025; before it the members stood in the value itself. */
function alert(value: JsonObject, at: number): ItemEffect {
  const told = asObject(value.alert_info) ?? value;
  return {
    ...account('alert', asText(told.alert_type), value, at),
    entity: { type: asText(value.entity_type), id: asId(value.entity_id) },
    severity: asText(told.alert_severity),
    reason: asText(told.alert_description),
  };
}

function settings(value: JsonObject, at: number): ItemEffect {
  const ofNumber = asObject(value.phone_number_settings);
  if (ofNumber === undefined) return account('settings', asText(value.type), value, at);
  return { kind: 'phone_number', change: 'settings', event: asText(value.type), settings: ofNumber, at };
}

function quality(value: JsonObject, at: number): ItemEffect {
  return {
    kind: 'phone_number',
    change: 'quality',
    displayNumber: asId(value.display_phone_number),
    event: asText(value.event),
    limit: limitOf(value.max_daily_conversations_per_business) ?? limitOf(value.current_limit),
    previousLimit: limitOf(value.old_limit),
    at,
  };
}

function name(value: JsonObject, at: number): ItemEffect {
  return {
    kind: 'phone_number',
    change: 'name',
    displayNumber: asId(value.display_phone_number),
    decision: asText(value.decision),
    verifiedName: asText(value.requested_verified_name),
    reason: reasonOf(value.rejection_reason),
    at,
  };
}

function username(value: JsonObject, at: number): ItemEffect {
  return {
    kind: 'phone_number',
    change: 'username',
    displayNumber: asId(value.display_phone_number),
    username: asText(value.username),
    status: asText(value.status),
    at,
  };
}
