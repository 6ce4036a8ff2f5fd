/** The kinds of room a client may ask for by id; the server forms the name. */
export const roomKinds = ['channel', 'conversation', 'contact', 'campaign', 'flow'] as const;
export type RoomKind = (typeof roomKinds)[number];

/** The name of a room the server keeps, e.g. `conversation:0192…`. Always inside the caller's workspace. */
export type RoomName = `${RoomKind | 'workspace' | 'user' | 'admins'}:${string}`;

export interface RoomRef {
  kind: RoomKind;
  id: string;
}

export const rooms = {
  workspace: (id: string): RoomName => `workspace:${id}`,
  user: (id: string): RoomName => `user:${id}`,
  /** The admins and owners of a workspace, by its id. An event for them alone names this room and not the workspace's. */
  admins: (workspaceId: string): RoomName => `admins:${workspaceId}`,
  of: (ref: RoomRef): RoomName => `${ref.kind}:${ref.id}`,
  channel: (id: string): RoomName => `channel:${id}`,
  conversation: (id: string): RoomName => `conversation:${id}`,
  contact: (id: string): RoomName => `contact:${id}`,
  campaign: (id: string): RoomName => `campaign:${id}`,
  flow: (id: string): RoomName => `flow:${id}`,
};

/** True for a room that addresses one user: it is reached whatever rooms a subscription names. */
export function isUserRoom(room: string): boolean {
  return room.startsWith('user:');
}

export function isChannelRoom(room: string): boolean {
  return room.startsWith('channel:');
}
