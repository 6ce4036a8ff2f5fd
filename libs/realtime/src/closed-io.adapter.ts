import { EventEmitter } from 'node:events';
import { AbstractWsAdapter } from '@nestjs/websockets';

/** For processes without the gateway role: the gateways are there, the sockets are not, and nothing listens for them. */
export class ClosedIoAdapter extends AbstractWsAdapter {
  create(): NoServer {
    return new NoServer();
  }

  bindMessageHandlers(): void {}
}

class NoServer extends EventEmitter {
  close(done?: () => void): void {
    done?.();
  }
}
