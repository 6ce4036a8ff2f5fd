import type { Account } from '@switchboard/simulator';

/** Who there is: as many users as clients, dealt out over the workspaces in turn. A webhook is meant for one user. */
export interface World {
  users: number;
  workspaces: number;
  /** Messages that every user has had before anything is measured; `historyPerUser` where it is left out. */
  history?: number;
  /** Each user is told of all that comes for the workspace, and not of one conversation alone. */
  together?: boolean;
}

/** Messages that every user has had before anything is measured: a server in use does not run on empty tables. */
export const historyPerUser = 20;

export const historyPerUserOf = ({ history = historyPerUser }: World): number => history;

/** Some webhooks of a measurement, in the order they are sent. The same phase makes the same webhooks in every process. */
export interface Phase {
  /** Stands in every message, so that its event is known when it comes. */
  id: number;
  seed: number;
  count: number;
  /** For each user in turn instead of users at random. */
  inTurn?: boolean;
  /**
   * What the webhooks tell of; messages of customers unless said. `echoes`: messages of the business, sent from its phone. `receipts`:
   * each of them has been delivered; of the phase of echoes before, with its seed and count. Both of WhatsApp's users alone.
   */
  kind?: 'echoes' | 'receipts';
}

/** The messages of before. */
export const historyOf = (world: World): Phase => ({
  id: 0,
  seed: 1,
  count: world.users * historyPerUserOf(world),
  inTurn: true,
});

/** `true` where several users share a workspace: each then subscribes to the conversation of one customer. */
export const isShared = (world: World): boolean => world.workspaces < world.users && !world.together;

export const workspaceOf = (world: World, user: number): number => user % world.workspaces;

/** The account of a workspace; every other one is a WhatsApp number, the rest are pages. */
export function accountOf(workspace: number): Account {
  const digits = String(workspace).padStart(6, '0');
  if (workspace % 2 === 0) return { platform: 'messenger', id: `349489628${digits}` };
  return {
    platform: 'whatsapp',
    id: `105501234${digits}`,
    businessAccountId: `102290129${digits}`,
    displayPhoneNumber: `15550${digits}`,
  };
}

/** How a message carries what it is measured by. */
export const markOf = (phase: number, sequence: number): string => `no. ${phase}-${sequence}?`;

const mark = /no\. (\d+)-(\d+)\?/g;

/** The first mark in the text from `from` on. */
export function readMark(text: string, from = 0): { phase: number; sequence: number } | undefined {
  mark.lastIndex = from;
  const found = mark.exec(text);
  return found ? { phase: Number(found[1]), sequence: Number(found[2]) } : undefined;
}

/** For whom each webhook of a phase is: users drawn at random, so that some have several at once and some none for a while. */
export function recipientsOf(world: World, phase: Phase): Uint16Array {
  if (phase.inTurn) return Uint16Array.from({ length: phase.count }, (_, index) => index % world.users);
  // xorshift32: any even spread does, and it must be the same in every process.
  let state = (phase.seed ^ 0x9e3779b9) | 1;
  return Uint16Array.from({ length: phase.count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const user = (state >>> 0) % world.users;
    // Every other workspace is a WhatsApp number.
    return phase.kind ? user | 1 : user;
  });
}
