import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { envelope, messenger, messengerChat, serialise } from '@switchboard/simulator';
import { decodeJwt, SignJWT } from 'jose';
import type { BrowserContext, Page } from 'playwright-core';
import { ApiClient, makeTenant, type Tenant } from '../support/api-client';
import { Line } from '../support/line';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { WebhookSender } from '../support/webhook-sender';
import { openBrowser } from './support/browser';

const root = join(__dirname, '../..');

let topology: Topology;
let line: Line;
let pages: { url: string; process: ChildProcess };
let browser: BrowserContext;
let closeBrowser: () => Promise<void>;
let tenant: Tenant;
let write: (text: string) => Promise<void>;

/** The examples as their README serves them, with a network in between that can be cut. */
async function servePages(server: string): Promise<typeof pages> {
  const env = { PATH: process.env.PATH, URL: server, PORT: '0' };
  const child = spawn(process.execPath, [join(root, 'examples/serve.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const url = await until(() => /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0], 'the examples are served');
  return { url, process: child };
}

beforeAll(async () => {
  topology = await startTopology('embedded');
  line = await Line.to(topology.apis[0]!.url);
  pages = await servePages(line.url);
}, 120_000);

afterAll(async () => {
  pages?.process.kill('SIGKILL');
  await line?.close();
  await topology?.stop();
});

beforeEach(async () => {
  ({ browser, close: closeBrowser } = await openBrowser());
  const server = topology.apis[0]!;
  const anonymous = new ApiClient(server.url);
  const { accessToken } = await anonymous.signIn(topology.owner.email, topology.owner.password);
  tenant = await makeTenant(anonymous.as(accessToken), server.url, topology.metaApp.id);
  const channel = await tenant.channel('messenger');
  const meta = new WebhookSender([server.url], topology.metaApp.secret);
  const chat = messengerChat({ seed: 1, account: { id: channel.externalId } });
  write = async (text) => {
    const [only] = envelope([messenger.text(chat, text)]);
    expect(await meta.sendRaw(serialise(only!.body))).toBe(200);
  };
}, 60_000);

afterEach(() => closeBrowser());

/** The same token, as it is once its time is over. */
function alreadyEnded(token: string): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) - 60;
  return new SignJWT({ ...decodeJwt(token), exp })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(topology.jwtSecret));
}

async function open(path: '/html/' | '/react/'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(pages.url + path);
  return page;
}

async function signIn(page: Page): Promise<void> {
  await page.fill('[name=email]', tenant.email);
  await page.fill('[name=password]', tenant.password);
  await page.click('[type=submit]');
}

const isOnline = (page: Page) =>
  page.waitForFunction(`document.querySelector('#state').textContent.startsWith('online')`);
/** Texts of what the HTML page printed, latest first. */
const printed = (page: Page) => page.locator('#events li').allInnerTexts();
const timesPrinted = async (page: Page, text: string) =>
  (await printed(page)).filter((one) => one.includes(text)).length;

async function prints(page: Page, text: string): Promise<void> {
  await until(async () => (await timesPrinted(page, text)) > 0, `the page prints ${text}`);
}

describe('a page with the script of the server', () => {
  it('that is closed and opened again prints what happened meanwhile, once', async () => {
    const first = await open('/html/');
    await signIn(first);
    await isOnline(first);
    await write('Seen by the first');
    await prints(first, 'Seen by the first');
    await first.close();
    await write('While it was closed');
    const second = await open('/html/');
    await prints(second, 'While it was closed');
    await write('And since');
    await prints(second, 'And since');
    expect(await timesPrinted(second, 'While it was closed')).toBe(1);
    expect(await timesPrinted(second, 'Seen by the first')).toBe(0);
  });

  it('whose network is cut comes back by itself and prints everything once', async () => {
    const page = await open('/html/');
    await signIn(page);
    await isOnline(page);
    line.goDown();
    await page.waitForFunction(`!document.querySelector('#state').textContent.startsWith('online')`);
    await write('While the network was down');
    line.comeUp();
    // As the browser tells a page whose network is back.
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await prints(page, 'While the network was down');
    await isOnline(page);
    await write('And since');
    await prints(page, 'And since');
    expect(await timesPrinted(page, 'While the network was down')).toBe(1);
  });

  it('in two tabs prints everything in both, once, and they share one sign-in', async () => {
    const left = await open('/html/');
    await signIn(left);
    await isOnline(left);
    const right = await open('/html/');
    await isOnline(right);
    await write('To both');
    await Promise.all([prints(left, 'To both'), prints(right, 'To both')]);
    await write('Behind it');
    await Promise.all([prints(left, 'Behind it'), prints(right, 'Behind it')]);
    for (const tab of [left, right]) expect(await timesPrinted(tab, 'To both')).toBe(1);
    // What a tab has written reaches the others a moment later: both may renew.
    const renewed = await Promise.all(
      [left, right].map((tab) =>
        tab.evaluate<string>(`
      session.token({ replace: JSON.parse(localStorage.getItem('switchboard:session:' + location.origin)).accessToken })
    `),
      ),
    );
    expect(new Set(renewed.map((token) => decodeJwt(token).sid)).size).toBe(1);
    for (const tab of [left, right]) {
      expect(await tab.evaluate<string>(`session.token({ replace: '${renewed[0]}' })`)).not.toBe(renewed[0]);
      await isOnline(tab);
    }
  });

  it('whose token ended while it slept goes on with another', async () => {
    const page = await open('/html/');
    await signIn(page);
    await isOnline(page);
    line.goDown();
    await page.waitForFunction(`!document.querySelector('#state').textContent.startsWith('online')`);
    await write('While it slept');
    // A quarter of an hour later.
    const key = `switchboard:session:${pages.url}`;
    const held = JSON.parse((await page.evaluate<string>(`localStorage.getItem('${key}')`))!);
    const ended = await alreadyEnded(held.accessToken);
    const slept = JSON.stringify({ ...held, accessToken: ended });
    await page.evaluate(`localStorage.setItem('${key}', '${slept}')`);
    line.comeUp();
    await page.evaluate(`window.dispatchEvent(new Event('pageshow'))`);
    await prints(page, 'While it slept');
    await isOnline(page);
    expect(await timesPrinted(page, 'While it slept')).toBe(1);
    expect(await page.evaluate<string>(`localStorage.getItem('${key}')`)).not.toContain(ended);
  });
});

describe('the React page', () => {
  it('shows conversations, unread messages and a chat, kept up by events, on a phone', async () => {
    const page = await open('/react/');
    await page.setViewportSize({ width: 390, height: 844 });
    await signIn(page);
    await page.waitForSelector('.dot.online');
    await write('Anybody there?');
    await page.waitForSelector('.list li:has-text("Anybody there?")');
    await page.waitForSelector('[aria-label="1 unread messages"]');
    await page.click('.list li button');
    await page.waitForSelector('.chat li:has-text("Anybody there?")');
    await page.waitForSelector('[aria-label="0 unread messages"]');
    await write('Hello?');
    await page.waitForSelector('.chat li:has-text("Hello?")');
    expect(await page.locator('.chat li.inbound').count()).toBe(2);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
    await page.click('text=Reconnect');
    await page.waitForSelector('.dot.online');
  });
});
