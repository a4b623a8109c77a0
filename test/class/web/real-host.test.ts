/** The page and the terminal's line on the real host: TLS, its own certificate, its store; ended and started again. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../../../scripts/bundle.mjs';
import { createLink } from '../../../src/board/link.ts';
import { fittingMap } from '../../../src/board/shown-map.ts';
import { PROTOCOL } from '../../../src/board/socket.ts';
import { connectBoard, lookAtHost, readBoardAddress, readPrint } from '../../../src/class/board/connect.ts';
import { networkNamed } from '../../map/fixture.ts';
import { CERTIFICATE, hold, joined, KEY } from '../host/a-host.ts';
import { pages } from './browser.ts';

const web = pages();
/** The host hands out what the build has made; a checkout in which nobody has built gets it here. */
beforeAll(async () => {
  for (const { path, contents } of await buildPage()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
});

test('the page of a real host: who joins, asks and is answered; the host is started again in between', async () => {
  await using held = await hold();
  const port = held.served.port;
  const { page, faults } = await web.open(port, { ignoreHTTPSErrors: true }, KEY, 'https');
  await page.getByText('Nobody has joined yet.').waitFor();
  const ada = await joined(port, 'Ada <b>Okafor</b>');
  ada.client.say({ type: 'hand', up: true });
  ada.client.say({ type: 'question', id: 'q1', text: 'Why is it down?' });
  await page.getByRole('row', { name: /Ada <b>Okafor<\/b>/ }).waitFor();
  await page.getByRole('heading', { name: 'Hands (1)' }).waitFor();
  await page.getByRole('textbox', { name: 'Answer Ada' }).fill('Both ends must be up.');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  const news = await ada.client.next('news', ({ news }) => news.kind === 'answer');
  expect(news.news).toMatchObject({ question: 'Why is it down?', text: 'Both ends must be up.' });
  await held.again();
  await page.getByText('live', { exact: true }).waitFor();
  await page.getByText('The connection is lost.').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Say' }).click();
  await page.getByRole('textbox', { name: 'Announcement to all' }).fill('Again.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Again.' }).waitFor();
  await page.getByRole('tab', { name: 'Needs you' }).click();
  await page.getByText('answered', { exact: true }).waitFor();
  expect(faults.filter((fault) => !/ERR_CERT|WebSocket/.test(fault))).toEqual([]);
});

test('the map on a real host: shown while somebody presents, and there again after the host was started again', async () => {
  await using held = await hold({
    invitation: (port) => ({ code: 'K7QM4-T9XWB-3HPDT', address: `192.0.2.7:${port}`, places: false }),
  });
  const { port } = held.served;
  const { page, faults } = await web.open(port, { ignoreHTTPSErrors: true }, KEY, 'https', { more: '/map' });
  await page.getByText('Nobody presents just now.').waitFor();
  await page.getByText(`wirebook class join 192.0.2.7:${port} K7QM4-T9XWB-3HPDT`).waitFor();
  const presenter = createLink({
    connect: connectBoard(
      { host: '127.0.0.1', port, key: KEY },
      new X509Certificate(CERTIFICATE.cert).fingerprint256,
    ),
    key: KEY,
    board: 'presenter',
    protocol: PROTOCOL,
    now: () => Date.now(),
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  presenter.show(fittingMap({ lesson: '02-cable', network: networkNamed('cable'), changes: [] }));
  await page.locator('svg text', { hasText: '10.0.0.11/24' }).first().waitFor();
  await held.again();
  await page.getByText('Nobody presents just now.').or(page.locator('svg text').first()).waitFor();
  await page.locator('svg text', { hasText: '10.0.0.11/24' }).first().waitFor();
  presenter.close();
  await page.getByText('Nobody presents just now.').waitFor();
  expect(faults.filter((fault) => !/ERR_CERT|WebSocket/.test(fault))).toEqual([]);
});

describe('a board of the terminal', () => {
  const PRINT = new X509Certificate(CERTIFICATE.cert).fingerprint256;

  function linked(port: number, print: string | undefined, key = KEY) {
    const link = createLink({
      connect: connectBoard({ host: '127.0.0.1', port, key }, print),
      key,
      board: 'terminal',
      protocol: PROTOCOL,
      now: () => Date.now(),
      after(ms, then) {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    });
    const until = (fits: (state: ReturnType<typeof link.getState>) => boolean) =>
      new Promise<void>((resolve) => {
        const stop = link.subscribe(look);
        function look() {
          if (!fits(link.getState())) return;
          stop();
          resolve();
        }
        look();
      });
    return { link, until };
  }

  test('looks at the certificate before it says anything, and knows it again', async () => {
    await using held = await hold();
    const address = { host: '127.0.0.1', port: held.served.port, key: KEY };
    expect(await lookAtHost(address)).toEqual({ print: PRINT, signed: false });
    const { link, until } = linked(address.port, readPrint(PRINT.replaceAll(':', '').toLowerCase()));
    await until(({ connection }) => connection === 'open');
    link.say({ type: 'announced', id: 'a', text: 'Hello.' });
    await until(({ board, unheard }) => unheard === 0 && board?.announcements[0]?.text === 'Hello.');
    link.close();
  });

  test('says its key to no host with another certificate', async () => {
    await using held = await hold();
    for (const print of [PRINT.replace(/^../, (two) => (two === '00' ? '11' : '00')), undefined]) {
      const { link, until } = linked(held.served.port, print);
      await until(({ connection }) => connection === 'lost');
      expect(link.getState().why).toMatch(print ? /Another host answers/ : /self.signed|certificate/i);
      expect(link.getState().board).toBeUndefined();
      link.close();
    }
  });

  test.each([
    ['https://10.0.0.5:8443/board#k_-1', { host: '10.0.0.5', port: 8443, key: 'k_-1' }],
    ['10.0.0.5#k', { host: '10.0.0.5', port: 8443, key: 'k' }],
    ['https://[fe80::1]:9000/board#k', { host: 'fe80::1', port: 9000, key: 'k' }],
    ['https://class.example.org/board#k', { host: 'class.example.org', port: 443, key: 'k' }],
  ])('reads %s', (text, address) => expect(readBoardAddress(text)).toEqual(address));

  test.each(['https://10.0.0.5:8443/board', 'http://10.0.0.5/board#k', 'no address#k'])(
    'refuses %s',
    (text) => expect(() => readBoardAddress(text)).toThrow(/not the address of a board/),
  );
});
