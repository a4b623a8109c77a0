import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contains,
  formatAddress,
  formatPrefix,
  network,
  parseAddress,
  parsePrefix,
  sameAddress,
  sameMac,
  samePrefix,
} from '../../src/lib/addresses.ts';

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '01.2.3.4',
  '1.2.3.4/24',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  'g::',
  'fe80::1%eth0',
  '1.2.3.4::',
  '12345::',
])('%s is no address', (text) => expect(parseAddress(text)).toBeUndefined());

test.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '/8'])(
  '%s is no prefix',
  (text) => expect(parsePrefix(text)).toBeUndefined(),
);

test.each([
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['::1', '::1'],
  ['fe80:0::1', 'fe80::1'],
  ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ['10.0.0.1', '10.0.0.1'],
])('%s is written %s', (text, canonical) => expect(formatAddress(parseAddress(text)!)).toBe(canonical));

test('networks', () => {
  expect(formatPrefix(network(parsePrefix('10.0.0.11/24')!))).toBe('10.0.0.0/24');
  expect(formatPrefix(network(parsePrefix('fd00::1/64')!))).toBe('fd00::/64');
  expect(formatPrefix(network(parsePrefix('10.0.0.11/0')!))).toBe('0.0.0.0/0');
  const inside = (outer: string, inner: string) => contains(parsePrefix(outer)!, parseAddress(inner)!);
  expect(inside('10.0.0.0/24', '10.0.0.255')).toBe(true);
  expect(inside('10.0.0.0/24', '10.0.1.0')).toBe(false);
  expect(inside('0.0.0.0/0', '::1')).toBe(false);
  expect(contains(parsePrefix('10.0.0.0/24')!, parsePrefix('10.0.0.0/23')!)).toBe(false);
});

test('spellings', () => {
  expect(sameAddress('fe80::1', 'FE80:0:0::1')).toBe(true);
  expect(sameAddress('x', 'x')).toBe(false);
  expect(sameAddress('0.0.0.1', '::1')).toBe(false);
  expect(samePrefix('10.0.0.1', '10.0.0.1/32')).toBe(true);
  expect(samePrefix('10.0.0.1/24', '10.0.0.1/32')).toBe(false);
  expect(sameMac('02-00-00-00-00-AB', '02:00:00:00:00:ab')).toBe(true);
  expect(sameMac('02', '02')).toBe(false);
});

test('agrees with Node on what is an address, and reads what it writes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
      const address = parseAddress(text);
      const plain = text.trim();
      expect(address?.family ?? 0).toBe(plain.includes('%') ? 0 : isIP(plain));
      if (address) expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
  );
});
