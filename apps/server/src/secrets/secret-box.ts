import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';

/** A sealed secret cannot be opened with this instance's key. */
export class SecretUnreadable extends Error {
  readonly code = 'secret_unreadable';
}

const version = 'v1';

/** Encrypts secrets at rest: AES-256-GCM, with the id of the key it was sealed with. */
@Injectable()
export class SecretBox {
  private readonly key: Buffer;
  private readonly keyId: string;
  private readonly keys: ReadonlyMap<string, Buffer>;

  constructor(@Inject(APP_CONFIG) config: Pick<AppConfig, 'encryptionKey' | 'encryptionKeysOld'>) {
    this.key = config.encryptionKey;
    this.keyId = idOf(this.key);
    this.keys = new Map([...config.encryptionKeysOld, this.key].map((key) => [idOf(key), key]));
  }

  /** What a secret begins with that is sealed with the key in use. */
  get prefix(): string {
    return `${version}.${this.keyId}.`;
  }

  /** @returns `v1.<key id>.<iv>.<tag>.<ciphertext>`, the parts after the key id in base64url. */
  seal(secret: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [version, this.keyId, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
      '.',
    );
  }

  /** @throws SecretUnreadable when it was sealed with a key that is not configured, or has been altered. */
  open(sealed: string): string {
    const [sealedVersion, keyId, iv, tag, text] = sealed.split('.');
    if (sealedVersion !== version || !iv || !tag || text === undefined)
      throw new SecretUnreadable('This is not a sealed secret.');
    const key = this.keys.get(keyId!);
    if (!key) {
      throw new SecretUnreadable(
        `A stored secret was sealed with another key (id ${keyId}); set ENCRYPTION_KEY to the one it was sealed with, or name that one in ENCRYPTION_KEYS_OLD.`,
      );
    }
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
    } catch {
      throw new SecretUnreadable('A stored secret has been altered and cannot be opened; set it again.');
    }
  }
}

const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);
