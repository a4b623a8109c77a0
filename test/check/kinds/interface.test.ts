import { expect, test } from 'vitest';
import { explainCheck } from '../../../src/check/judge.ts';
import { type Around, checkOf, type Fields, faults, judge, state } from '../judging.ts';
import { missing, ran, recorded, recordedHost, withNetns } from '../recorded.ts';

const client = { in: 'client' };

test.each<[Fields, Around, string]>([
  [{ interface: 'bridge1' }, {}, 'pass'],
  [{ interface: 'veth-client' }, {}, 'fail'],
  [{ interface: 'veth-client', absent: true }, {}, 'pass'],
  [{ interface: 'bridge1', absent: true }, {}, 'fail'],
  [{ interface: 'client-veth', state: 'up', lower_up: true, mtu: 1500, kind: 'veth' }, client, 'pass'],
  [{ interface: 'veth-client', state: 'up' }, client, 'pass'],
  // UP is not carrier.
  [{ interface: 'veth-client', lower_up: true }, client, 'fail'],
  [{ interface: 'apair', state: 'down' }, {}, 'pass'],
  [{ interface: 'lo', kind: 'loopback' }, {}, 'pass'],
  [{ interface: 'bridge1', kind: 'bridge', address: '172.30.0.1/24' }, {}, 'pass'],
  [{ interface: 'spare0', mtu: { lt: 1500 } }, {}, 'pass'],
  [{ interface: 'spare0', address: ['172.17.0.33/16', 'FD00:0::1/64'] }, {}, 'pass'],
  [{ interface: 'spare0', address: ['172.17.0.33/16', '10.0.0.1/8'] }, {}, 'fail'],
  [{ interface: 'spare0', address: '172.17.0.33/24' }, {}, 'fail'],
  [{ interface: 'spare0', address: { matches: '^172' } }, {}, 'pass'],
  [{ interface: 'client-veth-br', mac: '6E:E6:05:EA:58:66' }, {}, 'pass'],
  [{ interface: 'client-veth-br', mac: '6e:e6:05:ea:58:67' }, {}, 'fail'],
  [{ interface: 'client-veth-br', master: 'bridge1' }, {}, 'pass'],
  [{ interface: 'apair', master: 'none' }, {}, 'pass'],
  [{ interface: 'client-veth-br', master: 'none' }, {}, 'fail'],
  [{ interface: 'apair', peer: 'bpair' }, {}, 'pass'],
  [{ interface: 'apair', peer: 'spare0' }, {}, 'fail'],
  [{ interface: 'client-veth', peer: 'client-veth-br' }, client, 'pass'],
  [{ interface: 'client-veth', peer: { name: 'client-veth-br', in: 'host' } }, client, 'pass'],
  [{ interface: 'client-veth', peer: { name: 'client-veth-br', in: '' } }, client, 'pass'],
  [{ interface: 'client-veth', peer: { in: 'server' } }, client, 'fail'],
  [{ interface: 'veth-client', peer: { in: 'server' } }, client, 'pass'],
  [{ interface: 'veth-client', peer: { name: 'veth-server', in: 'nobody' } }, client, 'fail'],
  [{ interface: 'bridge1', peer: 'x' }, {}, 'fail'],
  [{ interface: 'apair', qdisc: 'noop' }, {}, 'pass'],
])('%j %j: %s', (fields, around, wanted) => expect(state(fields, around)).toBe(wanted));

test('field by field, what differs', () => {
  const verdict = judge({ interface: 'spare0', state: 'down', mtu: 1500, master: 'bridge1' });
  expect(verdict.differences).toEqual([
    { field: 'state', expected: 'DOWN', found: 'UP' },
    { field: 'mtu', expected: '1500', found: '1400' },
    { field: 'master', expected: 'bridge1', found: 'none' },
  ]);
  expect(verdict.found).toBe('state is UP, mtu is 1400, master is none');
});

test('an address of the kernel’s own making is no answer to who asks for another', () => {
  const found = (address: unknown) => judge({ interface: 'bridge1', address });
  expect(found('10.9.9.9/24').found).toBe('address is 172.30.0.1/24');
  expect(found({ matches: '^fe80:' }).state).toBe('pass');
  expect(found({ exactly: ['172.30.0.1/24'] }).found).toMatch(/fe80:/);
  expect(judge({ interface: 'client-veth-br', address: '10.9.9.9/24' }).found).toBe('address is none');
  expect(cause({ interface: 'client-veth-br', address: '10.9.9.9/24' })).toBe(
    'client-veth-br has no address but the link-local one that the kernel has given it.',
  );
});

test('what cannot be looked at is broken, for absent and not too', () => {
  for (const ip of [missing(), ran(''), ran('[]\n[]\n[]\n[]\n[]'), undefined]) {
    const observation = withNetns('client', { ip });
    for (const fields of [{ interface: 'x' }, { interface: 'x', absent: true }])
      for (const not of [false, true])
        expect(state(fields, { observation, not, in: 'client' })).toBe('broken');
  }
  expect(judge({ interface: 'x' }, { observation: withNetns('', { ip: missing() }) }).found).toBe(
    'ip is not installed there.',
  );
});

test('a peer in a namespace without a name cannot be told', () => {
  const { namespaces } = recordedHost();
  const observation = recorded({ namespaces: namespaces.filter((each) => each.name !== 'server') });
  expect(state({ interface: 'server-veth-br', peer: 'server-veth' }, { observation })).toBe('broken');
  expect(state({ interface: 'server-veth-br', mtu: 9000, peer: 'server-veth' }, { observation })).toBe(
    'fail',
  );
});

test('refuses what asserts nothing or cannot be', () => {
  expect(faults({ interface: 'a', absent: true, mtu: 1 })).toHaveLength(1);
  expect(faults({ interface: 'a', peer: {} })).toHaveLength(1);
  expect(faults({ interface: 'a', address: '10.0.0.1' })[0]!.message).toContain('10.0.0.1/24');
  expect(faults({ interface: 'a', state: 'UP' })).toHaveLength(1);
  expect(faults({ interface: '' })).toHaveLength(1);
});

const cause = (fields: Fields, around: Around = {}) =>
  explainCheck(checkOf(fields, around), around.observation ?? recorded())?.cause;

test('explains where it is, that it is down, that the other end is', () => {
  expect(cause({ interface: 'veth-client', state: 'up' })).toBe(
    'veth-client exists, but in the namespace client.',
  );
  expect(cause({ interface: 'nothing' })).toBe('There is no interface nothing.');
  expect(cause({ interface: 'apair', state: 'up' })).toBe('apair is DOWN.');
  expect(cause({ interface: 'veth-client', lower_up: true }, client)).toContain(
    'veth-server in the namespace server, is DOWN',
  );
  expect(cause({ interface: 'apair', address: '10.0.0.1/24' })).toBe('apair has no address.');
});
