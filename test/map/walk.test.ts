import { expect, test } from 'vitest';
import { layoutMap } from '../../src/map/layout/map.ts';
import type { Network } from '../../src/map/model.ts';
import { lineText } from '../../src/map/text.ts';
import { hopsOf } from '../../src/map/walk.ts';
import { recorded } from '../trace/recorded.ts';

test('hops: where the packet is, what was decided there, how it ended', () => {
  const hops = hopsOf(recorded('dropped'));
  expect(hops.map(({ space, interface: name, tone }) => `${space} ${name} ${tone}`)).toEqual([
    'host/client1 eth0 seen',
    'host/ veth1 seen',
    'host/ br0 seen',
    'host/ br0 decided',
    'host/ br0 bad',
    'host/ br0 bad',
  ]);
  expect(hops.at(-1)!.says.join('')).toMatch(/^dropped in host at forward/);
});

test('hops: the route that was chosen, where it was, and what bears it out', () => {
  const hops = hopsOf(recorded('routers')).filter(({ says }) => says[0] === 'route');
  expect(hops.map(({ space, interface: name, tone }) => `${space} ${name} ${tone}`).slice(0, 4)).toEqual([
    'host/a eth0 decided',
    'host/r1 lan decided',
    'host/r2 wan decided',
    'host/b eth0 decided',
  ]);
  expect(hops[1]!.says.join('')).toBe(
    'route  10.2.0.0/24 via 10.9.0.2 dev wan   ✓ it left by wan, for the MAC of 10.9.0.2',
  );
  expect(
    hopsOf(recorded('blackhole'))
      .find(({ tone }) => tone === 'bad')!
      .says.join(''),
  ).toContain('blackhole 10.66.0.0/16');
});

test('the map points at the interface', () => {
  const space = (key: string, name: string) => ({
    key,
    host: 'host',
    names: [name],
    inode: key,
    processes: [],
    interfaces: [{ name: 'eth9', index: 2, state: 'up' as const, addresses: ['10.0.0.1/24'] }],
    routes: [],
    marks: [],
  });
  const network: Network = {
    hosts: [{ name: 'host', spaces: [space('host/', ''), space('host/a', 'a')] }],
    cables: [],
  };
  const at = (hop?: { space: string; interface?: string }) =>
    layoutMap(network, { width: 60, ...(hop ? { hop } : {}) })
      .map(lineText)
      .filter((line) => line.includes('▶'));
  expect(at()).toEqual([]);
  expect(at({ space: 'host/a', interface: 'eth9' })).toHaveLength(1);
  expect(at({ space: 'host/a', interface: 'eth9' })[0]).toMatch(/▶● eth9/);
  expect(at({ space: 'host/b', interface: 'eth9' })).toEqual([]);
});
