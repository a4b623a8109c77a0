import { expect, test } from 'vitest';
import { missingNext } from '../../src/session/cell-needs.ts';

test('what is missing comes with what may be done about it', () => {
  const next = missingNext(['wireguard', 'br-netfilter', 'dnsmasq']);
  expect(next).toContain('wireguard: sudo modprobe wireguard');
  expect(next).toContain('br-netfilter: did you mean the feature br_netfilter?');
  expect(next.find((line) => line.startsWith('What is no feature is a program.'))).toContain(
    'vlan_filtering',
  );
  expect(next.at(-1)).toBe('Choose another sandbox: --sandbox NAME');
  expect(missingNext(['veth'])).toEqual([
    'veth: sudo modprobe veth',
    'Choose another sandbox: --sandbox NAME',
  ]);
});
