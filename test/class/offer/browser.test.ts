/** A place on the host, in a real Chromium: from the code to a cell that ran, through a lost connection, on a phone too. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringUpToDate } from '../../cli/wirebook.ts';
import { holdOffer, type OfferHost, until } from './a-host.ts';

let browser: Browser;

beforeAll(async () => {
  bringUpToDate();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      '--no-proxy-server',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ],
  });
}, 120_000);
afterAll(() => browser?.close());

interface Opened {
  page: Page;
  faults: string[];
}

async function open(host: OfferHost, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 700 },
    locale: 'en-GB',
    ignoreHTTPSErrors: true,
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket|ERR_/.test(message.text())) faults.push(message.text());
  });
  await page.goto(`https://127.0.0.1:${host.port}/join`);
  return { page, faults };
}

/** What the terminal shows. */
const rows = (page: Page): Promise<string> =>
  page.evaluate<string>(
    "[...document.querySelectorAll('.xterm-rows > *')].map((row) => row.textContent.replaceAll('\\u00a0', ' ').trimEnd()).join('\\n')",
  );

const shows = (page: Page, text: string | RegExp) =>
  expect.poll(() => rows(page).catch(() => ''), { timeout: 20_000 }).toMatch(text);

async function join(page: Page, host: OfferHost, name: string): Promise<void> {
  await page.getByLabel('The class’s code').fill(host.code.toLowerCase());
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await shows(page, 'Share what your cells print');
  await page.keyboard.press('Enter');
  await shows(page, 'Share your shells');
  await page.keyboard.press('Enter');
  await shows(page, 'Count');
}

describe('the terminal in a browser', () => {
  test('a learner joins, runs a cell, loses the connection and comes back to the same notebook', async () => {
    await using host = await holdOffer(2);
    const { page, faults } = await open(host);
    await join(page, host, 'Bea');
    await until(() => /Bea has joined/.test(host.said()));
    await page.keyboard.press('Enter');
    await shows(page, '1+2+3');
    await shows(page, 'passed');
    // Colours are there although no text may become a style.
    const colours = await page.evaluate<number>(
      "new Set([...document.querySelectorAll('.xterm-rows span')].map((one) => getComputedStyle(one).color)).size",
    );
    expect(colours).toBeGreaterThan(1);
    await page.setViewportSize({ width: 700, height: 900 });
    await expect.poll(async () => (await rows(page)).split('\n').length).toBeGreaterThan(40);
    await shows(page, 'passed');
    await page.context().setOffline(true);
    await page.evaluate(() => undefined);
    await page.context().setOffline(false);
    // The page anew, as after a phone has slept.
    await page.reload();
    await page.getByRole('button', { name: 'Go on where I was' }).click();
    await shows(page, 'passed');
    await page.keyboard.press('q');
    await expect.poll(() => page.locator('.said').textContent()).toContain('You have left the notebook');
    await page.getByRole('button', { name: 'Go on where I was' }).click();
    await shows(page, 'passed');
    expect(faults).toEqual([]);
  }, 120_000);

  test('the host stops and starts: the page is there again by itself', async () => {
    await using host = await holdOffer(1);
    const { page } = await open(host);
    await join(page, host, 'Bea');
    await page.keyboard.press('Enter');
    await shows(page, 'passed');
    await host.kill();
    await page.getByText('The connection is lost').waitFor();
    await host.again();
    await shows(page, 'passed');
    await expect.poll(() => page.locator('#news').isHidden()).toBe(true);
  }, 120_000);

  test('a wrong code, a name that is taken, no place: each is said, and nothing is lost of what was typed', async () => {
    await using host = await holdOffer(1);
    const first = await open(host);
    await first.page.getByLabel('The class’s code').fill('AAAAA-AAAAA-AAAAA');
    await first.page.getByLabel('Your name').fill('Bea');
    await first.page.getByRole('button', { name: 'Join' }).click();
    await first.page.getByText('This is not the class’s code').waitFor();
    expect(await first.page.getByLabel('Your name').inputValue()).toBe('Bea');
    await join(first.page, host, 'Bea');
    const second = await open(host);
    await second.page.getByLabel('The class’s code').fill(host.code);
    await second.page.getByLabel('Your name').fill('bea');
    await second.page.getByRole('button', { name: 'Join' }).click();
    await second.page.getByText('bea has a place here already').waitFor();
    await second.page.getByLabel('Your name').fill('Ben');
    await second.page.getByRole('button', { name: 'Join' }).click();
    await second.page.getByText('The one place that the host offers is taken').waitFor();
  }, 120_000);

  test('what a program prints is text: no markup, no clipboard, no title, no other window', async () => {
    await using host = await holdOffer(1);
    const { page, faults } = await open(host);
    await join(page, host, 'Bea');
    await page.keyboard.press('t');
    await shows(page, /#\s*$/m);
    const title = await page.title();
    await page.keyboard.type(
      "printf '<img src=x onerror=alert(1)>\\033]0;stolen\\007\\033]52;c;c3RvbGVu\\007\\033]8;;https://example.com\\007link\\033]8;;\\007 done-%s\\n' now\r",
    );
    await shows(page, 'done-now');
    await shows(page, '<img src=x onerror=alert(1)>');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe(title);
    await page.getByText('link', { exact: false }).first().click({ force: true });
    expect(page.context().pages()).toHaveLength(1);
    expect(faults).toEqual([]);
  }, 120_000);

  test('on a phone there are the keys that its keyboard has not; Chinese for who reads it; dark for who wants it', async () => {
    await using host = await holdOffer(1);
    const { page, faults } = await open(host, {
      viewport: { width: 390, height: 780 },
      hasTouch: true,
      isMobile: true,
      locale: 'zh-CN',
      colorScheme: 'dark',
    });
    await page.getByLabel('课堂代码').fill(host.code);
    await page.getByLabel('你的名字').fill('小明');
    await page.getByRole('button', { name: '加入' }).click();
    await shows(page, /\[y\/N\]/);
    await page.getByRole('button', { name: 'Enter' }).tap();
    await expect.poll(async () => (await rows(page)).match(/\[y\/N\]/g)?.length).toBe(2);
    await page.getByRole('button', { name: 'Enter' }).tap();
    await shows(page, 'Count');
    await page.getByRole('button', { name: 'Enter' }).tap();
    await shows(page, '1+2+3');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    const [paper, wide] = await page.evaluate<[string, boolean]>(
      '[getComputedStyle(document.body).backgroundColor, document.documentElement.scrollWidth > innerWidth]',
    );
    expect(paper).toBe('rgb(20, 23, 28)');
    expect(wide).toBe(false);
    expect(faults).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/offer-phone.png` });
  }, 120_000);
});
