import { Inject, Injectable, Logger, Optional } from '@nestjs/common';

/** A conversation with a customer. */
export interface CustomerConversation {
  workspaceId: string;
  conversationId: string;
}

/** What a customer is shown of ours besides messages, on platforms that have it. */
export interface CustomerSignals {
  /** One of ours began or stopped typing. */
  typing(conversation: CustomerConversation, on: boolean): Promise<void> | void;
  /** One of ours has read up to this message of the customer; `platformMessageId` is Meta's id. */
  read(conversation: CustomerConversation, platformMessageId: string): Promise<void> | void;
}

/** Injection token of a `CustomerSignals`. Where none is provided customers are shown nothing. */
export const CUSTOMER_SIGNALS = Symbol('CUSTOMER_SIGNALS');

/**
 * Passes signals on once what they tell of has been committed. They are a courtesy: one that fails is neither repeated nor told to
 * the user, whose own action has succeeded.
 */
@Injectable()
export class CustomerCourtesy implements CustomerSignals {
  private readonly logger = new Logger(CustomerCourtesy.name);

  constructor(@Optional() @Inject(CUSTOMER_SIGNALS) private readonly signals?: CustomerSignals) {}

  typing(conversation: CustomerConversation, on: boolean): void {
    this.pass('typing', () => this.signals?.typing(conversation, on));
  }

  read(conversation: CustomerConversation, platformMessageId: string): void {
    this.pass('read', () => this.signals?.read(conversation, platformMessageId));
  }

  private pass(what: string, send: () => Promise<void> | void): void {
    Promise.resolve()
      .then(send)
      .catch((error: Error) => this.logger.debug(`The customer was not shown ${what}: ${error.message}`));
  }
}
