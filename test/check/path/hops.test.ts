import { expect, test } from 'vitest';
import { isAt, parseHop, type Seen, wayFits } from '../../../src/check/path/hops.ts';

const bridge: Seen = { interface: 'br0', netns: '', host: 'host', ports: ['veth1', 'veth2'] };
const other: Seen = { interface: 'br1', netns: '', host: 'host', ports: ['veth3'] };
const at = (text: string): Seen => {
  if (text === 'br0') return bridge;
  const { interface: name, netns = '', host = 'host' } = parseHop(text)!;
  return { interface: name, netns, host: text.endsWith('on -') ? '' : host };
};
const way = (...hops: string[]) => hops.map(at);
const fits = (wanted: string[], seen: Seen[]) => wayFits(wanted, seen, [bridge, other]);

const BRIDGED = way('eth0 in client1', 'veth1', 'veth2', 'eth0 in client2');
const ROUTED = way('eth0 in client1', 'veth1', 'br0', 'eth0', 'to-0 on -', 'underlay on -');

test('strict: each interface in its order, none left out, none too many', () => {
  expect(fits(['eth0 in client1', 'veth1', 'veth2', 'eth0 in client2'], BRIDGED)).toBe(true);
  expect(fits(['eth0', 'veth1', 'veth2', 'eth0'], BRIDGED)).toBe(true);
  expect(fits(['eth0', 'veth2', 'veth1', 'eth0'], BRIDGED)).toBe(false);
  expect(fits(['eth0', 'veth1', 'eth0'], BRIDGED)).toBe(false);
  expect(fits(['eth0', 'veth1', 'veth2'], BRIDGED)).toBe(false);
  expect(fits(['veth1', 'veth2', 'eth0'], BRIDGED)).toBe(false);
  expect(fits(['eth0 in client2', 'veth1', 'veth2', 'eth0 in client2'], BRIDGED)).toBe(false);
  expect(fits(['eth0 on node01', '...'], BRIDGED)).toBe(false);
});

test('`...` is any number of interfaces, none too', () => {
  expect(fits(['...', 'veth2', '...'], BRIDGED)).toBe(true);
  expect(fits(['eth0', '...', 'eth0 in client2'], BRIDGED)).toBe(true);
  expect(fits(['eth0', '...', 'veth1', '...', 'eth0'], BRIDGED)).toBe(true);
  expect(fits(['...', 'eth0 on host'], BRIDGED)).toBe(false);
});

test('a bridge may show itself beside its ports or not', () => {
  expect(fits(['eth0', 'veth1', 'br0', 'veth2', 'eth0'], BRIDGED)).toBe(true);
  expect(fits(['eth0', 'veth1', 'br1', 'veth2', 'eth0'], BRIDGED)).toBe(false);
  expect(fits(['eth0', 'veth1', 'br0', 'eth0 on host'], ROUTED)).toBe(true);
  expect(fits(['eth0', 'veth1', 'eth0 on host'], ROUTED)).toBe(true);
  expect(fits(['br0', 'eth0', 'veth1', 'eth0 on host'], ROUTED)).toBe(false);
});

test('what joins the hosts need not be named, and may be', () => {
  expect(fits(['...', 'eth0 on host'], ROUTED)).toBe(true);
  expect(fits(['...', 'eth0 on host', 'to-0', '...'], ROUTED)).toBe(true);
});

test('places', () => {
  expect(isAt('client1', { netns: 'client1', host: 'host' })).toBe(true);
  expect(isAt('host', { netns: '', host: 'host' })).toBe(true);
  expect(isAt('host', { netns: 'client1', host: 'host' })).toBe(false);
  expect(isAt('client1 on node01', { netns: 'client1', host: 'host' })).toBe(false);
});
