/**
 * Draws docs/board.png: the board's page in a real browser, on a class that is made up. Run it by hand when the page has
 * changed: node scripts/board-picture.ts [FILE]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { COURSE } from '../test/board/people.ts';
import { fillClass } from '../test/class/web/class.ts';
import { FLAGS } from '../test/class/web/flags.ts';
import { KEY, scriptedHost } from '../test/class/web/scripted-host.ts';
import { buildPage, root } from './bundle.mjs';

const file = process.argv[2] ?? join(root, 'docs', 'board.png');
const folder = mkdtempSync(join(tmpdir(), 'wirebook-board-'));
for (const { path, contents } of await buildPage({ outdir: folder })) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: FLAGS,
});
await using host = await scriptedHost({ course: COURSE, page: folder, title: 'Networks, Thursday' });
try {
  fillClass(host);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    colorScheme: 'light',
  });
  await page.goto(`http://127.0.0.1:${host.port}/board#${encodeURIComponent(KEY)}`);
  await page.getByText('24 learners').waitFor();
  await page.screenshot({ path: file });
  process.stdout.write(`${file}\n`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
