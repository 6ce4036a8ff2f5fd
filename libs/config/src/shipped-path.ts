import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where a file or folder is that is shipped beside `dist` and not in it, from the sources as from `dist`.
 * @param path from the folder of package.json
 * @throws where it was not shipped
 */
export function shippedPath(path: string): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (existsSync(candidate) && existsSync(join(folder, 'package.json'))) return candidate;
  }
  throw new Error(`${path} was not found above ${__dirname}; it must be shipped beside dist.`);
}
