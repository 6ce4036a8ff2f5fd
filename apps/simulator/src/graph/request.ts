import type { Fields } from './check';

export type Host = 'facebook' | 'instagram';

/** A file of a multipart body. */
export interface Upload {
  name: string;
  mimeType: string;
  bytes: Buffer;
}

/** A call as the handlers see it: query and body in one, the version and the host taken off the path. */
export interface GraphRequest {
  method: string;
  /** Undefined where the address does not tell which of Meta's hosts is meant. */
  host: Host | undefined;
  /** As the client reached the simulator, to build addresses from. */
  origin: string;
  path: readonly string[];
  params: Fields;
  /** The body alone. */
  body: Fields;
  uploads: readonly Upload[];
  accessToken: string | undefined;
}

/** An answer that is no JSON. */
export class RawAnswer {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string | number>,
    readonly content: Iterable<Buffer>,
  ) {}
}

/** A parameter's text, `''` where there is none. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
