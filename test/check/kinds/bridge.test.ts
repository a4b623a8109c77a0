import { expect, test } from 'vitest';
import { type Fields, faults, judge, state } from '../judging.ts';
import { missing, ran, withNetns } from '../recorded.ts';

const vlans = ran('[]\n[]\n[{"ifname":"client-veth-br","vlans":[{"vlan":1},{"vlan":10,"vlanEnd":12}]}]');

test.each<[Fields, string]>([
  [{ bridge: 'bridge1' }, 'pass'],
  [{ bridge: 'docker0' }, 'fail'],
  [{ bridge: 'spare0' }, 'fail'],
  [{ bridge: 'bridge1', ports: ['client-veth-br', 'server-veth-br'] }, 'pass'],
  [{ bridge: 'bridge1', ports: ['client-veth-br', 'spare0'] }, 'fail'],
  [{ bridge: 'bridge1', ports: { exactly: ['client-veth-br'] } }, 'fail'],
  [{ bridge: 'bridge1', ports: { length: 2 } }, 'pass'],
  [{ bridge: 'bridge1', stp: false }, 'pass'],
  [{ bridge: 'bridge1', stp: true }, 'fail'],
  [{ bridge: 'bridge1', fdb: 'C2:A0:D6:4E:B1:5D' }, 'pass'],
  [{ bridge: 'bridge1', fdb: ['c2:a0:d6:4e:b1:5d', '52:83:33:6c:06:12'] }, 'pass'],
  // The port's own address was not learnt.
  [{ bridge: 'bridge1', fdb: '8e:1f:cd:12:b2:ff' }, 'fail'],
  [{ bridge: 'bridge1', vlan: { 'client-veth-br': [10] } }, 'broken'],
])('%j: %s', (fields, wanted) => expect(state(fields)).toBe(wanted));

test('a new bridge knows only itself', () => {
  const own = ran(
    '[]\n[{"mac":"6e:e6:05:ea:58:66","ifname":"bridge1","flags":[],"master":"bridge1","state":"permanent"}]\n[',
  );
  const observation = withNetns('', { bridge: own });
  expect(state({ bridge: 'bridge1', fdb: { exactly: [] } }, { observation })).toBe('pass');
});

test('VLANs, where the kernel has them', () => {
  const observation = withNetns('', { bridge: vlans });
  expect(state({ bridge: 'bridge1', vlan: { 'client-veth-br': [1, 11] } }, { observation })).toBe('pass');
  expect(state({ bridge: 'bridge1', vlan: { 'client-veth-br': [13] } }, { observation })).toBe('fail');
  expect(state({ bridge: 'bridge1', vlan: { 'server-veth-br': [1] } }, { observation })).toBe('fail');
});

test('says what is there instead', () => {
  expect(judge({ bridge: 'docker0' }).found).toBe('the bridges are bridge1');
  expect(judge({ bridge: 'spare0' }).found).toBe('spare0 is there, but is veth');
});

test('only what needs bridge(8) is broken without it', () => {
  const observation = withNetns('', { bridge: missing() });
  expect(state({ bridge: 'bridge1', ports: ['client-veth-br'] }, { observation })).toBe('pass');
  for (const not of [false, true])
    expect(state({ bridge: 'bridge1', fdb: 'c2:a0:d6:4e:b1:5d' }, { observation, not })).toBe('broken');
  expect(state({ bridge: 'bridge1' }, { observation: withNetns('', { ip: missing() }), not: true })).toBe(
    'broken',
  );
});

test('empty lists are refused', () => {
  expect(faults({ bridge: 'b', vlan: {} })).toHaveLength(1);
  expect(faults({ bridge: 'b', vlan: { p: [] } })).toHaveLength(1);
  expect(faults({ bridge: 'b', ports: [] })).toHaveLength(1);
});
