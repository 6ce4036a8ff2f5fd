import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isSignature, verifySignature } from '@switchboard/meta';
import { metrics } from '@switchboard/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MetaApps } from '../channels';
import { TurnstileFull } from '../identity';
import { DeliveryWriter } from './delivery-writer';
import { faultOf, objectOf } from './refused-webhook';
import { SignatureSuspects } from './signature-suspects';

/** Meta's largest body is 3 MB. */
const bodyLimit = 3 * 1024 * 1024 + 1024;
const path = '/webhooks/meta';
const signatureHeader = 'x-hub-signature-256';

type Verification = { Querystring: Record<string, string | undefined> };

/**
 * Meta's callback. A Fastify route of its own rather than a controller: the signature is over the raw bytes, so no JSON parser
 * may touch the body, and its size limit is Meta's while that of REST is smaller.
 */
@Injectable()
export class MetaWebhookRoute implements OnModuleInit {
  private readonly logger = new Logger('MetaWebhook');
  private warnedAt = 0;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly apps: MetaApps,
    private readonly writer: DeliveryWriter,
    private readonly suspects: SignatureSuspects,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
      scope.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
        error.statusCode === 413
          ? refuse(reply, 413, 'too_large', `A webhook has at most ${bodyLimit} bytes.`)
          : error instanceof TurnstileFull
            ? this.later(reply)
            : this.unavailable(reply, error),
      );
      scope.get<Verification>(path, (request, reply) => this.verify(request, reply));
      scope.post<{ Body: Buffer | undefined }>(path, { bodyLimit }, (request, reply) => this.receive(request, reply));
    });
  }

  /** The handshake when the callback URL is typed into the app dashboard. */
  private async verify(request: FastifyRequest<Verification>, reply: FastifyReply): Promise<void> {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
    if (typeof token !== 'string' || !(await this.apps.acceptsVerifyToken(token))) {
      return refuse(reply, 403, 'forbidden', 'hub.verify_token is missing or not that of a Meta app set up here.');
    }
    if (mode !== 'subscribe') return refuse(reply, 400, 'invalid', 'hub.mode must be subscribe.');
    if (typeof challenge !== 'string') return refuse(reply, 400, 'invalid', 'hub.challenge is required, once.');
    return reply.type('text/plain').send(challenge);
  }

  private async receive(request: FastifyRequest<{ Body: Buffer | undefined }>, reply: FastifyReply): Promise<void> {
    const body = request.body ?? Buffer.alloc(0);
    const header = request.headers[signatureHeader];
    const metaAppId = await this.signer(body, header, request.ip);
    if (metaAppId === undefined) {
      metrics.webhooksReceived.inc({ outcome: 'refused' });
      const fault = faultOf(header);
      this.warn(
        `A webhook of ${objectOf(body)} from ${request.ip} was refused: its X-Hub-Signature-256 ${fault}. If it is from Meta, set the app secret with POST /v1/meta-apps.`,
      );
      return refuse(reply, 401, 'unauthenticated', `X-Hub-Signature-256 ${fault}.`);
    }
    await this.writer.keep(metaAppId, body);
    metrics.webhooksReceived.inc({ outcome: 'kept' });
    return reply.code(200).type('text/plain').send('EVENT_RECEIVED');
  }

  private async signer(body: Buffer, header: unknown, address: string): Promise<string | undefined> {
    if (!isSignature(header)) return undefined;
    if (this.suspects.any && this.suspects.has(address)) {
      return this.suspects.verify(address, body, header, await this.apps.freshSigningKeys());
    }
    const known = this.apps.signingKeys();
    const index = verifySignature(body, header, known);
    if (index >= 0) return known[index]!.metaAppId;
    const fresh = await this.apps.freshSigningKeys();
    const signer = fresh === known ? undefined : fresh[verifySignature(body, header, fresh)]?.metaAppId;
    if (!signer) await this.suspects.failed(address, body.length * fresh.length);
    return signer;
  }

  private later(reply: FastifyReply): void {
    metrics.webhooksReceived.inc({ outcome: 'refused' });
    refuse(reply, 503, 'busy', 'Too much from this address was signed by nobody known here; send it again.', {
      'retry-after': '5',
    });
  }

  /** Nothing was promised, so nothing is lost: Meta sends again for days. */
  private unavailable(reply: FastifyReply, error: { message: string }): void {
    metrics.webhooksReceived.inc({ outcome: 'unavailable' });
    this.warn(`Webhooks are answered 503 and Meta will send them again: ${error.message}. Check the database.`);
    refuse(reply, 503, 'unavailable', 'It could not be kept; send it again.', { 'retry-after': '5' });
  }

  private warn(message: string): void {
    if (Date.now() - this.warnedAt < 10_000) return;
    this.warnedAt = Date.now();
    this.logger.warn(message);
  }
}

function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  detail: string,
  headers: Record<string, string> = {},
): void {
  const title = status === 503 ? 'Not available now' : 'Refused';
  void reply
    .code(status)
    .headers(headers)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, code, detail }));
}
