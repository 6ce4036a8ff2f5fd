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

  /** The request with its secrets in it. @throws HttpException where one is not set */
  async reveal(workspaceId: string, effect: HttpEffect): Promise<HttpEffect> {
    const named = secretsIn(effect);
    if (named.length === 0) return effect;
    const sealed = new Map((await this.repository.sealed(workspaceId)).map((one) => [one.name, one.sealed]));
    const missing = named.find((name) => !sealed.has(name));
    if (missing !== undefined) {
      throw new HttpException(
        { code: 'secret_unknown', message: `secrets.${missing} is not set; set it with POST /v1/flow-secrets.` },
        422,
      );
    }
    return withSecrets(effect, new Map(named.map((name) => [name, this.box.open(sealed.get(name)!)])));
  }
}
