import { NotFoundException } from '@nestjs/common';

/** The same for what never was, was deleted, and is another workspace's. */
export const noSuch = (what: string) =>
  new NotFoundException({ code: 'not_found', message: `There is no such ${what} in this workspace.` });

/** The one that a member of the query or the body names. */
export function noSuchNamed(field: string, what: string): NotFoundException {
  const problem = `there is no such ${what} in this workspace.`;
  return new NotFoundException({
    code: 'not_found',
    message: `${field}: ${problem}`,
    details: [{ field, problems: [problem] }],
  });
}
