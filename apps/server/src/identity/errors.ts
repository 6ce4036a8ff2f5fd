import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  GoneException,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { noSuch } from '../rest';
import type { RefreshDecision } from './refresh-decision';

export const invalidCredentials = () =>
  new UnauthorizedException({ code: 'invalid_credentials', message: 'The email or the password is wrong.' });

/** 400, not 401: the access token is fine. */
export const wrongPassword = () =>
  new BadRequestException({ code: 'wrong_password', message: 'The current password is wrong.' });

export const noSuchWorkspace = () =>
  new NotFoundException({ code: 'not_found', message: 'workspaceId: this user is a member of no such workspace.' });

/** @param field where the query or the body names the user */
export const noSuchUser = (field?: string) =>
  new NotFoundException({
    code: 'not_found',
    message: `${field === undefined ? 'There' : `${field}: there`} is no such user in this workspace.`,
  });

export const notRemoved = () =>
  new NotFoundException({ code: 'not_found', message: 'No such user was removed from this workspace.' });

export const sessionEnded = () =>
  new UnauthorizedException({ code: 'token_revoked', message: 'This session has been ended.' });

export const noSuchInvitation = () => noSuch('invitation');

export const noSuchApiKey = () => noSuch('API key');

/** The same for a token that never was, was used, was taken back or has expired. */
export const tokenOver = () =>
  new GoneException({ code: 'invitation_over', message: 'This invitation is not open (any more); ask for a new one.' });

export const noSuchSession = () => noSuch('session');

export const forbidden = (message: string) => new ForbiddenException({ code: 'forbidden', message });

export const conflict = (code: string, message: string) => new ConflictException({ code, message });

export const invalid = (message: string) => new BadRequestException({ code: 'invalid', message });

const refusals: Record<Exclude<RefreshDecision, 'rotate'>, { code: string; message: string }> = {
  unknown: { code: 'unauthenticated', message: 'The refresh token is not valid.' },
  expired: { code: 'token_expired', message: 'The sign-in has expired.' },
  ended: { code: 'token_revoked', message: 'The sign-in has been ended.' },
  reused: { code: 'token_revoked', message: 'The refresh token was used before; the sign-in has been ended.' },
};

export const refreshRefused = (decision: Exclude<RefreshDecision, 'rotate'>) =>
  new UnauthorizedException(refusals[decision]);
