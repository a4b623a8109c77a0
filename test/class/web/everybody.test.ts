/** The page for everybody: by keys alone, heard, on a phone, in the dark, with two thousand learners, with a hostile one. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { CONTENT_POLICY, createPage } from '../../../src/class/web/answer.ts';
import { COURSE } from '../../board/people.ts';
import { pages } from './browser.ts';
import { cellOf, fillClass, NO_ADDRESS, walk } from './class.ts';
import { scriptedHost } from './scripted-host.ts';

const web = pages();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function setUp(options: Parameters<typeof web.open>[1] = {}, fill = fillClass) {
  const host = await scriptedHost({ course: COURSE, page: web.folder });
  fill(host);
  const opened = await web.open(host.port, options);
  await opened.page.getByRole('heading', { level: 1, name: 'Networks, Thursday' }).waitFor();
  return { host, ...opened, [Symbol.asyncDispose]: host.stop };
}

/** What axe finds wrong, in a word each. Its script is put in past the page's own policy, which the page itself cannot. */
async function faultsFoundByAxe(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`);
}

const focused = (page: Page) =>
  page.evaluate<string>(
    `(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '').trim()`,
  );

describe('for who hears it or cannot see well', () => {
  test.each([
    ['light', 'en-GB', 1440],
    ['dark', 'en-GB', 1440],
    ['light', 'en-GB', 390],
    ['dark', 'zh-CN', 390],
  ] as const)(
    'axe finds nothing wrong: %s, %s, %i wide',
    { timeout: 90_000 },
    async (colorScheme, locale, width) => {
      await using setting = await setUp({ colorScheme, locale, viewport: { width, height: 900 } });
      const { page, host } = setting;
      host.tell('l2', { type: 'question', id: 'q2', text: '?' });
      for (const tab of (await page.getByRole('tab').all()).slice(width > 900 ? 0 : 1)) {
        if (!(await tab.isVisible())) continue;
        await tab.click();
        expect(await faultsFoundByAxe(page)).toEqual([]);
      }
      if (width < 900) return;
      await page.getByRole('row').getByRole('button', { name: 'Dana Levi' }).click();
      expect(await faultsFoundByAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      for (const mode of ['Projector', 'Presenter']) {
        await page.getByRole('button', { name: mode }).click();
        expect(await faultsFoundByAxe(page)).toEqual([]);
      }
    },
  );

  test('the table says how many rows it has, which row this is, and what each mark means', async () => {
    await using setting = await setUp();
    const { page } = setting;
    const table = page.getByRole('table');
    expect(await table.getAttribute('aria-rowcount')).toBe('25');
    const row = page.getByRole('row', { name: /Dana Levi/ });
    expect(await row.getAttribute('aria-rowindex')).toBe('2');
    expect(
      await row
        .getByRole('img')
        .evaluateAll((all: unknown[]) => all.map((one) => (one as { ariaLabel: string }).ariaLabel)),
    ).toEqual(['hand raised', 'done', 'done', 'failing', 'not begun']);
    await page.getByRole('columnheader', { name: 'Step 3: Addresses' }).waitFor();
  });

  test('what has newly come is told once for all of it, not one by one', async () => {
    await using setting = await setUp();
    const { page, host } = setting;
    await page.evaluate(
      `window.told = []; new MutationObserver(() => { const text = document.getElementById('news').textContent; if (text) told.push(text); }).observe(document.getElementById('news'), { childList: true, characterData: true, subtree: true })`,
    );
    for (const id of ['l0', 'l1', 'l2', 'l4', 'l6']) host.tell(id, { type: 'hand', up: true });
    host.tell('l2', { type: 'question', id: 'q9', text: 'May I?' });
    const told = () => page.evaluate<string[]>('told');
    await expect.poll(async () => (await told()).join(), { timeout: 20_000 }).toContain('1 new question');
    // Once; twice where it was told just between two of them.
    expect((await told()).length).toBeLessThan(3);
    const hands = (await told()).flatMap((text) => /(\d+) hands?/.exec(text)?.[1] ?? []);
    expect(hands.reduce((sum, one) => sum + Number(one), 0)).toBe(5);
  });
});

test('all of it by keys alone', async () => {
  await using setting = await setUp();
  const { page, host } = setting;
  const tabTo = async (fits: RegExp) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab');
      if (fits.test(await focused(page))) return;
    }
    throw new Error(`Tab never came to ${fits}; it is at ${await focused(page)}`);
  };
  // Into the table by one stop, through it by arrows, and over all of it to the next stop.
  await tabTo(/^Learner\. Enter opens/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('Dana Levi');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('Lin Wei');
  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toBe('Gil Moreau');
  await page.keyboard.press('Home');
  await expect.poll(() => focused(page)).toBe('Dana Levi');
  // A row that moves keeps the focus.
  host.tell('l3', { type: 'hand', up: false });
  await expect.poll(() => page.locator('tbody .who').first().textContent()).toBe('Lin Wei');
  expect(await focused(page)).toBe('Dana Levi');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(/^Look|^$/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(() => focused(page)).toBe('Dana Levi');
  await tabTo(/^Needs you/);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tab', { name: 'Run', selected: true }).waitFor();
  await page.keyboard.press('ArrowRight');
  await tabTo(/^$/);
  await page.keyboard.type('Five minutes left.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => host.said.at(-1)).toMatchObject({ type: 'announced', text: 'Five minutes left.' });
});

test.each([360, 390, 768])(
  'at %i wide nothing stands out at the side, and fingers find what they press',
  async (width) => {
    await using setting = await setUp({ viewport: { width, height: 800 }, hasTouch: true });
    const { page } = setting;
    for (const name of ['Board', 'Needs you', 'Run', 'Say']) {
      await page.getByRole('tab', { name }).click();
      const { inner, all } = await page.evaluate<{ inner: number; all: number }>(
        '({ inner: innerWidth, all: document.documentElement.scrollWidth })',
      );
      expect(all, name).toBeLessThanOrEqual(inner);
    }
    await page.getByRole('tab', { name: 'Board' }).click();
    const small = await page.evaluate<string[]>(
      `[...document.querySelectorAll('button, select, input')].filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80))`,
    );
    expect(small).toEqual([]);
    await page.getByRole('button', { name: 'Lin Wei' }).tap();
    await page.getByRole('dialog').getByText('hand up').waitFor();
  },
);

test('light and dark follow the system, or what was chosen', async () => {
  await using setting = await setUp({ colorScheme: 'dark' });
  const { page } = setting;
  const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
  expect(await ground()).toBe('rgb(15, 18, 22)');
  await page.getByLabel('Colours').selectOption('light');
  await expect.poll(ground).toBe('rgb(245, 246, 248)');
});

describe('two thousand learners', () => {
  const many: typeof fillClass = (host) => {
    for (let at = 0; at < 2000; at++) {
      host.join(`p${at}`, `Learner number ${at}`);
      walk(host, `p${at}`, COURSE, '02-cable', at % 7);
      if (at % 7 === 4)
        host.tell(`p${at}`, cellOf('02-cable', 'address', 'failed', NO_ADDRESS, 3), Date.now() - 5 * 60_000);
    }
  };

  test('only those in sight are in the document, wherever one scrolls to', async () => {
    await using setting = await setUp({}, many);
    const { page, faults } = setting;
    await page.getByText('2000 learners').waitFor();
    const rows = page.locator('tbody tr[aria-rowindex]');
    expect(await rows.count()).toBeLessThan(60);
    await page.getByLabel('Sort by').selectOption('name');
    await page.evaluate("document.querySelector('.scroll').scrollTop = 1e6");
    await page.getByRole('button', { name: 'Learner number 1999', exact: true }).waitFor();
    expect(await rows.count()).toBeLessThan(60);
    await page.locator('.scroll').focus();
    await page.keyboard.press('Home');
    await expect.poll(() => focused(page)).toBe('Learner number 0');
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toBe('Learner number 1999');
    expect(faults).toEqual([]);
  });

  test('a change of all of them is drawn in less time than there is between two changes', async () => {
    await using setting = await setUp({}, many);
    const { page, host } = setting;
    await page.getByText('2000 learners').waitFor();
    await page.evaluate(
      `window.longest = 0; new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); }).observe({ entryTypes: ['longtask'] })`,
    );
    for (let round = 0; round < 5; round++) {
      for (let at = 0; at < 2000; at++)
        host.tell(`p${at}`, cellOf('02-cable', 'ping', round % 2 ? 'passed' : 'running'));
      await page
        .getByText(/1?\d? ?/)
        .first()
        .waitFor();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    host.tell('p7', { type: 'hand', up: true });
    await page.getByRole('heading', { name: 'Hands (1)' }).waitFor();
    // Two thousand rows in one message: parsed, folded and drawn. Shared machines are slow: a page that froze would be far above.
    expect(await page.evaluate('longest')).toBeLessThan(1000);
  });
});

describe('a hostile learner', () => {
  const EVIL = [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '"><svg onload=alert(1)>',
    "javascript:alert('x')",
    '{{constructor.constructor("alert(1)")()}}',
    '\u202Egpj.exe',
  ];

  test('gets no markup onto the page, by name, question, check, output or poll', async () => {
    const shared = { 'e0/02-cable/make': { text: EVIL[0]!, output: `${EVIL[1]} ${EVIL[2]}` } };
    await using host = await scriptedHost({ course: COURSE, page: web.folder, title: EVIL[1]!, shared });
    for (const [at, evil] of EVIL.entries()) {
      const id = `e${at}`;
      host.join(id, evil, { consent: { progress: true, outputs: true, transcript: false } });
      walk(host, id, COURSE, '02-cable', 2);
      host.tell(
        id,
        cellOf('02-cable', 'cable', 'failed', [
          { check: evil, kind: evil, state: 'fail', title: evil, because: evil },
        ]),
        Date.now() - 300_000,
      );
      host.tell(id, { type: 'question', id: evil, text: evil });
      host.tell(id, { type: 'hand', up: true });
    }
    const { page, faults } = await web.open(host.port);
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await page.getByRole('button', { name: EVIL[0], exact: true }).first().click();
    await page.getByRole('button', { name: 'Look: cell 1', exact: true }).click();
    await page.getByRole('region', { name: 'Printed' }).waitFor();
    const shown = await page.getByRole('region', { name: 'Printed' }).textContent();
    expect(shown).toBe(`${EVIL[1]} ${EVIL[2]}`);
    expect(
      await page.evaluate(
        'document.querySelectorAll("#page img, #page svg, #page script, #page iframe").length',
      ),
    ).toBe(0);
    expect(dialogs).toBe(0);
    expect(faults).toEqual([]);
  });

  test('could do nothing even with a hole: the policy refuses script and markup of strings', async () => {
    await using setting = await setUp();
    const { page } = setting;
    const refused = await page.evaluate<string[]>(`(() => {
      const refused = [];
      const attempt = (name, what) => { try { what(); } catch { refused.push(name); } };
      attempt('innerHTML', () => { document.body.innerHTML = '<b>x</b>'; });
      attempt('write', () => document.write('<b>x</b>'));
      attempt('parse', () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'));
      attempt('policy', () => trustedTypes.createPolicy('mine', { createHTML: (text) => text }));
      return refused;
    })()`);
    expect(refused).toEqual(['innerHTML', 'write', 'parse', 'policy']);
    const ran = await page.evaluate(`new Promise((resolve) => {
      const script = document.createElement('script');
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => resolve(violatedDirective), { once: true });
      try { script.text = 'window.ran = 1'; document.body.append(script); } catch { resolve('refused'); }
      setTimeout(() => resolve(window.ran ? 'ran' : 'silent'), 1000);
    })`);
    expect(['refused', 'script-src-elem', 'require-trusted-types-for', 'script-src']).toContain(ran);
  });
});

describe('what the host hands out', () => {
  test('is small, under a strict policy, compressed, and answered in a line when it is the same', () => {
    const answer = createPage(web.folder);
    let total = 0;
    for (const path of ['/board', '/board/board.js', '/board/board.css']) {
      const given = answer({ path, acceptEncoding: 'gzip, deflate' })!;
      expect(given.status).toBe(200);
      expect(given.headers).toMatchObject({
        'content-encoding': 'gzip',
        'content-security-policy': CONTENT_POLICY,
        'x-content-type-options': 'nosniff',
      });
      total += given.body.length;
      const again = answer({ path, ifNoneMatch: given.headers.etag })!;
      expect([again.status, again.body.length]).toEqual([304, 0]);
      expect(answer({ path })!.headers).not.toHaveProperty('content-encoding');
      expect(String(answer({ path })!.body)).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    }
    expect(total).toBeLessThan(40_000);
    expect(answer({ path: '/board/said.js', acceptEncoding: 'gzip' })!.body.length).toBeLessThan(30_000);
    expect(CONTENT_POLICY).not.toContain('unsafe');
  });

  test('is nothing else', () => {
    const answer = createPage(web.folder);
    for (const path of [
      '/',
      '/board/x',
      '/board/../cli.js',
      '/board/board.js.map',
      '/__proto__',
      '/constructor',
    ])
      expect(answer({ path })).toBeUndefined();
    expect(answer({ path: '/board/' })).toMatchObject({ status: 308, headers: { location: '/board' } });
    expect(createPage('/nonexistent')({ path: '/board' })).toMatchObject({ status: 503 });
  });
});
