/** What is presented: boards that ask are shown it, nobody else; it is kept nowhere, and gone with its presenter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/board/limits.ts';
import { createLink } from '../../../src/board/link.ts';
import { fittingMap, type ShownMap } from '../../../src/board/shown-map.ts';
import { PROTOCOL } from '../../../src/board/socket.ts';
import { SHOWN_EVERY_MS, Shown } from '../../../src/class/host/shown.ts';
import { SHOWN_LOST_MS, type ShownThere } from '../../../src/class/log/contract.ts';
import type { Network } from '../../../src/map/model.ts';
import { networkNamed } from '../../map/fixture.ts';
import { Board, connected, hold, instructor, joined, KEY } from './a-host.ts';

const mapOf = (network: Network = networkNamed('cable')): ShownMap =>
  fittingMap({ lesson: '02-cable', network, changes: [] });

async function watching(port: number, name: string) {
  const { client } = await Board.open(port, name);
  client.send({ type: 'watch', on: true });
  return { client, shown: async () => (await client.next('shown')).map };
}

test('who asks is shown what is presented, as it changes, until the presenter is gone; and it is not in the log', async () => {
  await using held = await hold();
  const { port } = held.served;
  const early = await watching(port, 'early');
  expect(await early.shown()).toBeUndefined();
  const { client: presenter } = await Board.open(port, 'presenter');
  presenter.send({ type: 'show', map: mapOf() });
  expect(await early.shown()).toEqual(JSON.parse(JSON.stringify(mapOf())));
  const late = await watching(port, 'late');
  expect((await late.shown())?.network?.hosts[0]?.spaces.length).toBe(3);
  presenter.send({ type: 'show', map: mapOf(networkNamed('bridge')) });
  await late.client.next('shown', ({ map }) => JSON.stringify(map).includes('bridge1'));
  late.client.send({ type: 'watch', on: false });
  presenter.close();
  await early.client.next('shown', ({ map }) => map === undefined);
  // Each had asked for as long as it did.
  expect(late.client.messages.filter(({ type }) => type === 'shown')).toHaveLength(2);
  await held.served.close();
  expect(readFileSync(join(held.folder, 'log'), 'utf8')).not.toContain('bridge1');
});

test('of two who present the newer is shown, and then the one that is left', async () => {
  await using held = await hold();
  const { port } = held.served;
  const board = await watching(port, 'board');
  const [a, b] = [(await Board.open(port, 'a')).client, (await Board.open(port, 'b')).client];
  a.send({ type: 'show', map: { lesson: 'of-a', changes: [] } });
  await board.client.next('shown', ({ map }) => map?.lesson === 'of-a');
  b.send({ type: 'show', map: { lesson: 'of-b', changes: [] } });
  await board.client.next('shown', ({ map }) => map?.lesson === 'of-b');
  b.send({ type: 'show' });
  await board.client.next('shown', ({ map }) => map?.lesson === 'of-a');
});

test('learners can neither show nor watch; what is no map, or has texts without end, is refused', async () => {
  await using held = await hold();
  const { port } = held.served;
  const board = await watching(port, 'board');
  for (const message of [
    { type: 'show', map: mapOf() },
    { type: 'watch', on: true },
  ]) {
    const { client } = await joined(port, `Ada ${message.type}`);
    client.send(message);
    expect(await client.refused()).toBe('malformed');
  }
  const long = 'x'.repeat(LIMITS.title + 1);
  for (const map of [
    { lesson: 'l', changes: [], html: '<b>' },
    { lesson: 'l', changes: [], failure: long },
    {
      lesson: 'l',
      changes: Array.from({ length: 513 }, () => ({ mark: 'added', what: 'host', host: 'h', space: '' })),
    },
    { lesson: 'l', changes: [], network: { hosts: 'all', cables: [] } },
  ]) {
    const { client } = await Board.open(port, 'hostile');
    client.send({ type: 'show', map });
    expect(await client.refused()).toBe('malformed');
  }
  const { client } = await Board.open(port, 'large');
  client.raw(JSON.stringify({ type: 'show', map: mapOf(), more: 'x'.repeat(LIMITS.messageBytes) }));
  await client.closed;
  expect(board.client.messages.filter(({ type }) => type === 'shown')).toHaveLength(1);
});

test('what steers a terminal is taken out before anybody is shown it', async () => {
  await using held = await hold();
  const { port } = held.served;
  const board = await watching(port, 'board');
  const { client } = await Board.open(port, 'presenter');
  const name = '\x1b]0;owned\x07\x1b[31mveth\u202e';
  client.send({ type: 'show', map: { lesson: 'l', changes: [], failure: name } });
  const { map } = await board.client.next('shown', (one) => one.map !== undefined);
  expect(map?.failure).toBe('veth\ufffd');
});

test('however often it changes, boards are told twice a second, and the last of it', async () => {
  await using held = await hold();
  const { port } = held.served;
  const board = await watching(port, 'board');
  const { client } = await Board.open(port, 'presenter');
  const began = performance.now();
  for (let n = 1; n <= 100; n++) client.send({ type: 'show', map: { lesson: `${n}`, changes: [] } });
  await board.client.next('shown', ({ map }) => map?.lesson === '100');
  const most = Math.ceil((performance.now() - began) / SHOWN_EVERY_MS) + 2;
  expect(board.client.messages.filter(({ type }) => type === 'shown').length).toBeLessThanOrEqual(most);
});

test('a network of any size fits: without its routes, or not at all', () => {
  const cable = networkNamed('cable');
  const [host] = cable.hosts;
  const space = host!.spaces[0]!;
  const many = (spaces: number, routes: number): Network => ({
    cables: [],
    hosts: [
      {
        name: 'host',
        spaces: Array.from({ length: spaces }, (_, n) => ({
          ...space,
          key: `host/${n}`,
          routes: Array.from({ length: routes }, () => space.routes[0]!),
        })),
      },
    ],
  });
  const size = (map: ShownMap) => JSON.stringify(map).length;
  expect(mapOf().network?.hosts[0]?.spaces[0]).not.toHaveProperty('mac');
  const routed = mapOf(many(30, 40));
  expect(routed.network?.hosts[0]?.spaces).toHaveLength(30);
  expect(routed.network?.hosts[0]?.spaces[0]?.routes).toEqual([]);
  expect(size(routed)).toBeLessThan(LIMITS.mapBytes);
  expect(mapOf(many(500, 1))).toEqual({ lesson: '02-cable', changes: [], tooLarge: true });
});

test('a board that does not read is not sent one after the other', () => {
  const sent: string[] = [];
  const peer = {
    buffered: 0,
    send: (text: string) => void sent.push(text),
    close() {},
    cut() {},
    pause() {},
    resume() {},
  };
  const shown = new Shown({ host: 'a', now: () => Date.now(), share: () => undefined });
  shown.watch(peer);
  peer.buffered = 1024 * 1024;
  shown.show({}, { lesson: 'l', changes: [] });
  shown.tell();
  expect(sent).toHaveLength(1);
  peer.buffered = 0;
  shown.tell();
  expect(sent).toHaveLength(2);
  shown.tell();
  expect(sent).toHaveLength(2);
});

test('hosts tell one another; of one that is gone nothing is shown after a while', () => {
  let now = 0;
  const told: ShownThere[] = [];
  const sent: { map?: ShownMap }[] = [];
  const peer = {
    buffered: 0,
    send: (text: string) => void sent.push(JSON.parse(text)),
    close() {},
    cut() {},
    pause() {},
    resume() {},
  };
  const presenter = {};
  const a = new Shown({ host: 'a', now: () => now, share: (one) => void told.push(one) });
  a.show(presenter, { lesson: 'l', changes: [] });
  a.tell();
  const b = new Shown({ host: 'b', now: () => now, share: () => undefined });
  b.watch(peer);
  b.told(told[0]!);
  b.tell();
  expect(sent.at(-1)?.map?.lesson).toBe('l');
  a.close();
  expect(told.at(-1)).toEqual({ host: 'a', at: now });
  // It could not say so any more.
  now += SHOWN_LOST_MS + 1;
  b.beat();
  const fresh = { ...peer, send: (text: string) => void sent.push(JSON.parse(text)) };
  b.watch(fresh);
  expect(sent.at(-1)).toEqual({ type: 'shown' });
});

test('a presenter whose connection was cut shows it again by itself; who no longer watches is told nothing', async () => {
  await using held = await hold();
  const { port } = held.served;
  const linkOf = (board: string) =>
    createLink({
      connect: (on) => {
        const opening = connected(port, instructor(KEY, board));
        let gone = false;
        void opening.then((client) => {
          client.socket.on('message', (data) => on.message(String(data)));
          client.socket.on('close', () => on.closed());
          if (gone) client.close();
        });
        cuts.set(board, () => void opening.then((client) => client.close()));
        return {
          send: (text) => void opening.then((client) => client.raw(text)),
          close: () => {
            gone = true;
            void opening.then((client) => client.close());
          },
        };
      },
      key: KEY,
      board,
      protocol: PROTOCOL,
      now: () => Date.now(),
      after(ms, then) {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    });
  const cuts = new Map<string, () => void>();
  const [presenter, board] = [linkOf('presenter'), linkOf('board')];
  board.watch(true);
  presenter.show(mapOf());
  const lesson = () => board.getState().shown?.map?.lesson;
  await expect.poll(lesson).toBe('02-cable');
  cuts.get('presenter')!();
  await expect.poll(() => board.getState().shown).toEqual({});
  await expect.poll(lesson, { timeout: 10_000 }).toBe('02-cable');
  board.watch(false);
  expect(board.getState().shown).toBeUndefined();
  presenter.close();
  board.close();
});
