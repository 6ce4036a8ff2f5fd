import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { Arrival, Effect } from '@switchboard/flows';
import { CommentAnswers } from '../../messages';
import { FlowSecrets } from '../secrets/flow-secrets.service';
import { refusal } from './effects.service';
import type { Held } from './executions.repository';
import { HttpCallFailed, HttpCalls } from './http-calls.service';

/** What is done outside of the database: it may have been done although nobody can say so. */
export type Outside = Extract<Effect, { kind: 'http' | 'send' }>;

export const isOutside = (effect: Effect): effect is Outside =>
  effect.kind === 'http' || (effect.kind === 'send' && effect.replyToComment !== undefined);

/** Calls under way in a process, and those of one workspace: systems that do not answer are to hold up their own workspace alone. */
const mostAtOnce = 50;
const mostOfOne = 10;
/** Meta has so long to take the answer to a comment. */
const answerMs = 20_000;

/** Makes the calls of steps that reach out, a bounded number at once. */
@Injectable()
export class OutsideCalls {
  private readonly logger = new Logger(OutsideCalls.name);
  private readonly underWay = new Set<Promise<void>>();
  private reserved = 0;
  private readonly reservedBy = new Map<string, number>();

  constructor(
    private readonly http: HttpCalls,
    private readonly comments: CommentAnswers,
    private readonly secrets: FlowSecrets,
  ) {}

  /** A place for a call, to be given back by `run` or `release`; false where all are taken. */
  reserve(workspaceId: string): boolean {
    if (!this.hasPlace(workspaceId)) return false;
    this.reserved += 1;
    this.reservedBy.set(workspaceId, (this.reservedBy.get(workspaceId) ?? 0) + 1);
    return true;
  }

  hasPlace(workspaceId: string): boolean {
    return this.reserved < mostAtOnce && (this.reservedBy.get(workspaceId) ?? 0) < mostOfOne;
  }

  release(workspaceId: string): void {
    this.reserved -= 1;
    const left = this.reservedBy.get(workspaceId)! - 1;
    if (left > 0) this.reservedBy.set(workspaceId, left);
    else this.reservedBy.delete(workspaceId);
  }

  /** How long a call may take at most, milliseconds. */
  longest(effect: Outside): number {
    return effect.kind === 'http' ? effect.timeoutMs : answerMs;
  }

  /** Runs it in a place that was reserved, and goes on. */
  run(workspaceId: string, work: () => Promise<void>): void {
    const run = work()
      .catch((error: Error) =>
        this.logger.warn(`A step that was done outside is taken up again later (${error.message}).`),
      )
      .finally(() => {
        this.release(workspaceId);
        this.underWay.delete(run);
      });
    this.underWay.add(run);
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  /** What came of it; an error where it failed, `outcome_unknown` where nobody can say. */
  async call(execution: Held, effect: Outside): Promise<Arrival> {
    try {
      if (effect.kind === 'http') {
        const { request, conceal } = await this.secrets.reveal(execution.workspaceId, effect);
        return { kind: 'done', value: conceal(await this.http.call(request)) };
      }
      return { kind: 'done', value: { commentAnswerId: await this.answer(execution, effect) } };
    } catch (error) {
      if (error instanceof HttpException) {
        return refusal(error);
      }
      if (error instanceof HttpCallFailed) return { kind: 'error', code: error.code, message: error.message };
      throw error;
    }
  }

  private answer(
    { workspaceId, channelId, trigger }: Held,
    effect: Extract<Outside, { kind: 'send' }>,
  ): Promise<string> {
    const { commentId } = trigger;
    if (!commentId || !channelId) {
      throw new HttpException(
        { code: 'no_comment', message: 'No comment started this; there is none to answer.' },
        422,
      );
    }
    const { type, text } = effect.content as { type?: string; text?: unknown };
    if (type !== 'text' || typeof text !== 'string') {
      throw new HttpException({ code: 'invalid', message: 'content: a comment is answered with a text alone.' }, 422);
    }
    const privately = effect.replyToComment === 'private';
    return this.comments.answerComment(workspaceId, channelId, commentId, { text, privately });
  }
}
