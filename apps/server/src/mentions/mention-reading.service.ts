import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { mentionRead, readMention } from '@switchboard/meta';
import { BackgroundReads, NotToBeHad, type ReadableAccount } from '../channels';
import { mentionReadEvent } from './mention-views';
import { type DueMention, MentionsRepository, type ReadWords } from './mentions.repository';

/** Reads what mentions say, each until it is known or known not to be had. */
@Injectable()
export class MentionReading implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: MentionsRepository,
    private readonly recorder: EventRecorder,
    private readonly reads: BackgroundReads,
  ) {}

  onModuleInit(): void {
    this.reads.register<DueMention, ReadWords>({
      // Served by mentions_due.
      queue: {
        name: 'mentions',
        table: 'mentions',
        key: ['id'],
        returning:
          'mentions.id, channel_id as "channelId", media_id as "mediaId", post_id as "postId", comment_id as "commentId"',
      },
      describe: ({ id }) => `Mention ${id}`,
      ask,
      understand,
      keep: (read) => this.keep(read),
      putOff: (unread) => this.repository.putOff(unread),
    });
  }

  private async keep(read: readonly ReadWords[]): Promise<void> {
    await this.database.transaction(async () => {
      const kept = await this.repository.keep(read);
      await this.recorder.record(kept.map(mentionReadEvent));
    });
  }
}

function ask(due: DueMention, { platform, login, externalId }: ReadableAccount) {
  if (platform === 'instagram' && login === 'instagram') {
    throw new NotToBeHad(
      'Meta tells what mentions say with Facebook Login only: connect the account through its page.',
    );
  }
  const asked = mentionRead(platform, externalId, due);
  if (!asked) throw new NotToBeHad('Its id is none of Meta’s.');
  const { path, fields } = asked;
  return { path, query: { fields } };
}

function understand({ id }: DueMention, body: unknown, { platform }: ReadableAccount): ReadWords {
  const words = readMention(platform, body);
  if (!words) throw new NotToBeHad('Meta does not tell it.');
  const { author, writtenAt, ...more } = words;
  const by = { authorId: author.id, authorName: author.name, authorUsername: author.username };
  return { id, ...more, ...by, writtenAt: writtenAt === null ? null : new Date(writtenAt) };
}
