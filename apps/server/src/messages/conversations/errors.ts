import { BadRequestException, ConflictException, ForbiddenException } from '@nestjs/common';
import type { ConversationSummary } from '@switchboard/contracts';
import { noSuch } from '../../rest';

export const noSuchConversation = () => noSuch('conversation');

export const invalid = (field: string, problem: string) =>
  new BadRequestException({
    code: 'invalid',
    message: `${field}: ${problem}`,
    details: [{ field, problems: [problem] }],
  });

export const forbidden = (message: string) => new ForbiddenException({ code: 'forbidden', message });

export const taken = (field: string, problem: string) =>
  new ConflictException({ code: `${field}_taken`, message: `${field}: ${problem}` });

/** Somebody else was first. `details.conversation` is what they left. */
export const versionConflict = (conversation: ConversationSummary) =>
  new ConflictException({
    code: 'version_conflict',
    message: `version: the conversation has been changed meanwhile; it is at version ${conversation.version}.`,
    details: { conversation },
  });
