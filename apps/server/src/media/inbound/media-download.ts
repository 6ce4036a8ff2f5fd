import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Agent, type Dispatcher } from 'undici';
import type { ChannelAccount } from '../../channels';
import { guardedAgent, PrivateAddress, refusePrivateHost } from '../../egress';
import { hostOf } from '../media-hosts';
import { tooLarge } from '../storage/measured';

/** Why a file was not fetched. `gone`: this address has it no longer, another may. */
export class DownloadFailed extends Error {
  constructor(
    readonly kind: 'refused' | 'gone' | 'later',
    message: string,
  ) {
    super(message);
  }
}

export interface Download {
  body: Readable;
  mimeType: string | undefined;
}

const mostRedirects = 3;
const timeouts = { headersTimeout: 15_000, bodyTimeout: 30_000 };

/**
 * Fetches files from Meta, and from nowhere else: every address, that of a redirect too, is checked, and the network of the instance is
 * out of reach unless the operator has named the host.
 */
@Injectable()
export class MediaDownload implements OnApplicationShutdown {
  private readonly trusted = new Agent({ ...timeouts, connect: { timeout: 5000 } });
  private readonly guarded = guardedAgent(timeouts);

  constructor(@Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'graphHosts' | 'mediaMaxBytes'>) {}

  /** @throws DownloadFailed, MediaRefused */
  async open(address: string, account: ChannelAccount, answered: boolean, signal: AbortSignal): Promise<Download> {
    let next = address;
    let named = answered;
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      const answer = await this.get(next, account, named, signal);
      const { statusCode, headers, body } = answer;
      if (statusCode === 200) return this.checked(answer);
      await body.dump({ limit: 16_384 }).catch(() => undefined);
      const { location } = headers;
      if (statusCode < 300 || statusCode > 399 || typeof location !== 'string' || !URL.canParse(location, next)) {
        throw failure(statusCode);
      }
      next = new URL(location, next).href;
      // What the Graph API has named is that one address.
      named = false;
    }
    throw new DownloadFailed('refused', `Meta's address of the file redirects more than ${mostRedirects} times.`);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.trusted.destroy(), this.guarded.destroy()]);
  }

  private async get(
    address: string,
    { platform, target }: ChannelAccount,
    answered: boolean,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const graphOrigin = target && new URL(target.baseUrl).origin;
    const host = hostOf(address, { graphHosts: this.config.graphHosts, graphOrigin, answered });
    if (!host)
      throw new DownloadFailed('refused', `The file lies at ${nameOf(address)}, which is no media host of Meta's.`);
    const { url, trusted } = host;
    const token = platform === 'whatsapp' && host.token ? target?.token : undefined;
    try {
      if (!trusted) refusePrivateHost(url.hostname);
      return await (trusted ? this.trusted : this.guarded).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: { accept: '*/*', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      const { code, cause } = error as { code?: string; cause?: unknown };
      if (error instanceof PrivateAddress || cause instanceof PrivateAddress) {
        throw new DownloadFailed('refused', `${url.hostname} leads into a private network.`);
      }
      throw new DownloadFailed('later', `${url.hostname} could not be reached (${code ?? (error as Error).message}).`);
    }
  }

  private checked({ headers, body }: Dispatcher.ResponseData): Download {
    if (Number(headers['content-length']) > this.config.mediaMaxBytes) {
      body.on('error', () => undefined).destroy();
      throw tooLarge(this.config.mediaMaxBytes);
    }
    const type = headers['content-type'];
    return { body, mimeType: typeof type === 'string' ? type : undefined };
  }
}

function failure(status: number): DownloadFailed {
  if ([401, 403, 404, 410].includes(status)) {
    return new DownloadFailed('gone', `Meta does not hand out the file any more (HTTP ${status}).`);
  }
  if (status === 408 || status === 429 || status >= 500) {
    return new DownloadFailed('later', `Meta's media host answered HTTP ${status}.`);
  }
  return new DownloadFailed('refused', `Meta's media host answered HTTP ${status}.`);
}

/** The host only: addresses are signed. */
const nameOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : 'no address') || 'no host';
