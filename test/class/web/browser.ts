/** The page in a real Chromium without a head, on the page as the build makes it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { buildPage } from '../../../scripts/bundle.mjs';
import { FLAGS } from './flags.ts';
import { KEY } from './scripted-host.ts';

export interface Opened {
  page: Page;
  /** Errors of the page and of its policy. */
  faults: string[];
}

/** Builds the page once a file of tests, and keeps one browser. */
export function pages() {
  let browser: Browser;
  // A browser is several programs that want the processor at once; on a busy machine each step takes its time.
  vi.setConfig({ testTimeout: 120_000 });
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-page-'));
  beforeAll(async () => {
    for (const { path, contents } of await buildPage({ outdir: folder })) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
    }
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: FLAGS,
    });
  });
  // A page that stays open goes on drawing, and asking for a host that is gone.
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    async open(
      port: number,
      options: BrowserContextOptions = {},
      key = KEY,
      scheme = 'http',
      /** What stands after the key, and where else the page is. */
      { more = '', host = '127.0.0.1', path = '/board' } = {},
    ): Promise<Opened> {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-GB',
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(40_000);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/ERR_CONNECTION_REFUSED|WebSocket connection/.test(message.text()))
          faults.push(message.text());
      });
      await page.goto(
        `${scheme}://${host}:${port}${path}${key === '' ? '' : `#${encodeURIComponent(key)}${more}`}`,
      );
      return { page, faults };
    },
  };
}
