import { describe, expect, test } from 'vitest';
import { explainCheck, explainNeedsOf, judgeCheck, needsOf, type Variables } from '../../src/check/judge.ts';
import { checkOf, judge, state } from './judging.ts';
import { missing, recorded, withNetns } from './recorded.ts';

describe('not', () => {
  const up = { interface: 'bridge1', state: 'up' };

  test('turns pass and fail round, and says so', () => {
    expect(judge(up, { not: true })).toMatchObject({
      state: 'fail',
      expected: 'not so: interface bridge1 on host is UP',
      title: 'not so: interface bridge1 on host is UP',
      differences: [],
    });
    expect(state({ interface: 'bridge1', state: 'down' }, { not: true })).toBe('pass');
  });

  test('never turns broken into pass', () => {
    expect(state(up, { not: true, observation: withNetns('', { ip: missing() }) })).toBe('broken');
    expect(state(up, { not: true, on: 'node01' })).toBe('broken');
    expect(state(up, { not: true, observation: recorded({ failure: 'it is off' }) })).toBe('broken');
  });

  test('does not hold in a namespace that is not there', () => {
    for (const not of [false, true])
      expect(judge({ interface: 'x', absent: true }, { in: 'nobody', not })).toMatchObject({
        state: 'fail',
        found: 'There is no network namespace nobody on host; there is client, server, empty.',
      });
  });
});

test('a list of namespaces that was not read is broken', () => {
  expect(state({ interface: 'x' }, { in: 'client', observation: recorded({ namespaces: [] }) })).toBe(
    'broken',
  );
});

describe('variables', () => {
  const entry = { interface: 'spare0', address: '$IP/16' };

  test('are put in', () => {
    expect(judge(entry, { variables: { IP: '172.17.0.33' } })).toMatchObject({
      state: 'pass',
      title: 'interface spare0 on host has the address 172.17.0.33/16',
    });
  });

  test('an unset or empty one is a failure, whichever way it is asked', () => {
    for (const not of [false, true]) {
      expect(judge(entry, { not })).toMatchObject({
        state: 'fail',
        found: 'the cells’ shell has no variable IP',
      });
      expect(judge(entry, { not, variables: { IP: null } }).state).toBe('fail');
      expect(judge(entry, { not, variables: { IP: ' ' } })).toMatchObject({
        state: 'fail',
        found: 'the variable IP of the cells’ shell is empty',
      });
    }
    expect(explainCheck(checkOf(entry), recorded())?.cause).toBe('The cells’ shell has no variable IP.');
  });

  test('a learner’s value is never a pattern', () => {
    const variables = { X: '/.*/' };
    expect(state({ interface: 'bridge1', address: '$X' }, { variables })).toBe('fail');
    expect(state({ interface: 'bridge1', mac: { matches: '^$X$' } }, { variables: { X: '.*' } })).toBe(
      'fail',
    );
    expect(state({ process: '/$X/' }, { variables: { X: '.*' } })).toBe('fail');
    expect(state({ process: '$X' }, { variables })).toBe('fail');
  });
});

test('needs of several checks, each once', () => {
  const checks = [
    checkOf({ interface: 'a' }),
    checkOf({ route: 'default' }, { in: 'client' }),
    checkOf({ interface: 'b' }, { on: 'node01' }),
    checkOf({ sysctl: 'net.ipv4.ip_forward', value: 1 }),
    checkOf({ exit: 0 }),
    checkOf({ file: '/$NAME' }),
  ];
  expect(needsOf(checks, ['host', 'node01'])).toEqual([
    { read: 'ip', host: 'host' },
    { read: 'ip', host: 'node01' },
    { read: 'netns', host: 'host' },
    { read: 'sysctl', host: 'host', netns: '', name: 'net.ipv4.ip_forward' },
  ]);
  const own = needsOf(checks, ['host'], (check): Variables => (check.kind === 'file' ? { NAME: 'x' } : {}));
  expect(own.at(-1)).toEqual({ read: 'file', host: 'host', path: '/x' });
});

test('what explains a failure is observed again with what judged it', () => {
  const checks = [
    checkOf({ interface: 'a' }),
    checkOf({ exit: 0 }),
    checkOf({ interface: 'a' }, { not: true, on: 'node01' }),
  ];
  expect(explainNeedsOf(checks, ['host'])).toEqual([{ read: 'ip', host: 'host' }]);
});

test('a missing namespace explains itself, whatever the kind', () => {
  const check = checkOf({ listen: 80 }, { in: 'nobody' });
  expect(explainNeedsOf([check], ['host'])).toEqual([{ read: 'netns', host: 'host' }]);
  expect(explainCheck(check, recorded())?.cause).toBe('There is no network namespace nobody on host.');
  expect(explainCheck(check, recorded({ namespaces: [] }))).toBeUndefined();
});

test('a verdict bears what the check bears', () => {
  const check = { ...checkOf({ netns: 'client' }), id: 'mine', says: 'It is there', points: 3 };
  expect(judgeCheck(check, recorded(), undefined, {}, { looks: 4, durationMs: 250 })).toEqual({
    check: 'mine',
    kind: 'netns',
    state: 'pass',
    title: 'It is there',
    expected: 'the network namespace client is on host',
    found: 'client has the id 0',
    differences: [],
    points: 3,
    looks: 4,
    durationMs: 250,
    host: 'host',
    netns: '',
    place: { file: 'lesson.md', line: 1, column: 1 },
  });
});

test('a quiet check says that it fails, and nothing of what would be the answer', () => {
  const check = {
    ...checkOf({ env: 'SHARED', value: 'net' }),
    says: 'what they share',
    quiet: true as const,
  };
  const look = (value: string | null) => recorded({ env: { SHARED: value } });
  const failed = judgeCheck(check, look('uts'));
  expect(failed).toMatchObject({ state: 'fail', title: 'what they share', expected: 'what they share' });
  expect(JSON.stringify(failed)).not.toMatch(/uts|"net"/);
  expect(explainCheck(check, look('uts'))).toBeUndefined();
  expect(judgeCheck(check, look('net')).state).toBe('pass');
});

test('a quiet check still says that there is nothing to look at', () => {
  const check = {
    ...checkOf({ interface: 'spare0', address: '$IP/16' }),
    says: 'the address',
    quiet: true as const,
  };
  expect(judgeCheck(check, recorded()).found).toBe('the cells’ shell has no variable IP');
});
