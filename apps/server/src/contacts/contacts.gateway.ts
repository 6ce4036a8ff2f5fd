import { WebSocketGateway } from '@nestjs/websockets';
import { RealtimeGateway } from '@switchboard/realtime';

/** Contacts: who is new, and what has changed about whom. */
@WebSocketGateway({ namespace: '/contacts' })
export class ContactsGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/contacts'];
}
