import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';

export type UrlRefusal = 'forged' | 'expired';

/** URLs are told with an end that is a whole number of these parts of their life, so that a browser may keep what it has loaded. */
const steps = 12;

/** Signed URLs of media files: whoever has one may load that file until it expires, without signing in. */
@Injectable()
export class MediaUrls {
  private readonly key: Buffer;

  constructor(
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'encryptionKey' | 'mediaUrlTtl' | 'publicUrl'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', config.encryptionKey, '', 'switchboard media urls', 32));
  }

  /** Whether URLs lead anywhere for somebody outside, such as Meta. */
  get arePublic(): boolean {
    return this.config.publicUrl !== undefined;
  }

  /**
   * For one file, good for at least MEDIA_URL_TTL. Absolute where PUBLIC_URL is set, else a path of this server. Only for a file that whoever
   * is to get the URL may see.
   */
  of(id: string, now = Date.now()): string {
    const step = Math.max(1, Math.floor(this.config.mediaUrlTtl / steps / 1000));
    const expires = Math.ceil((now + this.config.mediaUrlTtl) / 1000 / step) * step;
    const path = `/media/${id}?exp=${expires}&sig=${this.sign(id, String(expires)).toString('base64url')}`;
    return `${this.config.publicUrl?.replace(/\/+$/, '') ?? ''}${path}`;
  }

  /** Seconds for which a URL is still good, or why it is not. */
  check(id: string, expires: unknown, signature: unknown, now = Date.now()): number | UrlRefusal {
    if (typeof expires !== 'string' || typeof signature !== 'string') return 'forged';
    const given = Buffer.from(signature, 'base64url');
    const own = this.sign(id, expires);
    if (given.length !== own.length || !timingSafeEqual(given, own)) return 'forged';
    const left = Number(expires) - now / 1000;
    return left > 0 ? Math.floor(left) : 'expired';
  }

  private sign(id: string, expires: string): Buffer {
    return createHmac('sha256', this.key).update(`${id}\n${expires}`).digest();
  }
}
