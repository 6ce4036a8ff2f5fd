import { monotonic } from '../figures/clock';
import { residentBytes } from '../figures/cpu';
import { VoidRun } from '../measurement';

export interface ImportResult {
  rows: number;
  /** From the upload's first byte to the import's end. */
  seconds: number;
  /** Resident memory of the server, sampled ten times a second, in bytes: before, and at most meanwhile. */
  before: number;
  peak: number;
  created: number;
  updated: number;
  unchanged: number;
}

const sampleMs = 100;

/** What is read of an import. */
interface Import {
  id: string;
  state: string;
  reason: string | null;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
}

/** Uploads a CSV of so many contacts, starts it with a mapping and waits for its end. The same `series` makes the same file. */
export async function importContacts(
  server: { url: string; pid: number },
  token: string,
  series: number,
  rows: number,
): Promise<ImportResult> {
  const headers = { authorization: `Bearer ${token}` };
  const call = async (path: string, init: RequestInit = {}): Promise<Import> => {
    const answer = await fetch(`${server.url}/v1/contact-imports${path}`, {
      ...init,
      headers: { ...headers, ...init.headers },
    });
    if (!answer.ok) throw new VoidRun(`import${path}: status ${answer.status}, ${await answer.text()}`);
    return (await answer.json()) as Import;
  };
  const form = new FormData();
  form.append('file', new Blob([csv(series, rows)]), 'contacts.csv');

  const before = residentBytes(server.pid);
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentBytes(server.pid));
  }, sampleMs);
  try {
    const started = monotonic();
    const { id } = await call('', { method: 'POST', body: form });
    const mapping = { name: 'name', phone: 'phone', email: 'email' };
    await call(`/${id}/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mapping }),
    });
    for (;;) {
      const now = await call(`/${id}`);
      if (now.state === 'failed') throw new VoidRun(`the import failed: ${now.reason}`);
      if (now.state === 'completed') {
        if (now.rows !== rows || now.failed > 0) {
          throw new VoidRun(`${rows} rows were to be taken in: ${JSON.stringify(now)}`);
        }
        const seconds = (monotonic() - started) / 1000;
        return { rows, seconds, before, peak, created: now.created, updated: now.updated, unchanged: now.unchanged };
      }
      await new Promise((resolve) => setTimeout(resolve, sampleMs));
    }
  } finally {
    clearInterval(sampling);
  }
}

function csv(series: number, rows: number): string {
  const lines = ['name,phone,email'];
  for (let row = 0; row < rows; row += 1) {
    const number = series * 10_000_000 + row;
    lines.push(`Imported Person ${row},+4917${String(number).padStart(9, '0')},person${number}@import.example`);
  }
  return `${lines.join('\n')}\n`;
}
