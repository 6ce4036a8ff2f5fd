import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const most = 25 * 1024;

describe('what an application downloads', () => {
  it('is below 25 KB gzipped, socket.io-client left out', () => {
    const { outputFiles } = buildSync({
      entryPoints: [join(__dirname, 'index.ts')],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      external: ['socket.io-client'],
    });
    const { length } = gzipSync(outputFiles[0]!.contents);
    expect(length).toBeGreaterThan(1024);
    expect(length).toBeLessThan(most);
  });
});
