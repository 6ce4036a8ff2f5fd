import { Injectable } from '@nestjs/common';
import { MediaRepository } from './media.repository';

/** What to forget: messages, or everything that was exchanged with a contact. */
export type ErasedMedia = { messageIds: readonly string[] } | { contactId: string };

/** The end of files whose messages end. */
@Injectable()
export class Media {
  constructor(private readonly repository: MediaRepository) {}

  /**
   * Takes the files of messages away, in the transaction of the caller where there is one: they can be loaded no more from its commit on,
   * and are deleted from the store within seconds. A file that another message shows too stays with that. By contact: before its
   * messages and conversations are deleted.
   * @returns how many files will be deleted
   */
  async eraseOf(workspaceId: string, erased: ErasedMedia): Promise<number> {
    const messageIds =
      'contactId' in erased
        ? await this.repository.messagesOfContact(workspaceId, erased.contactId)
        : erased.messageIds;
    return this.eraseWith(messageIds.map((messageId) => ({ workspaceId, messageId })));
  }

  /** The same for messages of several workspaces, such as a batch of webhooks takes back. */
  async eraseWith(messages: readonly { workspaceId: string; messageId: string }[]): Promise<number> {
    return messages.length === 0 ? 0 : this.repository.eraseOfMessages(messages);
  }
}
