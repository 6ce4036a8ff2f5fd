import fc from 'fast-check';
import { until } from '../support/until';
import { Stage } from './model/stage';
import { type Step, steps } from './model/steps';
import { Viewer } from './model/viewer';

const { MODEL_SEED, MODEL_RUNS = '6', MODEL_STEPS = '50' } = process.env;
const runs = Number(MODEL_RUNS);
const clientsEach = 3;

jest.setTimeout(60_000 + runs * 60_000);

describe('whatever happens to clients, gateways and Redis', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage?.close());

  it('each client is told exactly what it asked to see, once and in order', () =>
    fc.assert(
      fc.asyncProperty(steps(Number(MODEL_STEPS)), (given) => play(given)),
      // One sequence takes seconds: it is told as it was, with its seed.
      { numRuns: runs, endOnFailure: true, ...(MODEL_SEED ? { seed: Number(MODEL_SEED) } : {}) },
    ));

  async function play(given: readonly Step[]): Promise<void> {
    const viewers = stage.houses.flatMap((house) =>
      Array.from({ length: clientsEach }, (_, at) => {
        const { name, account, viewpoint } = house.members[at % house.members.length]!;
        return new Viewer(`client ${at} (${name})`, house, account.accessToken, viewpoint);
      }),
    );
    try {
      for (const step of given) await step.take({ stage, viewers });
      await stage.mended();
      await Promise.all(viewers.map((viewer) => viewer.idle()));
      await judge(viewers);
    } catch (error) {
      throw Object.assign(error as Error, { message: `${(error as Error).message}\n${stage.warnings()}` });
    } finally {
      for (const viewer of viewers) viewer.close();
    }
  }

  /** Fails unless every client, served to the end of the log, was told what is in there for it. */
  async function judge(viewers: readonly Viewer[]): Promise<void> {
    let complaints: string[] = [];
    const settled = async () => {
      const logs = new Map(
        await Promise.all(stage.houses.map(async (house) => [house, await stage.log(house)] as const)),
      );
      await Promise.all(viewers.map((viewer) => viewer.servedUpTo(logs.get(viewer.house)!.length, stage.gateways)));
      // What was recorded meanwhile has been told, and is judged with the next look at the log.
      const ends = await Promise.all(stage.houses.map((house) => stage.store.head(house.tenant.workspaceId)));
      if (ends.some((end, at) => end !== logs.get(stage.houses[at]!)!.length)) return false;
      complaints = viewers.flatMap((viewer) => viewer.judge(logs.get(viewer.house)!));
      return true;
    };
    await until(settled, 'every client is served to the end of the log');
    expect(complaints).toEqual([]);
  }
});
