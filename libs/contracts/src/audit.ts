/** Everything that the audit log keeps, `noun.verb-in-the-past`. */
export const auditActions = [
  'member.added',
  'member.role_changed',
  'member.channels_changed',
  'member.removed',
  'member.restored',
  'member.signed_out',
  'member.disconnected',
  'user.disabled',
  'user.enabled',
  'invitation.created',
  'invitation.accepted',
  'invitation.revoked',
  'api_key.created',
  'api_key.revoked',
  'channel.registered',
  'channel.connected',
  'channel.changed',
  'channel.disconnected',
  'channel.stopped',
  'channel.deleted',
  'template.created',
  'template.deleted',
  'meta_app.saved',
  'meta_app.deleted',
] as const;
export type AuditAction = (typeof auditActions)[number];

/**
 * Who did it. `operator`: whoever runs the instance, from outside the workspace, who is not named. `switchboard`: nobody, it came
 * about by itself.
 */
export interface AuditActor {
  kind: 'user' | 'api_key' | 'operator' | 'switchboard';
  id: string | null;
  /** The email of the user or the name of the key, as it was then. */
  name: string | null;
}

/** What it was done to. */
export interface AuditSubject {
  /** `user`, `invitation`, `api_key`, `channel`, `meta_app` … */
  kind: string;
  id: string;
  /** As it was then, to be shown: it may be gone since. */
  name: string | null;
}

export interface AuditEntryData {
  entryId: string;
  action: AuditAction;
  actor: AuditActor;
  subject: AuditSubject;
  /** What the action needs to be understood (`from` and `to` of a role). Never a token or a secret. */
  details: Record<string, unknown>;
}
