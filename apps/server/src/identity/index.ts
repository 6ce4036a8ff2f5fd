export { Arrivals } from './arrivals';
export {
  Authenticated,
  CurrentSession,
  OperatorOnly,
  PeopleOnly,
  Public,
  RequireRole,
  RequireRoleOrOperator,
} from './http-auth.decorators';
export { IdentityModule } from './identity.module';
export { atLeast, roleNames } from './roles';
export type { Session } from './session';
export { SessionService } from './session.service';
export { addressKey } from './sign-in-limiter';
export { type Doer, TeamActivities, type TeamActivity } from './team-activities';
export { Turnstile, TurnstileFull } from './turnstile';
