import { type ArgumentsHost, Catch, type WsExceptionFilter } from '@nestjs/common';
import type { Reply } from './answer';
import { ProtocolError, toAckError } from './protocol-error';

/** Answers a message whose handler failed. Nest's own filter never calls the ack and sends the payload back. */
@Catch()
export class WsErrorFilter implements WsExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.getArgByIndex<Reply>(2);
    reply({ ok: false, error: toAckError(exception) }, exception instanceof ProtocolError && exception.final);
  }
}
