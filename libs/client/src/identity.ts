import { SwitchboardError } from './errors';
import { claimsOf } from './tokens';

/** Who and where a token is for, as a name under which cursors can be kept. */
export class Identities {
  private known: { token: string; identity: string } | undefined;

  constructor(
    private readonly url: string,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  /** @throws where the server has to be asked and refuses the token, or does not answer. */
  async of(token: string): Promise<string> {
    if (this.known?.token !== token) this.known = { token, identity: await this.find(token) };
    return this.known.identity;
  }

  private async find(token: string): Promise<string> {
    if (token.startsWith('sbk_')) return `key:${fingerprint(token)}`;
    const claims = claimsOf(token);
    if (claims?.iss === 'switchboard' && typeof claims.ws === 'string' && typeof claims.sub === 'string') {
      return `${claims.ws}:${claims.sub}`;
    }
    const answer = await this.fetch(`${this.url}/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } });
    const body = (await answer.json()) as Me & { code?: string; detail?: string };
    if (!answer.ok) {
      const code = answer.status === 401 ? (body.code ?? 'unauthenticated') : 'internal';
      throw new SwitchboardError(code, body.detail ?? `GET /v1/auth/me: ${answer.status}`);
    }
    return `${body.workspace.id}:${body.user.id}`;
  }
}

interface Me {
  user: { id: string };
  workspace: { id: string };
}

/** 64 bits that tell keys apart and tell nothing of them (FNV-1a). */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of text) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0)!)) * 0x100000001b3n);
  }
  return hash.toString(16);
}
