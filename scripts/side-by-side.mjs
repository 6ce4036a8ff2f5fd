// Runs shell commands beside each other, shows what they say line by line, and ends with the first exit code that is not 0.
// Usage: node scripts/side-by-side.mjs '<command>' '<command>' …
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const children = [];

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => process.stdout.write(`${line}\n`));
    }
    child.on('close', (code, signal) => {
      console.log(`--- ${command}: ${code === 0 ? 'ok' : `FAILED (${signal ?? `exit code ${code}`})`}`);
      resolve(code ?? 1);
    });
  });
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
const codes = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = codes.find((code) => code !== 0) ?? 0;
