import { ApiClient, makeTenant } from '../support/api-client';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';

jest.setTimeout(120_000);

const rows = 20_000;

describe('when the worker that takes in a file of contacts is killed', () => {
  let topology: Topology;

  beforeAll(async () => {
    topology = await startTopology('cluster');
  });
  afterAll(() => topology?.stop());

  it('the next goes on from its last batch: no row is lost, and none counts twice', async () => {
    const anonymous = new ApiClient(topology.apis[0]!.url);
    const { accessToken } = await anonymous.signIn(topology.owner.email, topology.owner.password);
    const { api } = await makeTenant(anonymous.as(accessToken), topology.gateways[0]!.url, topology.metaApp.id);
    const lines = Array.from({ length: rows }, (_, at) => `Person ${at},${34_700_000_000 + at}`);
    const form = new FormData();
    form.set('file', new Blob([`Name,Phone\n${lines.join('\n')}\n`]), 'people.csv');
    const headers = { authorization: `Bearer ${api.token}` };
    const uploaded = await fetch(`${api.url}/v1/contact-imports`, { method: 'POST', headers, body: form });
    const { id } = (await uploaded.json()) as { id: string };
    await api.made(`/v1/contact-imports/${id}/start`, { mapping: { Name: 'name', Phone: 'phone' } });
    const now = async () => (await api.get(`/v1/contact-imports/${id}`)).body;

    await until(async () => (await now()).rows > 0, 'a batch is taken in');
    await topology.workers[0]!.stop('SIGKILL');
    const left = await now();
    expect([left.state, left.rows < rows]).toEqual(['running', true]);
    await topology.workers[0]!.start();

    const done = await until(
      async () => {
        const row = await now();
        return row.state !== 'running' && row;
      },
      'the import has ended',
      90_000,
    );
    expect(done).toMatchObject({ state: 'completed', rows, created: rows, updated: 0, unchanged: 0, failed: 0 });
    const filter = { field: 'phone', op: 'exists', value: true };
    expect((await api.made('/v1/segments/count', { filter })).count).toBe(rows);
  });
});
