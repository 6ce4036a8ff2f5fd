import type { IncomingMessage } from 'node:http';
import { type Fields, isFields } from './check';
import { GraphError } from './errors';
import type { GraphRequest, Host, Upload } from './request';

/** Meta's largest upload, and what a multipart body adds. */
const mostBytes = 101 * 1024 * 1024;

/** Reads a call. Throws Meta's error for a body that cannot be read. */
export async function readRequest(incoming: IncomingMessage): Promise<GraphRequest> {
  const bytes = await bytesOf(incoming);
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const query = mark < 0 ? {} : fromPairs(new URLSearchParams(target.slice(mark + 1)));
  const { path, host: namedHost, prefix } = pathOf(mark < 0 ? target : target.slice(0, mark));
  const authority = incoming.headers.host ?? '';
  const { fields, uploads } = await bodyOf(bytes, incoming.headers['content-type'] ?? '');
  const params = { ...query, ...fields };
  return {
    method: incoming.method ?? 'GET',
    host: namedHost ?? hosts.get(authority.split(':')[0]),
    origin: `http://${authority}${prefix}`,
    path,
    params,
    // The Send API takes its parameters in the query too.
    body: mark < 0 ? fields : withoutToken(params),
    uploads,
    accessToken: tokenOf(incoming.headers.authorization, params),
  };
}

function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
    });
    incoming.on('end', () => {
      if (size > mostBytes) reject(GraphError.of(1, { status: 413, message: 'Request entity too large' }));
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    incoming.on('error', reject);
  });
}

const hosts = new Map<string | undefined, Host>([
  ['graph.facebook.com', 'facebook'],
  ['graph.instagram.com', 'instagram'],
]);

/** Takes off the host, where the address names it first (`/graph.instagram.com/v26.0/me`), and the version. */
function pathOf(target: string): { path: string[]; host: Host | undefined; prefix: string } {
  const path = target
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const host = hosts.get(path[0]);
  let prefix = host === undefined ? '' : `/${path.shift()}`;
  if (/^v\d+\.\d+$/.test(path[0] ?? '')) prefix += `/${path.shift()}`;
  return { path, host, prefix };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function bodyOf(bytes: Buffer, contentType: string): Promise<{ fields: Fields; uploads: Upload[] }> {
  if (bytes.length === 0) return { fields: {}, uploads: [] };
  if (contentType.startsWith('application/json')) return { fields: jsonOf(bytes), uploads: [] };
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return { fields: fromPairs(new URLSearchParams(bytes.toString())), uploads: [] };
  }
  if (contentType.startsWith('multipart/form-data')) return formOf(bytes, contentType);
  return { fields: {}, uploads: [] };
}

function jsonOf(bytes: Buffer): Fields {
  try {
    const body: unknown = JSON.parse(bytes.toString());
    if (isFields(body)) return body;
  } catch {
    // Told below.
  }
  throw GraphError.of(100, { message: 'The request body is not a JSON object' });
}

async function formOf(bytes: Buffer, contentType: string): Promise<{ fields: Fields; uploads: Upload[] }> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) throw GraphError.of(100, { message: 'The multipart body cannot be read' });
  const fields: [string, string][] = [];
  const uploads: Upload[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.push([name, value]);
    else uploads.push({ name: value.name, mimeType: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { fields: fromPairs(fields), uploads };
}

/** Objects and lists come as JSON texts in queries and forms; `fields` and the like stay what they are. */
function fromPairs(pairs: Iterable<[string, string]>): Fields {
  const fields: Fields = {};
  for (const [name, value] of pairs) fields[name] = /^[[{]/.test(value) ? parsed(value) : value;
  return fields;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function withoutToken({ access_token: _, appsecret_proof: __, appsecret_time: ___, ...params }: Fields): Fields {
  return params;
}

function tokenOf(header: string | undefined, { access_token }: Fields): string | undefined {
  const [, bearer] = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header ?? '') ?? [];
  return bearer ?? (typeof access_token === 'string' && access_token !== '' ? access_token : undefined);
}
