import { sign } from '@switchboard/simulator';
import { accountOf, markOf, recipientsOf } from '../world';
import { Correspondence, RequestPool } from './webhooks';

const world = { users: 20, workspaces: 20 };
const secret = 'test_app_secret';

function partsOf(request: Buffer) {
  const text = request.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  return { head: text.slice(0, end), body: text.slice(end + 4) };
}

describe('Correspondence', () => {
  const phase = { id: 3, seed: 5, count: 500 };
  const pool = new Correspondence(world, secret).requests(phase, 'localhost');
  const requests = Array.from({ length: phase.count }, (_, index) => partsOf(pool.at(index)));

  it('signs every body, and tells its length', () => {
    for (const { head, body } of requests) {
      expect(head).toContain(`X-Hub-Signature-256: ${sign(body, secret)}`);
      expect(head).toContain(`Content-Length: ${body.length}`);
    }
  });

  it('sends each webhook to the account of its recipient, with its mark', () => {
    const recipients = recipientsOf(world, phase);
    requests.forEach(({ body }, sequence) => {
      expect(body).toContain(accountOf(recipients[sequence]!).id);
      expect(body).toContain(markOf(phase.id, sequence));
    });
  });

  it('never sends a message twice', () => {
    const ids = requests.map(({ body }) => /"(?:mid|id)":"((?:m_|wamid)[^"]+)"/.exec(body)?.[1]);
    expect(new Set(ids).size).toBe(phase.count);
    expect(ids).not.toContain(undefined);
  });

  it('lets about a tenth of the messages come from somebody new', () => {
    const senders = requests.map(({ body }) => /"sender":\{"id":"(\d+)"|"from":"(\d+)"/.exec(body)?.[0]);
    expect(new Set(senders).size).toBeGreaterThanOrEqual(phase.count / 10);
    expect(new Set(senders).size).toBeLessThan(phase.count / 10 + world.users);
  });
});

describe('RequestPool', () => {
  it('gives back what was added, also after it had to grow', () => {
    const pool = new RequestPool(300);
    for (let i = 0; i < 300; i += 1) pool.add(Buffer.alloc(10_000 + i, i % 256));
    expect(pool.count).toBe(300);
    expect(pool.at(0)).toEqual(Buffer.alloc(10_000, 0));
    expect(pool.at(299)).toEqual(Buffer.alloc(10_299, 43));
  });
});
