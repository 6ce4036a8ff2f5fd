import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { mentionRead, readMention } from '@switchboard/meta';
import { BackgroundReads, NotToBeHad, type ReadableAccount } from '../channels';
import { authorIdentities, ErasedPeople, ItemErasure } from '../contacts';
import { mentionReadEvent } from './mention-views';
import { type DueMention, type MentionRow, MentionsRepository, type ReadWords } from './mentions.repository';

/** Reads what mentions say, each until it is known or known not to be had. */
@Injectable()
export class MentionReading implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: MentionsRepository,
    private readonly recorder: EventRecorder,
    private readonly reads: BackgroundReads,
    private readonly erased: ErasedPeople,
    private readonly items: ItemErasure,
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
      const late = await this.lateOf(kept);
      if (late.size > 0) {
        await this.repository.remove([...late].map(({ id }) => id));
        await this.items.eraseItems([...late].map(({ itemId }) => itemId));
      }
      await this.recorder.record(kept.filter((row) => !late.has(row)).map(mentionReadEvent));
    });
  }

  /** By people who have been erased since they wrote it: who wrote it is known only now. */
  private async lateOf(rows: readonly MentionRow[]): Promise<ReadonlySet<MentionRow>> {
    const erasedAt = await this.erased.lastErased(rows.map(identitiesOfAuthor));
    return new Set(
      rows.filter(
        ({ writtenAt, mentionedAt }, position) => (writtenAt ?? mentionedAt).getTime() <= (erasedAt[position] ?? 0),
      ),
    );
  }
}

function identitiesOfAuthor({ workspaceId, channelId, platform, authorId, authorUsername }: MentionRow) {
  const author = {
    ...(authorId !== null && { id: authorId }),
    ...(authorUsername !== null && { username: authorUsername }),
  };
  return authorIdentities(author, { workspaceId, channelId, platform });
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
