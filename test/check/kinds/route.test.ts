import { expect, test } from 'vitest';
import { explainCheck, needsOf } from '../../../src/check/judge.ts';
import type { ToolResult } from '../../../src/check/observation.ts';
import { needKey } from '../../../src/check/observation.ts';
import { type Around, checkOf, type Fields, faults, judge, state } from '../judging.ts';
import { fixture, missing, ran, recorded, withNetns } from '../recorded.ts';

const client = { in: 'client' };

test.each<[Fields, Around, string]>([
  [{ route: 'default' }, client, 'pass'],
  [{ route: 'default' }, {}, 'fail'],
  [{ route: 'default', absent: true }, {}, 'pass'],
  [{ route: 'default', via: '172.30.0.1', dev: 'client-veth', metric: 0 }, client, 'pass'],
  [{ route: 'default', via: '172.30.0.254', metric: 100 }, client, 'pass'],
  // Gateway and metric are of two different routes.
  [{ route: 'default', via: '172.30.0.1', metric: 100 }, client, 'fail'],
  [{ route: '0.0.0.0/0' }, client, 'pass'],
  [{ route: '::/0' }, client, 'fail'],
  [
    { route: '10.0.0.0/24', dev: 'veth-client', src: '10.0.0.11', scope: 'link', protocol: 'kernel' },
    client,
    'pass',
  ],
  [{ route: '10.0.0.0/25' }, client, 'fail'],
  [{ route: '10.9.0.0/16', type: 'blackhole' }, client, 'pass'],
  [{ route: '10.9.0.0/16', dev: 'client-veth' }, client, 'fail'],
  [{ route: '10.8.0.0/16', type: 'unreachable' }, client, 'pass'],
  [{ route: '10.8.0.0/16', type: 'blackhole' }, client, 'fail'],
  [{ route: '10.7.0.0/16' }, client, 'fail'],
  [{ route: '10.7.0.0/16', table: 100 }, client, 'pass'],
  [{ route: '172.30.0.11', table: 255, type: 'local' }, client, 'pass'],
  [{ route: '10.6.0.0/16', via: '172.30.0.1' }, client, 'pass'],
  [{ route: '10.6.0.0/16', via: '172.30.0.12', dev: 'client-veth' }, client, 'pass'],
  [{ route: '10.6.0.0/16', via: '172.30.0.13' }, client, 'fail'],
  [{ route: 'FE80::/64', dev: 'client-veth' }, client, 'pass'],
])('%j %j: %s', (fields, around, wanted) => expect(state(fields, around)).toBe(wanted));

test('shows the nearest route, else all', () => {
  expect(judge({ route: 'default', via: '172.30.0.2', metric: 100 }, client)).toMatchObject({
    found: 'default via 172.30.0.254 dev client-veth metric 100',
    differences: [{ field: 'via', expected: '172.30.0.2', found: '172.30.0.254' }],
  });
  expect(judge({ route: '10.1.0.0/16' }, { in: 'empty' }).found).toBe('the table main is empty');
  // Of IPv6 nothing could lead there.
  expect(judge({ route: '10.1.0.0/16' }, client).found).not.toContain('::');
  expect(judge({ route: 'fd00::/64' }, client).found).not.toContain('172.30');
});

test('unread routes are broken, for absent and not too', () => {
  const observation = withNetns('client', { ip: ran('[{"ifindex":1,"ifname":"lo","flags":[]}]') });
  for (const fields of [{ route: 'default' }, { route: 'default', absent: true }])
    for (const not of [false, true]) expect(state(fields, { observation, not, in: 'client' })).toBe('broken');
});

/** The kernel's answer put where the check looks for it. */
function asked(fields: Fields, result: ToolResult, around: Around = {}) {
  const check = checkOf(fields, around);
  const probe = needsOf([check], ['host']).find((need) => need.read === 'probe')!;
  return judge(fields, { ...around, observation: { ...recorded(), probes: { [needKey(probe)]: result } } });
}

test('what the kernel would choose', () => {
  const answer = ran(fixture('route-get-gateway.json'));
  const get = { route: '8.8.8.8', get: true };
  expect(asked(get, answer).state).toBe('pass');
  expect(asked({ ...get, via: '10.0.0.1', dev: 'wire-a', src: '10.0.0.11' }, answer).state).toBe('pass');
  expect(asked({ ...get, via: '10.0.0.2' }, answer).state).toBe('fail');
  expect(asked({ ...get, fails: 'unreachable-network' }, answer).state).toBe('fail');
});

test('that the kernel finds no way, and why', () => {
  const refusal = (said: string) => ran('', { exit: 2, stderr: 'RTNETLINK answers: ' + said + '\n' });
  const get = { route: '8.8.8.8', get: true };
  expect(asked({ ...get, fails: 'unreachable-network' }, refusal('Network is unreachable')).state).toBe(
    'pass',
  );
  expect(asked({ ...get, fails: 'unreachable-host' }, refusal('Network is unreachable')).state).toBe('fail');
  expect(asked({ ...get, fails: 'unreachable-host' }, refusal('No route to host')).state).toBe('pass');
  expect(asked({ ...get, fails: 'prohibited' }, refusal('Permission denied')).state).toBe('pass');
  expect(asked({ ...get, fails: 'blackhole' }, refusal('Invalid argument')).state).toBe('pass');
  expect(asked(get, refusal('Network is unreachable'))).toMatchObject({
    state: 'fail',
    found: 'Network is unreachable',
  });
  for (const result of [missing(), refusal('What is this'), ran('junk'), ran('', { exit: 1 })])
    for (const not of [false, true])
      expect(asked({ ...get, fails: 'unreachable-network' }, result, { not }).state).toBe('broken');
});

test('a variable that is no address is not asked for', () => {
  const fields = { route: '$IP', get: true };
  expect(needsOf([checkOf(fields)], ['host'], { IP: '-f' })).toEqual([{ read: 'netns', host: 'host' }]);
  expect(state(fields, { variables: { IP: '-f' } })).toBe('fail');
});

test('refuses what cannot be', () => {
  expect(faults({ route: 'nowhere' })).toHaveLength(1);
  expect(faults({ route: 'default', get: true })).toHaveLength(1);
  expect(faults({ route: 'default', fails: 'prohibited' })).toHaveLength(1);
  expect(faults({ route: '1.1.1.1', get: true, fails: 'prohibited', via: '10.0.0.1' })).toHaveLength(1);
  expect(faults({ route: '1.1.1.1', get: true, metric: 1 })).toHaveLength(1);
  expect(faults({ route: 'default', via: 'eth0' })).toHaveLength(1);
  expect(faults({ route: '$NET', via: '$GATEWAY' })).toEqual([]);
});

test('explains a gateway out of reach and an interface that is down', () => {
  const cause = (fields: Fields, around: Around = {}) =>
    explainCheck(checkOf(fields, around), recorded())?.cause;
  expect(cause({ route: 'default', via: '10.99.0.1' })).toBe(
    'No address here is in one network with the gateway 10.99.0.1.',
  );
  expect(cause({ route: 'default', dev: 'apair' })).toContain('apair is DOWN');
  expect(cause({ route: 'default', dev: 'eth9' })).toBe('There is no interface eth9 here.');
  expect(cause({ route: 'default' }, { in: 'empty' })).toBe('No interface but lo is up here.');
  expect(cause({ route: '10.1.0.0/16' }, client)).toBe('There is no route to 10.1.0.0/16 here.');
  expect(cause({ route: '::/0' }, client)).toBe('There is no route to ::/0 here.');
  expect(cause({ route: 'default', via: '172.30.0.2' }, client)).toMatch(
    /^A route to there is set, but another: default via 172\.30\.0\./,
  );
});
