/** A class over IPv6: what is printed can be typed, and whoever types it is in. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SOCKET } from '../../../src/board/socket.ts';
import { readBoardAddress } from '../../../src/class/board/connect.ts';
import { isAny, ownAddresses } from '../../../src/class/host/addresses.ts';
import { openNet } from '../../../src/class/host/net.ts';
import { parseAddress } from '../../../src/class/learner/address.ts';
import { bringUpToDate, wirebook } from '../../cli/wirebook.ts';
import { comeIn, holdOffer } from '../offer/a-host.ts';
import { pages } from '../web/browser.ts';
import { CERTIFICATE, Client } from './a-host.ts';
import { startHost } from './command.ts';

const hasSix = Object.values(networkInterfaces()).some((one) =>
  one?.some(({ address }) => address === '::1'),
);

test.each(['::', '0.0.0.0', '0:0:0:0:0:0:0:0'])('%s stands for all addresses', (listen) =>
  expect(isAny(listen)).toBe(true),
);
test.each(['::1', '127.0.0.1', 'fd00::2'])('%s is one', (listen) => expect(isAny(listen)).toBe(false));

describe.skipIf(!hasSix)('over IPv6', () => {
  beforeAll(bringUpToDate, 120_000);
  const web = pages();

  test('a learner and a board come to the addresses that the host has printed', async () => {
    const state = mkdtempSync(join(tmpdir(), 'class-six-'));
    const host = startHost(['--listen', '::1', '--port', '0', '--new'], state);
    try {
      const address = await host.printed(/class join (\[::1\]:\d+) /);
      const code = await host.printed(/class join \S+ (\S+)/);
      const board = await host.printed(/(https:\/\/\[::1\]:\d+\/board#\S+)/);
      const print = await host.printed(/((?:[0-9A-F]{2}:){31}[0-9A-F]{2})/);
      const env = { ...process.env, XDG_STATE_HOME: join(state, 'learner') };
      const joined = await wirebook(
        ['class', 'join', address, code, '--name', 'Ada', '--share', 'nothing', '--plain'],
        {
          env,
        },
      );
      expect(joined.stdout + joined.stderr).toContain('you are in, as Ada');
      await host.printed(/Ada has joined/);
      expect(parseAddress('::1')).toEqual({ host: '::1', port: 8443 });
      expect(readBoardAddress(`${board}/map`)).toEqual(readBoardAddress(board));
      const wrong = await wirebook(
        [
          'class',
          'board',
          board,
          '--plain',
          '--fingerprint',
          print.replace(/^../, (two) => (two === '00' ? '11' : '00')),
        ],
        { env, timeout: 4000 },
      );
      expect(wrong.stdout + wrong.stderr).not.toContain('learners');
      const { port } = readBoardAddress(board);
      const { page, faults } = await web.open(
        port,
        { ignoreHTTPSErrors: true },
        readBoardAddress(board).key,
        'https',
        {
          host: '[::1]',
        },
      );
      await page.getByRole('row', { name: /Ada/ }).waitFor();
      expect(faults.filter((fault) => !/ERR_CERT/.test(fault))).toEqual([]);
    } finally {
      await host.kill('SIGKILL');
      rmSync(state, { recursive: true, force: true });
    }
  });

  test('on all addresses, those of the machine are printed and none that nobody can go to', async () => {
    const state = mkdtempSync(join(tmpdir(), 'class-six-'));
    const host = startHost(['--listen', '::', '--port', '0', '--new'], state);
    try {
      const address = await host.printed(/class join (\S+):\d+ /);
      expect(address).toBe(ownAddresses()[0] ?? '127.0.0.1');
      const port = Number(await host.printed(/class join \S+:(\d+) /));
      // It is listened to in both families.
      for (const own of ['[::1]', '127.0.0.1']) {
        const { page } = await web.open(port, { ignoreHTTPSErrors: true }, '', 'https', { host: own });
        await page.getByText('This page needs the instructor’s key.').waitFor();
      }
    } finally {
      await host.kill('SIGKILL');
      rmSync(state, { recursive: true, force: true });
    }
  });

  test('places of this machine come by IPv4, so that each is one of its own to who counts by addresses', async () => {
    const seen: string[] = [];
    const net = await openNet({
      ...CERTIFICATE,
      port: 0,
      listen: '::1',
      names: [],
      more: { page: () => undefined, path: '/other', open: () => undefined },
      open(_peer, address) {
        seen.push(address);
        return { message: () => undefined, closed: () => undefined };
      },
    });
    expect(net.inside.host).toBe('127.0.0.1');
    for (const localAddress of ['127.77.0.2', '127.77.0.3'])
      (await new Client(net.inside.port, { localAddress }).opened()).close();
    const outside = new WebSocket(`wss://[::1]:${net.port}${SOCKET.path}`, { rejectUnauthorized: false });
    await once(outside, 'open');
    outside.terminate();
    expect(seen).toEqual(['127.77.0.2', '127.77.0.3', '::1']);
    await net.close();
    await expect(new Client(net.inside.port).opened()).rejects.toThrow('ECONNREFUSED');
  });

  test('places: by ssh, and in a browser', async () => {
    await using host = await holdOffer(2, [], '::1');
    const terminal = host.ssh(host.code);
    await comeIn(terminal, 'Lea');
    expect(terminal.text()).toContain('Count');
    await terminal.press('\r', '1+2+3');
    const { page, faults } = await web.open(host.port, { ignoreHTTPSErrors: true }, '', 'https', {
      host: '[::1]',
      path: '/join',
    });
    await page.getByLabel('The class’s code').fill(host.code);
    await page.getByLabel('Your name').fill('Ben');
    await page.getByRole('button', { name: 'Join' }).click();
    await expect
      .poll(() => page.locator('.xterm-rows').innerText(), { timeout: 30_000 })
      .toMatch(/Share.what.your.cells.print/);
    expect(host.said()).toContain('Lea has joined');
    expect(faults.filter((fault) => !/ERR_CERT/.test(fault))).toEqual([]);
  }, 120_000);
});
