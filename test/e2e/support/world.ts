import { ApiClient, makeTenant, type Tenant } from '../../support/api-client';
import { WebhookSender } from '../../support/webhook-sender';

const list = (name: string): string[] => process.env[name]!.split(',');

/** The application that the run started. */
export const world = {
  topology: process.env.E2E_TOPOLOGY!,
  apis: list('E2E_API_URLS'),
  gateways: list('E2E_GATEWAY_URLS'),
  processes: list('E2E_PROCESS_URLS'),
  metaAppId: process.env.E2E_META_APP_ID!,
  metaAppSecret: process.env.E2E_META_APP_SECRET!,
  verifyToken: process.env.E2E_META_VERIFY_TOKEN!,
  jwtSecret: process.env.E2E_JWT_SECRET!,
};

export const meta = new WebhookSender(world.apis, world.metaAppSecret);

let operatorClient: Promise<ApiClient> | undefined;

export function operator(): Promise<ApiClient> {
  const anonymous = new ApiClient(world.apis[0]!);
  operatorClient ??= anonymous
    .signIn(process.env.E2E_OWNER_EMAIL!, process.env.E2E_OWNER_PASSWORD!)
    .then(({ accessToken }) => anonymous.as(accessToken));
  return operatorClient;
}

/** A workspace of its own. */
export async function tenant(): Promise<Tenant> {
  return makeTenant(await operator(), world.gateways[0]!, world.metaAppId);
}
