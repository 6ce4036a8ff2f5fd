import { rooms, typesOf } from '@switchboard/contracts';
import fc from 'fast-check';
import { roomNameOf, type Stage } from './stage';
import { type Viewer, watched } from './viewer';

/** What one run has: the stage, which all share, and clients of its own. */
export interface Run {
  stage: Stage;
  viewers: readonly Viewer[];
}

/** Something that happens. `told` stands in the account of a failed run. */
export class Step {
  constructor(
    private readonly told: string,
    readonly take: (run: Run) => unknown,
  ) {}

  toString(): string {
    return this.told;
  }
}

/** Events that nothing in the server acts on, whatever their data. */
const recordable = { '/messages': ['label.created', 'label.updated'], '/webhooks': ['webhook.mention_read'] } as const;
const fields = ['messages', 'comments', 'mentions'] as const;

const house = fc.nat(1);
const viewer = fc.nat(100);
const channel = fc.nat(1);
const view = fc.nat(watched.length - 1);
const kind = fc.constantFrom('subscribe' as const, 'unsubscribe' as const);

const posts = fc
  .record({ house, channel, count: fc.integer({ min: 1, max: 12 }) })
  .map(
    ({ house, channel, count }) =>
      new Step(`${count} messages come for house ${house}, channel ${channel}`, ({ stage }) =>
        stage.receives(stage.houses[house]!, channel, count),
      ),
  );

/** Who an event is for, as positions in a house. */
const audience = fc
  .record({
    everybody: fc.boolean(),
    admins: fc.boolean(),
    users: fc.constantFrom<number[]>([], [], [], [0], [1], [0, 1]),
    channels: fc.subarray([0, 1]),
  })
  .filter((given) => given.everybody || given.admins || given.users.length + given.channels.length > 0);

const records = fc
  .record({
    house,
    events: fc.array(
      fc.record({
        type: fc.constantFrom(...Object.values(recordable).flat()),
        field: fc.constantFrom(...fields),
        audience,
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(
    ({ house, events }) =>
      new Step(`house ${house} records ${JSON.stringify(events)}`, ({ stage }) => {
        const place = stage.houses[house]!;
        const { workspaceId } = place.tenant;
        return stage.records(
          place,
          events.map(({ type, field, audience: { everybody, admins, users, channels } }) => ({
            type,
            field: type.startsWith('webhook.') ? field : null,
            audience: [
              ...(everybody ? [rooms.workspace(workspaceId)] : []),
              ...(admins ? [rooms.admins(workspaceId)] : []),
              ...users.map((at) => rooms.user(place.members[at]!.viewpoint.userId)),
              ...channels.map((at) => roomNameOf(place, at)),
            ],
          })),
        );
      }),
  );

const connects = fc
  .record({ viewer, gateway: fc.nat(1) })
  .map(
    ({ viewer, gateway }) =>
      new Step(`client ${viewer} connects, gateway ${gateway} first`, (run) =>
        pick(run, viewer).does((one) => one.connect(inTurn(run, gateway))),
      ),
  );

const drops = viewer.map(
  (at) => new Step(`client ${at} is cut off`, (run) => pick(run, at).does(async (one) => one.drop())),
);

const resumes = fc
  .record({ viewer, view, back: fc.nat(25) })
  .map(
    ({ viewer, view, back }) =>
      new Step(`client ${viewer} asks on ${watched[view]} for the last ${back} again`, (run) =>
        pick(run, viewer).does((one) => one.views[view]!.resume(back)),
      ),
  );

const request = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ all: true as const }) },
  {
    weight: 5,
    arbitrary: fc
      .record({ types: fc.subarray([0, 1, 2]), fields: fc.subarray([...fields]), channels: fc.subarray([0, 1]) })
      .filter(({ types, fields, channels }) => types.length + fields.length + channels.length > 0),
  },
);

const changes = fc.record({ viewer, view, kind, request }).map(
  ({ viewer, view, kind, request }) =>
    new Step(`client ${viewer} on ${watched[view]}: ${kind} ${JSON.stringify(request)}`, (run) => {
      const one = pick(run, viewer);
      const namespace = watched[view]!;
      if (!('types' in request)) return one.does(() => one.views[view]!.change(kind, { all: true }));
      const names = [...recordable[namespace], ...typesOf(namespace)].filter((name) => !name.startsWith('unread.'));
      const asked = {
        types: request.types.map((at) => names[at]!),
        fields: namespace === '/webhooks' ? request.fields : [],
        rooms: request.channels.map((at) => ({ kind: 'channel' as const, id: one.house.channels[at]! })),
      };
      if (asked.types.length + asked.fields.length + asked.rooms.length === 0) return;
      return one.does(() => one.views[view]!.change(kind, asked));
    }),
);

const trespasses = fc.record({ viewer, view }).map(
  ({ viewer, view }) =>
    new Step(`client ${viewer} asks on ${watched[view]} for a room of the other workspace`, (run) => {
      const one = pick(run, viewer);
      const other = run.stage.houses.find((house) => house !== one.house)!;
      one.does(() => one.views[view]!.trespass({ rooms: [{ kind: 'channel', id: other.channels[0]! }] }));
    }),
);

const kills = fc.nat(1).map((at) => new Step(`gateway ${at} is killed`, ({ stage }) => stage.kill(at)));
const breaks = fc.constant(new Step('all subscriptions of Redis break', ({ stage }) => stage.breakSubscriptions()));
const restarts = fc
  .constantFrom('fast' as const, 'immediate' as const)
  .map((mode) => new Step(`Redis restarts (${mode})`, ({ stage }) => stage.restartRedis(mode)));
const waits = viewer.map((at) => new Step(`until client ${at} has done what it does`, (run) => pick(run, at).idle()));

/** A sequence of things that happen, most of them what happens most. */
export const steps = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 10, arbitrary: posts },
      { weight: 8, arbitrary: records },
      { weight: 10, arbitrary: connects },
      { weight: 6, arbitrary: drops },
      { weight: 8, arbitrary: changes },
      { weight: 4, arbitrary: resumes },
      { weight: 1, arbitrary: trespasses },
      { weight: 4, arbitrary: waits },
      { weight: 2, arbitrary: breaks },
      { weight: 1, arbitrary: kills },
      { weight: 1, arbitrary: restarts },
    ),
    { minLength: length, maxLength: length },
  );

const pick = ({ viewers }: Run, at: number): Viewer => viewers[at % viewers.length]!;

function inTurn({ stage }: Run, first: number) {
  const [one, two] = stage.gateways;
  return first === 0 ? [one!, two!] : [two!, one!];
}
