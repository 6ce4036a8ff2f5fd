import { BadRequestException, ConflictException, ForbiddenException, NotFoundException } from '@nestjs/common';
import type { ConversationSummary } from '@switchboard/contracts';

export const noSuchConversation = () =>
  new NotFoundException({ code: 'not_found', message: 'There is no such conversation in this workspace.' });

export const noSuch = (what: string) =>
  new NotFoundException({ code: 'not_found', message: `There is no such ${what} in this workspace.` });

/** The one that a member of the query or the body names. */
export const noSuchNamed = (field: string, what: string) => {
  const problem = `there is no such ${what} in this workspace.`;
  return new NotFoundException({
    code: 'not_found',
    message: `${field}: ${problem}`,
    details: [{ field, problems: [problem] }],
  });
};

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
