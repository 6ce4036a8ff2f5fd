import { isFields } from './check';
import { GraphError, unknownObject } from './errors';
import { type GraphRequest, textOf } from './request';
import type { App } from './tokens';
import { verifyCallback } from './whatsapp/accounts';
import { success, type World } from './world';

const objects = ['whatsapp_business_account', 'page', 'instagram', 'user', 'permissions', 'application', 'payments'];

/** `POST`, `GET` and `DELETE /{app-id}/subscriptions`, with the app's token. Meta verifies the callback before it answers. */
export async function appSubscriptions(world: World, request: GraphRequest) {
  const app = world.tokens.appOf(request.accessToken ?? '');
  if (app === undefined) {
    throw GraphError.of(15, { message: 'This method must be called with an app access token.' });
  }
  if (app.id !== request.path[0]) throw unknownObject(request.path[0] ?? '', request.method);
  if (request.method === 'GET') return { data: [...app.subscriptions.values()].map(listed) };
  const object = textOf(request.params.object);
  if (request.method === 'DELETE') {
    if (object === '') app.subscriptions.clear();
    else app.subscriptions.delete(object);
    return success;
  }
  if (!objects.includes(object)) {
    throw GraphError.of(100, { message: `Param object must be one of {${objects.join(', ')}} - got "${object}".` });
  }
  const callbackUrl = textOf(request.params.callback_url);
  await verifyCallback(callbackUrl, textOf(request.params.verify_token));
  const { fields } = request.params;
  const names = Array.isArray(fields) ? fields.map(nameOf) : textOf(fields).split(',');
  app.subscriptions.set(object, { object, callback_url: callbackUrl, fields: names, active: true });
  return success;
}

const nameOf = (field: unknown) => textOf(isFields(field) ? field.name : field);

type Subscription = App['subscriptions'] extends Map<string, infer S> ? S : never;

const listed = ({ fields, ...subscription }: Subscription) => ({
  ...subscription,
  fields: fields.map((name) => ({ name, version: 'v26.0' })),
});
