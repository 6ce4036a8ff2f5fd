import { BadRequestException, ConflictException, NotFoundException } from '@nestjs/common';

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

export const invalid = (message: string) => new BadRequestException({ code: 'invalid', message });

export const conflict = (message: string, details?: unknown) =>
  new ConflictException({ code: 'conflict', message, ...(details === undefined ? {} : { details }) });
