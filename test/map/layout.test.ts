import { describe, expect, test } from 'vitest';
import { diffNetworks } from '../../src/map/diff.ts';
import { layoutMap } from '../../src/map/layout/map.ts';
import type { Network } from '../../src/map/model.ts';
import { lineText, lineWidth } from '../../src/map/text.ts';
import { MAP_WORDS } from '../../src/map/words.ts';
import { FIXTURES, networkNamed } from './fixture.ts';

const drawn = (network: Network, width: number, more = {}) =>
  layoutMap(network, { width, ...more }).map(lineText);

describe.each([50, 80, 120])('at %i columns', (width) => {
  test.each(['cable-half', 'cable', 'bridge-three', 'way-out', 'three-hosts'] as const)('%s', (name) => {
    expect(`\n${drawn(networkNamed(name), width).join('\n')}\n`).toMatchSnapshot();
  });

  test('what a cell changed, with routes, and what is missing', () => {
    const [before, after] = [networkNamed('way-out-start'), networkNamed('way-out')];
    const goal = [
      { title: 'a route to default in client1', state: 'pass' as const },
      { title: 'a route to default in server1', state: 'fail' as const },
      { title: 'ping 8.8.8.8 in client1', state: 'waiting' as const },
    ];
    const rows = drawn(after, width, { routes: true, changed: diffNetworks(before, after), goal });
    expect(`\n${rows.join('\n')}\n`).toMatchSnapshot();
  });
});

test('a route that has just come is shown without being asked for', () => {
  const [before, after] = [networkNamed('way-out-start'), networkNamed('way-out')];
  const rows = drawn(after, 80, { changed: diffNetworks(before, after) });
  expect(rows.filter((row) => row.includes('→')).join('\n')).toMatch(/\+→ default via.*\+→ default via/);
  expect(drawn(after, 80).filter((row) => row.includes('→'))).toEqual([]);
});

test('what is gone is listed below', () => {
  const [before, after] = [networkNamed('bridge-three'), networkNamed('bridge')];
  const rows = drawn(after, 60, { changed: diffNetworks(before, after) });
  expect(rows.slice(rows.indexOf('Gone'))).toMatchInlineSnapshot(`
    [
      "Gone",
      "- address bridge1 172.30.0.1/24 (host)",
      "- interface client2-veth-br (host)",
      "- route 172.30.0.0/24 dev bridge1 src 172.30.0.1 (host)",
      "- firewall FORWARD policy drop (host)",
      "- namespace client2",
      "",
      "● up   ◐ up, no carrier   ○ down",
    ]
  `);
});

test('in Chinese, and for the Linux console', () => {
  const network = networkNamed('cable-half');
  expect(
    `\n${drawn(network, 60, { words: MAP_WORDS['zh-CN'], glyphs: 'console437' }).join('\n')}\n`,
  ).toMatchSnapshot();
});

test('three hosts with eight namespaces stay whole at 60 columns', () => {
  const text = drawn(networkNamed('three-hosts'), 60).join('\n');
  for (const name of [
    'web',
    'api',
    'db',
    'left',
    'right',
    'pod',
    'empty',
    'router',
    'host',
    'node01',
    'node02',
  ])
    expect(text).toMatch(new RegExp(`[─╨] ${name} `));
  expect(text).not.toContain('…');
});

test.each([20, 44, 60, 80, 119, 200])('no row is wider than %i columns, and frames close', (width) => {
  for (const name of FIXTURES)
    for (const row of layoutMap(networkNamed(name), { width, routes: true })) {
      expect(lineWidth(row)).toBeLessThanOrEqual(width);
      expect(lineText(row)).toMatch(/^([╭│╰].*[╮│╯]|[^╭│╰]*)$/);
    }
});

test('a state is never told by a colour alone', () => {
  expect(drawn(networkNamed('cable-half'), 60).join('\n')).toMatch(/◐ veth-client[\s\S]*○ veth-server/);
});

describe('nothing jumps', () => {
  /** Where each box begins: row and column of its title. */
  const boxes = (network: Network, width: number) =>
    drawn(network, width).flatMap((row, at) =>
      [...row.matchAll(/╭[^╮]*╮/g)].map((found) => `${at}:${found.index} ${found[0]}`),
    );

  test.each([50, 80, 120])('when an interface gets its address and comes up, at %i columns', (width) => {
    expect(boxes(networkNamed('cable-half'), width)).toEqual(boxes(networkNamed('cable'), width));
    expect(drawn(networkNamed('cable'), width)).toHaveLength(drawn(networkNamed('cable-half'), width).length);
  });

  test.each([50, 80, 120])('when changes are pointed out, at %i columns', (width) => {
    const [before, after] = [networkNamed('cable-half'), networkNamed('cable')];
    const plain = drawn(after, width);
    const marked = drawn(after, width, { changed: diffNetworks(before, after) });
    expect(marked.map((row) => row.replaceAll(/[+~]/g, ' '))).toEqual(plain);
    expect(marked).not.toEqual(plain);
  });
});
