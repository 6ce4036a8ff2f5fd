export { Authenticated, CurrentSession, OperatorOnly, Public, RequireRole } from './http-auth.decorators';
export { IdentityModule } from './identity.module';
export type { SessionsEnded } from './revocation-set';
export { atLeast, roleNames } from './roles';
export { type RejectionCode, type Session, SessionRejected } from './session';
export { SessionService } from './session.service';
