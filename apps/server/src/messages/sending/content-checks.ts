import { BadRequestException, HttpException } from '@nestjs/common';
import {
  allowed,
  checkContent,
  type Platform,
  type SendContent,
  type SendWindow,
  windowsAfter,
} from '@switchboard/meta';
import type { ConversationRow } from '../message-views';

/** @throws BadRequestException that names each member at fault, and the limit */
export function checkedContent(platform: Platform, content: unknown): SendContent {
  const problems = checkContent(platform, content);
  if (problems.length === 0) return content as SendContent;
  throw new BadRequestException({
    code: 'invalid',
    message: problems.map(({ message }) => message).join(' '),
    details: problems.map(({ field, rule, message }) => ({
      field: field === '' ? 'content' : `content.${field}`,
      rule,
      problems: [message],
    })),
  });
}

/**
 * @param more what is known besides the conversation
 * @throws HttpException 422 that says what would be allowed
 */
export function mayBeSent(
  platform: Platform,
  content: SendContent,
  { lastInboundAt }: Pick<ConversationRow, 'lastInboundAt'>,
  { humanAgent = false, ...more }: Partial<SendWindow> & { humanAgent?: boolean } = {},
): { humanAgent: boolean } {
  const answer = allowed(platform, content, {
    now: Date.now(),
    ...windowsAfter(lastInboundAt?.getTime() ?? null, humanAgent),
    sentBy: 'person',
    ...more,
  });
  if (answer.ok) return { humanAgent: answer.humanAgent };
  const { code, reason, whatWouldBeAllowed } = answer;
  throw new HttpException({ code, message: `${reason} ${whatWouldBeAllowed.says}`, details: whatWouldBeAllowed }, 422);
}
