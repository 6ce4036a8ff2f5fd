import { randomUUID } from 'node:crypto';
import { connect, type SocketClient } from './socket-client';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
  body: any;
}

export type Platform = 'whatsapp' | 'messenger' | 'instagram';

export interface Account {
  accessToken: string;
  refreshToken: string;
  userId: string;
  workspaceId: string;
}

/** REST as a user of it calls it. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  as(token: string): ApiClient {
    return new ApiClient(this.url, token);
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.call('POST', path, body ?? {});
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, body);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('PATCH', path, body, headers);
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  /** A POST with headers of its own. */
  postWith(headers: Record<string, string>, path: string, body: unknown): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  /** @throws when the answer is not 2xx. */
  async made(path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await this.post(path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async signIn(email: string, password: string): Promise<Account> {
    const { accessToken, refreshToken, user, workspace } = await this.made('/v1/auth/sign-in', { email, password });
    return { accessToken, refreshToken, userId: user.id, workspaceId: workspace.id };
  }

  /** Every item of a list, page by page. */
  async all(path: string): Promise<Answer['body'][]> {
    const items: Answer['body'][] = [];
    for (let before = ''; ; ) {
      const { status, body } = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${before}`);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      items.push(...body.items);
      if (!body.next) return items;
      before = `&before=${body.next}`;
    }
  }

  private async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...headers,
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
    };
  }
}

/** A workspace with its owner, made by the operator. */
export interface Tenant extends Account {
  api: ApiClient;
  email: string;
  password: string;
  sockets: (namespace: string, auth?: Record<string, unknown>, gateway?: string) => Promise<SocketClient>;
  /** Registers an account of a platform under a fresh id. */
  channel: (
    platform: Platform,
    extra?: Record<string, unknown>,
  ) => Promise<{ id: string; externalId: string; businessAccountId?: string }>;
}

/** Makes a workspace of its own for a test, so that tests do not see each other. */
export async function makeTenant(operator: ApiClient, gatewayUrl: string, metaAppId: string): Promise<Tenant> {
  const email = `${randomUUID()}@example.com`;
  const password = randomUUID();
  const workspace = await operator.made('/v1/workspaces', { name: 'Test', owner: { email, password } });
  const account = await new ApiClient(operator.url).signIn(email, password);
  return {
    ...account,
    api: operator.as(account.accessToken),
    email,
    password,
    sockets: (namespace, auth = {}, gateway = gatewayUrl) =>
      connect(gateway, namespace, { token: account.accessToken, ...auth }),
    channel: async (platform, extra = {}) => {
      const externalId = String(Math.floor(Math.random() * 1e15) + 1e15);
      const business =
        platform === 'whatsapp' ? { businessAccountId: String(Math.floor(Math.random() * 1e15) + 1e15) } : {};
      const { id } = await operator.made('/v1/channels', {
        workspaceId: workspace.id,
        platform,
        externalId,
        metaAppId,
        name: `Test ${platform}`,
        ...business,
        ...extra,
      });
      return { id, externalId, ...business };
    },
  };
}
