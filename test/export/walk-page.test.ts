/** The walk of a packet on an exported page, in a real Chromium: by button, by key, by itself, and without a script. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { traceHtml } from '../../src/export/trace.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { FLAGS } from '../class/web/flags.ts';
import { recorded } from '../trace/recorded.ts';
import { OPTIONS } from './walks.ts';

// On a busy machine each step of a browser takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const HTML = traceHtml(traceOf(recorded('dnat')), OPTIONS);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
});
afterAll(() => browser?.close());

async function opened(javaScriptEnabled: boolean) {
  const context = await browser.newContext({ javaScriptEnabled });
  context.setDefaultTimeout(40_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.setContent(HTML);
  return { page, faults };
}

test('by button and key a hop at a time, its interface lit; by itself to the end', async () => {
  const { page, faults } = await opened(true);
  const here = () => page.locator('.hop.here').innerText();
  const port = () => page.locator('.port.here').innerText();
  const told = () => page.getByRole('status').innerText();
  await page.getByRole('button', { name: 'Next hop' }).click();
  expect(await here()).toMatch(/client1\s+eth0\s+out/);
  expect(await port()).toBe('eth0');
  await page.locator('.packet').focus();
  await page.keyboard.press('ArrowRight');
  expect(await here()).toMatch(/host\s+veth1\s+in/);
  expect(await port()).toBe('veth1');
  await page.keyboard.press('ArrowRight');
  // a decision lights no other interface than the one where the packet was seen last
  expect(await here()).toMatch(/prerouting/);
  expect(await port()).toBe('veth1');
  await page.keyboard.press('ArrowLeft');
  expect(await told()).toMatch(/^hop 2 of \d+$/);
  await page.getByRole('combobox').selectOption('4');
  await page.getByRole('button', { name: 'Walk' }).click();
  const count = await page.locator('.hop').count();
  await expect.poll(told, { timeout: 60_000 }).toBe(`hop ${count} of ${count}`);
  await expect.poll(() => page.getByRole('button', { name: 'Walk' }).count(), { timeout: 20_000 }).toBe(1);
  expect(faults).toEqual([]);
});

test('without a script every hop is there, and nothing that needs one', async () => {
  const { page } = await opened(false);
  expect(await page.locator('.hop').count()).toBeGreaterThan(10);
  expect(await page.locator('button').count()).toBe(0);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.hop').first().isVisible()).toBe(true);
});
