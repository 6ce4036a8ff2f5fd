import { BadRequestException, ConflictException, NotFoundException } from '@nestjs/common';

export const noSuch = (what: string) =>
  new NotFoundException({ code: 'not_found', message: `There is no such ${what} in this workspace.` });

export const invalid = (message: string) => new BadRequestException({ code: 'invalid', message });

export const conflict = (message: string, details?: unknown) =>
  new ConflictException({ code: 'conflict', message, ...(details === undefined ? {} : { details }) });
