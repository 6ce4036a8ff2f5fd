import type { Recipient, SendContent } from '@switchboard/meta';

/** What is kept of a message until it has been sent. */
export interface SendRequest {
  to: Recipient;
  content: SendContent;
  /** Meta's id of the message answered. */
  replyTo?: string;
  /** Messenger and Instagram: outside the 24 hours, by a person, with the HUMAN_AGENT tag. */
  humanAgent?: boolean;
  /** Waits for the channel to be connected again instead of failing. */
  hold?: boolean;
}
