import { HttpException, Injectable } from '@nestjs/common';
import { newId } from '@switchboard/database';
import { type Effect, secretsIn, withSecrets } from '@switchboard/flows';
import { noSuch } from '../../rest';
import { SecretBox } from '../../secrets';
import { FlowSecretsRepository, type SecretRow } from './flow-secrets.repository';

type HttpEffect = Extract<Effect, { kind: 'http' }>;

/** Secrets of a workspace that HTTP steps name. Told to nobody: they leave this class only inside a request that leaves. */
@Injectable()
export class FlowSecrets {
  constructor(
    private readonly repository: FlowSecretsRepository,
    private readonly box: SecretBox,
  ) {}

  put(workspaceId: string, name: string, value: string): Promise<SecretRow> {
    return this.repository.put(workspaceId, { id: newId(), name, sealed: this.box.seal(value) });
  }

  async remove(workspaceId: string, id: string): Promise<void> {
    if (!(await this.repository.remove(workspaceId, id))) throw noSuch('secret');
  }

  /**
   * The request with its secrets in it, and how they are taken out of what is answered: many a system says which key it does not know.
   * @throws HttpException where one is not set
   */
  async reveal(workspaceId: string, effect: HttpEffect): Promise<Revealed> {
    const named = secretsIn(effect);
    if (named.length === 0) return { request: effect, conceal: (answer) => answer };
    const sealed = new Map((await this.repository.sealed(workspaceId)).map((one) => [one.name, one.sealed]));
    const missing = named.find((name) => !sealed.has(name));
    if (missing !== undefined) {
      throw new HttpException(
        { code: 'secret_unknown', message: `secrets.${missing} is not set; set it with POST /v1/flow-secrets.` },
        422,
      );
    }
    const secrets = new Map(named.map((name) => [name, this.box.open(sealed.get(name)!)]));
    return { request: withSecrets(effect, secrets), conceal: (answer) => concealed(answer, secrets) };
  }
}

interface Revealed {
  request: HttpEffect;
  conceal: <T>(answer: T) => T;
}

/** Shorter ones stand in many a text by chance. */
const shortestConcealed = 6;

function concealed<T>(answer: T, secrets: ReadonlyMap<string, string>): T {
  const told = [...secrets].filter(([, value]) => value.length >= shortestConcealed);
  const hide = (text: string): string =>
    told.reduce(
      (hidden, [name, value]) =>
        hidden
          .replaceAll(value, `{{ secrets.${name} }}`)
          .replaceAll(encodeURIComponent(value), `{{ secrets.${name} }}`),
      text,
    );
  const inside = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(value);
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [hide(key), inside(one)]));
  };
  return inside(answer) as T;
}
