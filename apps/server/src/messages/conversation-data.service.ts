import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type DataSubject, PersonalDataSources } from '../contacts';
import { Media } from '../media';

/** What is kept of a person beside their messages: edits, what brought them, what was to be sent to them, their files. */
@Injectable()
export class ConversationData implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly media: Media,
    private readonly sources: PersonalDataSources,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      name: 'conversationData',
      read: (subject) => this.read(subject),
      erase: (subject) => this.erase(subject),
    });
  }

  /** Served by referrals_contact over the workspace's channels, and by outbound_contact. */
  private async *read({ workspaceId, contactIds }: DataSubject): AsyncIterable<unknown> {
    const { rows: referrals } = await this.database.query(
      `select r.channel_id as "channelId", r.referral, r.at from channels c join referrals r on r.channel_id = c.id
        where c.workspace_id = $1 and r.contact_id = any($2::uuid[]) order by r.id`,
      [workspaceId, contactIds],
    );
    for (const { channelId, referral, at } of referrals) yield { kind: 'referral', channelId, referral, at };
    const { rows: outbound } = await this.database.query(
      `select message_id as "messageId", state, request -> 'content' as content from outbound_messages
        where workspace_id = $1 and contact_id = any($2::uuid[]) order by sequence`,
      [workspaceId, contactIds],
    );
    for (const { messageId, state, content } of outbound) yield { kind: 'outbound', messageId, state, content };
  }

  private async erase({ workspaceId, contactIds }: DataSubject): Promise<void> {
    for (const contactId of contactIds) await this.media.eraseOf(workspaceId, { contactId });
    await this.database.transaction(async () => {
      await this.database.query(
        `delete from referrals r using channels c where c.workspace_id = $1 and r.channel_id = c.id and r.contact_id = any($2::uuid[])`,
        [workspaceId, contactIds],
      );
      // What is on its way at this moment ends with its answer; it is not taken from under it.
      await this.database.query(
        `delete from outbound_messages where workspace_id = $1 and contact_id = any($2::uuid[]) and state in ('held', 'queued', 'failed')`,
        [workspaceId, contactIds],
      );
      await this.database.query(`delete from sent_requests where workspace_id = $1 and contact_id = any($2::uuid[])`, [
        workspaceId,
        contactIds,
      ]);
      await this.database.query(
        `delete from message_edits e using conversations c join messages m on m.conversation_id = c.id
          where c.workspace_id = $1 and c.contact_id = any($2::uuid[])
            and e.channel_id = m.channel_id and e.platform_message_id = m.platform_message_id`,
        [workspaceId, contactIds],
      );
    });
  }
}
