import { verify } from '../../delivery';
import { GraphError } from '../errors';
import { askedFields, project } from '../fields';
import { page } from '../paging';
import { textOf } from '../request';
import { type Call, success } from '../world';
import type { BusinessAccount } from './business-account';
import type { WhatsAppNumber } from './number';

const defaultFields =
  'verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,throughput,id';

function numberFields({ id, account, settings, toldMessagesPerSecond, businessAccount }: WhatsAppNumber) {
  const { tier } = businessAccount;
  return {
    id,
    verified_name: settings.verifiedName,
    display_phone_number: `+${account.displayPhoneNumber}`,
    quality_rating: settings.qualityRating,
    quality_score: { score: settings.qualityRating },
    throughput: { level: toldMessagesPerSecond > 80 ? 'HIGH' : 'STANDARD' },
    messaging_limit_tier: tier,
    whatsapp_business_manager_messaging_limit: tier,
    status: settings.status,
    name_status: 'APPROVED',
    code_verification_status: 'VERIFIED',
    platform_type: 'CLOUD_API',
    account_mode: 'LIVE',
    is_official_business_account: false,
    is_on_biz_app: toldMessagesPerSecond <= 20,
    certificate: undefined,
    username: undefined,
  };
}

/** `GET /{phone-number-id}`. */
export function readNumber({ request, node }: Call<{ number: WhatsAppNumber }>) {
  return project(
    numberFields(node.number),
    askedFields(request.params.fields, defaultFields),
    'WhatsAppBusinessPhoneNumber',
  );
}

/** `GET /{business-account-id}`. */
export function readBusinessAccount({
  request,
  node: { businessAccount },
}: Call<{ businessAccount: BusinessAccount }>) {
  const { id, name, tier } = businessAccount;
  const readable = {
    ...{ id, name, currency: 'EUR', timezone_id: '1', message_template_namespace: `ns_${id}` },
    ...{ account_review_status: 'APPROVED', business_verification_status: 'verified', country: 'DE', status: 'ACTIVE' },
    ...{ whatsapp_business_manager_messaging_limit: tier, owner_business_info: { id: `9${id.slice(1)}`, name } },
  };
  return project(
    readable,
    askedFields(request.params.fields, 'id,name,timezone_id,message_template_namespace'),
    'WhatsAppBusinessAccount',
  );
}

/** `GET /{business-account-id}/phone_numbers`. */
export function listNumbers({ world, request, node }: Call<{ businessAccount: BusinessAccount }>) {
  const fields = askedFields(request.params.fields, defaultFields);
  const numbers = [...node.businessAccount.numberIds].map((id) => world.numbers.get(id) as WhatsAppNumber);
  return page(numbers, (number) => project(numberFields(number), fields, 'WhatsAppBusinessPhoneNumber'), request);
}

/** `POST /{business-account-id}/subscribed_apps`; an override is verified as Meta does. */
export async function subscribeApp({ request, token, node }: Call<{ businessAccount: BusinessAccount }>) {
  const uri = textOf(request.params.override_callback_uri);
  if (uri !== '') await verifyCallback(uri, textOf(request.params.verify_token));
  node.businessAccount.subscribedApps.set(token.appId, uri === '' ? undefined : uri);
  return success;
}

/** `GET /{business-account-id}/subscribed_apps`. */
export function listSubscribedApps({ world, node }: Call<{ businessAccount: BusinessAccount }>) {
  const data = [...node.businessAccount.subscribedApps].map(([id, uri]) => ({
    whatsapp_business_api_data: {
      id,
      link: `https://www.facebook.com/games/?app_id=${id}`,
      name: world.tokens.apps.get(id)?.name,
    },
    ...(uri === undefined ? {} : { override_callback_uri: uri }),
  }));
  return { data };
}

/** `DELETE /{business-account-id}/subscribed_apps`. */
export function unsubscribeApp({ token, node }: Call<{ businessAccount: BusinessAccount }>) {
  node.businessAccount.subscribedApps.delete(token.appId);
  return success;
}

/** Throws Meta's error unless the address echoes the challenge. */
export async function verifyCallback(uri: string, verifyToken: string): Promise<void> {
  const verified = URL.canParse(uri) && (await verify(uri, verifyToken).catch(() => false));
  if (verified) return;
  const message =
    'Callback verification failed with the following errors: HTTP Status Code = 403; HTTP Message = Forbidden';
  throw GraphError.of(2200, { message });
}
