import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  GATEWAY_TALK,
  type GatewayTalk,
  RealtimeHub,
  type UserSockets,
  type WorkspaceSockets,
} from '@switchboard/realtime';
import { GATEWAY_CENSUS, type GatewayCensus } from './gateway-census';

const topic = 'sockets';
/** A gateway that has not answered by then is not waited for: it is gone, or as good as gone. */
const patienceMs = 1000;

interface Question {
  ask: string;
  workspaceId: string;
  userId?: string;
  /** Ends the user's sockets, with this reason. */
  disconnect?: string;
}

interface Answer {
  to: string;
  counts: WorkspaceSockets | UserSockets;
}

interface Asking {
  answers: Answer['counts'][];
  answered: () => void;
}

export interface WorkspaceCount {
  /** Gateways that answered. */
  gateways: number;
  /** By namespace; a user with sockets at two gateways counts once. */
  namespaces: Record<string, { sockets: number; users: number }>;
}

/** Who has sockets, on all gateways. Nothing is kept for it: each question goes to the gateways, which answer from their memory. */
@Injectable()
export class SocketDirectory implements OnApplicationShutdown {
  private readonly asking = new Map<string, Asking>();
  private readonly silence: () => void;

  constructor(
    private readonly hub: RealtimeHub,
    @Inject(GATEWAY_TALK) private readonly talk: GatewayTalk,
    @Inject(GATEWAY_CENSUS) private readonly census: GatewayCensus,
  ) {
    this.silence = talk.hear(topic, (message) => this.hear(message as Question | Answer));
  }

  async isUserConnected(workspaceId: string, userId: string): Promise<boolean> {
    return (await this.connectionCount(workspaceId, userId)).sockets > 0;
  }

  /** The user's sockets, by namespace and altogether. */
  async connectionCount(workspaceId: string, userId: string): Promise<UserSockets> {
    return sumOf((await this.ask({ workspaceId, userId })) as UserSockets[]);
  }

  /** Ends the user's sockets in the workspace: each is told `session.ended` with the reason. Returns which there were. */
  async disconnectUser(workspaceId: string, userId: string, reason: string): Promise<UserSockets> {
    return sumOf((await this.ask({ workspaceId, userId, disconnect: reason })) as UserSockets[]);
  }

  async ofWorkspace(workspaceId: string): Promise<WorkspaceCount> {
    const answers = (await this.ask({ workspaceId })) as WorkspaceSockets[];
    const sockets = new Map<string, number>();
    const users = new Map<string, Set<string>>();
    for (const [name, one] of answers.flatMap((answer) => Object.entries(answer))) {
      sockets.set(name, (sockets.get(name) ?? 0) + one.sockets);
      users.set(name, new Set([...(users.get(name) ?? []), ...one.userIds]));
    }
    const namespaces = [...sockets].map(([name, count]) => [name, { sockets: count, users: users.get(name)!.size }]);
    return { gateways: answers.length, namespaces: Object.fromEntries(namespaces) };
  }

  onApplicationShutdown(): void {
    this.silence();
  }

  private async ask(question: Omit<Question, 'ask'>): Promise<Answer['counts'][]> {
    const { gateways } = await this.census.take();
    const id = randomUUID();
    const answers: Answer['counts'][] = [];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      const answered = () => {
        if (answers.length < gateways) return;
        clearTimeout(timer);
        resolve();
      };
      this.asking.set(id, { answers, answered });
      this.talk.say(topic, { ask: id, ...question } satisfies Question);
      answered();
    });
    this.asking.delete(id);
    return answers;
  }

  private hear(message: Question | Answer): void {
    if ('to' in message) {
      const asking = this.asking.get(message.to);
      asking?.answers.push(message.counts);
      asking?.answered();
    } else if (this.hub.serving) {
      this.talk.say(topic, { to: message.ask, counts: this.counts(message) } satisfies Answer);
    }
  }

  private counts({ workspaceId, userId, disconnect }: Question): Answer['counts'] {
    if (userId === undefined) return this.hub.socketsOf(workspaceId);
    const counts = this.hub.socketsOfUser(workspaceId, userId);
    if (disconnect !== undefined) this.hub.disconnectUser(workspaceId, userId, disconnect);
    return counts;
  }
}

function sumOf(answers: readonly UserSockets[]): UserSockets {
  const total: UserSockets = { sockets: 0, namespaces: {} };
  for (const { sockets, namespaces } of answers) {
    total.sockets += sockets;
    for (const [name, count] of Object.entries(namespaces))
      total.namespaces[name] = (total.namespaces[name] ?? 0) + count;
  }
  return total;
}
