import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** CHROMIUM_PATH, or the first Chromium on the PATH. */
function executable(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const candidates = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = CHROMIUM_PATH ?? candidates.find(isExecutable);
  if (!found) throw new Error('The browser tests need Chromium: install it, or name it in CHROMIUM_PATH.');
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser that nobody has used, with what it keeps in a folder of its own. */
export async function openBrowser(): Promise<{ browser: BrowserContext; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-browser-'));
  const browser = await chromium.launchPersistentContext(folder, { executablePath: executable(), args: flags });
  const close = async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { browser, close };
}
