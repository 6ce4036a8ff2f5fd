import { BadRequestException, ConflictException } from '@nestjs/common';

export const invalid = (message: string) => new BadRequestException({ code: 'invalid', message });

export const conflict = (message: string, details?: unknown) =>
  new ConflictException({ code: 'conflict', message, ...(details === undefined ? {} : { details }) });
