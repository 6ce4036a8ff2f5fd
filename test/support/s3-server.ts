import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small S3: what an object store must answer to keep media files, in memory, path style. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  /** Uploads in parts that were begun and neither completed nor aborted. */
  readonly openUploads = new Map<string, Map<number, Buffer>>();
  /** `PUT object`, `POST uploads` … in order. */
  readonly calls: string[] = [];
  private readonly server: Server;
  private uploads = 0;

  constructor(readonly accessKeyId: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { pathname, searchParams } = new URL(request.url!, 'http://s3');
    const key = decodeURIComponent(pathname.slice(1));
    const signed = `AWS4-HMAC-SHA256 Credential=${this.accessKeyId}/`;
    if (!request.headers.authorization?.startsWith(signed)) return fail(response, 403, 'InvalidAccessKeyId');
    // A body in AWS's own chunked form would be kept with its frames in it.
    if (request.headers['content-encoding']?.includes('aws-chunked')) return fail(response, 501, 'NotImplemented');
    const upload = searchParams.get('uploadId');
    const what = searchParams.has('delete')
      ? 'delete'
      : searchParams.has('uploads')
        ? 'uploads'
        : upload
          ? 'part'
          : 'object';
    this.calls.push(`${request.method} ${what}`);
    switch (`${request.method} ${what}`) {
      case 'PUT object':
        this.objects.set(key, body);
        return void response.writeHead(200, { etag: etag(body) }).end();
      case 'POST uploads': {
        this.uploads += 1;
        const id = `upload-${this.uploads}`;
        this.openUploads.set(id, new Map());
        return xml(
          response,
          `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
        );
      }
      case 'PUT part':
        this.openUploads.get(upload!)!.set(Number(searchParams.get('partNumber')), body);
        return void response.writeHead(200, { etag: etag(body) }).end();
      case 'POST part': {
        const all = [...this.openUploads.get(upload!)!].sort(([one], [other]) => one - other);
        this.objects.set(key, Buffer.concat(all.map(([, part]) => part)));
        this.openUploads.delete(upload!);
        return xml(response, `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`);
      }
      case 'DELETE part':
        this.openUploads.delete(upload!);
        return void response.writeHead(204).end();
      case 'POST delete':
        for (const [, one] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g))
          this.objects.delete(`${key.replace(/\/$/, '')}/${one}`);
        return xml(response, '<DeleteResult></DeleteResult>');
      case 'GET object': {
        const object = this.objects.get(key);
        if (!object) return fail(response, 404, 'NoSuchKey');
        const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
        const bytes = range ? object.subarray(Number(range[1]), Number(range[2]) + 1) : object;
        return void response.writeHead(range ? 206 : 200, { 'content-length': bytes.length }).end(bytes);
      }
      default:
        return fail(response, 405, 'MethodNotAllowed');
    }
  }
}

const etag = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;

function xml(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${text}`);
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}
