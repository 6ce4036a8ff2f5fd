import { IdParameter } from '../rest';
import type { Account, WorkspaceMembership } from './accounts.repository';
import type { ApiKeyRow } from './api-keys.repository';
import type { SignIn } from './authentication.service';
import type { ApiKeyView } from './dto/api-keys.dto';
import type { MeView, SessionView, SignInView } from './dto/auth.dto';
import type { InvitationView, OpenInvitationView } from './dto/invitations.dto';
import type { MemberView } from './dto/users.dto';
import type { WorkspaceView } from './dto/workspaces.dto';
import type { Invitation, OpenInvitation } from './invitations.repository';
import type { Member, RemovedMember } from './members.repository';
import type { Session } from './session';
import type { SessionListing } from './sessions.repository';
import type { Workspace } from './workspaces.repository';

/** An id in a path. */
export const idParameter = new IdParameter();

export function meView(session: Session, account: Account, workspaces: WorkspaceMembership[]): MeView {
  return {
    sessionId: session.id,
    expiresAt: new Date(session.expiresAt).toISOString(),
    user: { id: account.id, email: account.email, name: account.name, isOperator: session.isOperator },
    workspace: {
      id: session.workspaceId,
      name: workspaces.find(({ id }) => id === session.workspaceId)?.name ?? '',
    },
    role: session.role,
    workspaces: workspaces.map(({ id, name, role }) => ({ id, name, role })),
  };
}

export const signInView = (signIn: SignIn): SignInView => ({
  accessToken: signIn.accessToken,
  refreshToken: signIn.refreshToken,
  ...meView(signIn.session, signIn.account, signIn.workspaces),
});

export const sessionView = (listing: SessionListing, current: Session): SessionView => ({
  ...listing,
  createdAt: listing.createdAt.toISOString(),
  expiresAt: listing.expiresAt.toISOString(),
  current: listing.id === current.id,
});

export const memberView = (member: Member): MemberView => ({
  id: member.id,
  email: member.email,
  name: member.name,
  role: member.role,
  channelIds: member.channelIds,
  external: member.external,
  disabled: member.disabled,
  joinedAt: member.joinedAt.toISOString(),
  removedAt: null,
});

export const removedMemberView = (member: RemovedMember): MemberView => ({
  id: member.id,
  email: member.email,
  name: member.name,
  role: null,
  channelIds: null,
  external: true,
  disabled: false,
  joinedAt: null,
  removedAt: member.removedAt.toISOString(),
});

export const workspaceView = ({ id, name, createdAt }: Workspace): WorkspaceView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
});

export const apiKeyView = ({
  id,
  name,
  role,
  scopes,
  channelIds,
  hint,
  createdBy,
  ...times
}: ApiKeyRow): ApiKeyView => ({
  id,
  name,
  role,
  scopes,
  channelIds,
  hint,
  createdBy,
  createdAt: times.createdAt.toISOString(),
  expiresAt: times.expiresAt?.toISOString() ?? null,
  lastUsedAt: times.lastUsedAt?.toISOString() ?? null,
  revokedAt: times.revokedAt?.toISOString() ?? null,
});

export const invitationView = ({
  id,
  email,
  role,
  channelIds,
  state,
  invitedBy,
  ...times
}: Invitation): InvitationView => ({
  id,
  email,
  role,
  channelIds,
  state,
  invitedBy,
  createdAt: times.createdAt.toISOString(),
  expiresAt: times.expiresAt.toISOString(),
});

export const openInvitationView = (invitation: OpenInvitation): OpenInvitationView => ({
  email: invitation.email,
  role: invitation.role,
  workspaceName: invitation.workspaceName,
  hasAccount: invitation.known,
  expiresAt: invitation.expiresAt.toISOString(),
});
