import { GraphError } from './errors';
import { type GraphRequest, textOf } from './request';
import { deaths, Token } from './tokens';
import type { World } from './world';

const longLifeMs = 60 * 24 * 3_600_000;
/** A short-lived token lives an hour. */
const shortLifeMs = 2 * 3_600_000;

/** `GET /oauth/access_token`: an app's token, a long-lived one for a short-lived one, or one for an Embedded Signup code. */
export function accessToken(world: World, { params }: GraphRequest) {
  const app = world.tokens.apps.get(textOf(params.client_id));
  if (app === undefined)
    throw GraphError.of(101, {
      message: 'Error validating application. Cannot get application info due to a system error.',
    });
  if (textOf(params.client_secret) !== app.secret)
    throw GraphError.of(1, { status: 400, message: 'Error validating client secret.' });
  const code = textOf(params.code);
  if (code !== '') {
    const value = world.codes.get(code);
    world.codes.delete(code);
    if (value === undefined) throw GraphError.of(100, { subcode: 36007, message: 'Invalid verification code format.' });
    return { access_token: value, token_type: 'bearer' };
  }
  switch (textOf(params.grant_type)) {
    case 'client_credentials':
      return { access_token: `${app.id}|${app.secret}`, token_type: 'bearer' };
    case 'fb_exchange_token':
      return prolonged(world, textOf(params.fb_exchange_token), app.id);
    default:
      throw GraphError.of(100, { message: 'Unsupported grant_type' });
  }
}

/** `GET graph.instagram.com/access_token?grant_type=ig_exchange_token`: for a short-lived token only. */
export function exchangeInstagramToken(world: World, { params, accessToken = '' }: GraphRequest) {
  if (textOf(params.grant_type) !== 'ig_exchange_token')
    throw GraphError.of(100, { message: 'Unsupported grant_type' });
  const token = world.tokens.get(accessToken);
  const appId = token?.appId ?? '';
  if (textOf(params.client_secret) !== world.tokens.apps.get(appId)?.secret) {
    throw GraphError.of(101, { message: 'Error validating application. Invalid client secret.' });
  }
  const { issuedAt = 0, expiresAt = Number.POSITIVE_INFINITY } = token ?? {};
  if (token !== undefined && expiresAt - issuedAt > shortLifeMs) throw GraphError.of(452);
  return prolonged(world, accessToken, appId);
}

/** `GET graph.instagram.com/refresh_access_token?grant_type=ig_refresh_token`. Meta refuses one younger than a day. */
export function refreshInstagramToken(world: World, request: GraphRequest) {
  if (textOf(request.params.grant_type) !== 'ig_refresh_token')
    throw GraphError.of(100, { message: 'Unsupported grant_type' });
  const token = world.tokens.authorise(request);
  return prolonged(world, token.value, token.appId);
}

function prolonged(world: World, value: string, appId: string) {
  const old = world.tokens.get(value);
  const death = old?.deadAt(world.now());
  if (death !== undefined) throw GraphError.of(190, { subcode: death, message: deaths[death] });
  if (old === undefined || old.appId !== appId) throw GraphError.of(190);
  const fresh = `${old.kind === 'instagram' ? 'IGAA' : 'EAA'}${world.random.bytes(60).toString('base64url')}`;
  const { kind, profileId, assets, scopes } = old;
  const expiresAt = world.now() + longLifeMs;
  world.tokens.add({ value: fresh, kind, appId, profileId, assets, scopes: [...scopes], expiresAt });
  return { access_token: fresh, token_type: 'bearer', expires_in: longLifeMs / 1000 };
}

/** `GET /debug_token?input_token=`, asked with the app's token or the token itself. */
export function debugToken(world: World, { params, accessToken = '' }: GraphRequest) {
  const value = textOf(params.input_token);
  if (value === '') throw GraphError.of(100, { message: 'The parameter input_token is required' });
  const asking = world.tokens.appOf(accessToken)?.id ?? world.tokens.get(accessToken)?.appId;
  if (asking === undefined) throw GraphError.of(190);
  const token = world.tokens.get(value);
  const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
  if (token === undefined) return { data: { error, is_valid: false, scopes: [] } };
  if (token.appId !== asking) {
    const message = '(#100) The App_id in the input_token did not match the Viewing App';
    return { data: { app_id: token.appId, error: { code: 100, message }, is_valid: false, scopes: [] } };
  }
  return { data: told(world, token) };
}

const tokenTypes = { business: 'SYSTEM_USER', page: 'PAGE', instagram: 'USER', user: 'USER' };

function told(world: World, token: Token) {
  const { appId, kind, profileId, scopes, assets, issuedAt, expiresAt } = token;
  const death = token.deadAt(world.now());
  const expires = expiresAt === undefined ? 0 : Math.floor(expiresAt / 1000);
  return {
    app_id: appId,
    type: tokenTypes[kind],
    application: world.tokens.apps.get(appId)?.name,
    data_access_expires_at: expires,
    expires_at: expires,
    issued_at: Math.floor(issuedAt / 1000),
    is_valid: death === undefined,
    scopes: [...scopes],
    granular_scopes: [...scopes].map((scope) => ({ scope, target_ids: [...assets] })),
    ...(kind === 'page' ? { profile_id: profileId } : {}),
    user_id: profileId,
    ...(death === undefined ? {} : { error: { code: 190, message: deaths[death], subcode: death } }),
  };
}
