import { describe, expect, test } from 'vitest';
import { kinds } from '../../../src/check/kinds.ts';
import type { Judgement } from '../../../src/check/model.ts';
import { needKey, type Observation } from '../../../src/check/observation.ts';
import type { TraceCapture } from '../../../src/trace/capture.ts';
import { recorded } from '../../trace/recorded.ts';

const kind = kinds.get('path')!;
const at = { host: 'host', netns: 'client1' };

function judged(fields: object, capture: TraceCapture | undefined): Judgement {
  const spec = kind.schema.parse(fields);
  expect(kind.refuse?.(spec)).toBeUndefined();
  const need = kind.needs(spec, { ...at, hosts: ['host'] }).find(({ read }) => read === 'trace')!;
  const names = ['', 'client1', 'client2'];
  const observation: Observation = {
    at: '',
    hosts: {
      host: {
        namespaces: names.map((name) => ({ name, inode: `i${name}` })),
        sysctls: {},
        files: {},
        env: {},
      },
    },
    probes: {},
    ...(capture === undefined ? {} : { traces: { [needKey(need)]: capture } }),
  };
  return kind.judge(spec, { ...at, observation });
}

const fieldsOf = ({ differences }: Judgement) => differences.map(({ field }) => field);

describe('path', () => {
  test.each([
    ['bridge', { path: '172.30.0.12', through: ['eth0 in client1', 'veth1', '...', 'eth0 in client2'] }],
    ['bridge', { path: '172.30.0.12', back: ['eth0', 'veth2', 'veth1', 'eth0'], translated: false }],
    ['bridge', { path: '172.30.0.12', avoids: ['eth0 on host', 'br0'] }],
    ['out', { path: '8.8.8.8', translated: { source: '172.30.0.11', to: '172.17.0.33', at: 'host' } }],
    ['out', { path: '8.8.8.8', translated: { source: '/^172\\.30/', to: { matches: '^172\\.17' } } }],
    ['dnat', { path: '10.96.0.10', translated: [{ destination: '10.96.0.10', to: '172.30.0.12' }] }],
    ['http', { path: 'http://8.8.8.8/', through: ['...', 'eth0 on host'] }],
    ['http', { path: '8.8.8.8:80', translated: { source: '172.30.0.11', to: '172.17.0.33' } }],
    ['dropped', { path: '8.8.8.8', dropped: true }],
    ['dropped', { path: '8.8.8.8', dropped: { at: 'host', hook: 'forward', rule: { contains: '8.8.8.8' } } }],
    ['policy', { path: '172.30.0.12', dropped: { at: 'client1', rule: 'OUTPUT' } }],
    ['forwarding', { path: '8.8.8.8', avoids: ['eth0 on host'], reached: false }],
  ])('%s has it: %o', (name, fields) => {
    expect(judged(fields, recorded(name))).toMatchObject({ state: 'pass', differences: [] });
  });

  test.each([
    ['bridge', { path: '172.30.0.12', through: ['eth0', 'veth2', 'veth1', 'eth0'] }, ['through']],
    ['bridge', { path: '172.30.0.12', back: ['eth0 in client1', '...'] }, ['back']],
    ['bridge', { path: '172.30.0.12', avoids: ['veth2'] }, ['avoids']],
    ['bridge', { path: '172.30.0.12', avoids: ['br0'], reached: false }, ['reached']],
    ['out', { path: '8.8.8.8', translated: false }, ['translated']],
    ['out', { path: '8.8.8.8', translated: { source: '172.30.0.11', to: '172.17.0.34' } }, ['translated']],
    [
      'out',
      { path: '8.8.8.8', translated: { source: '172.30.0.11', to: '172.17.0.33', at: 'client1' } },
      ['translated'],
    ],
    ['out', { path: '8.8.8.8', dropped: true }, ['dropped', 'reached']],
    ['dropped', { path: '8.8.8.8', dropped: { at: 'client1' } }, ['dropped at']],
    ['dropped', { path: '8.8.8.8', dropped: { hook: 'input' } }, ['dropped hook']],
    ['dropped', { path: '8.8.8.8', dropped: { rule: { contains: '8.8.4.4' } } }, ['dropped by']],
    ['dropped', { path: '8.8.8.8', through: ['...', 'br0 on host'] }, ['reached']],
    ['forwarding', { path: '8.8.8.8', dropped: true }, ['dropped']],
  ])('%s has it not: %o', (name, fields, wrong) => {
    const judgement = judged(fields, recorded(name));
    expect(judgement.state).toBe('fail');
    expect(fieldsOf(judgement)).toEqual(wrong);
  });

  test('nothing was sent: a failure, with what the command said', () => {
    const { frames: _, ...rest } = recorded('bridge');
    const command = { ...rest.command, stderr: 'ping: connect: Network is unreachable\n' };
    const judgement = judged(
      { path: '172.30.0.12', avoids: ['br0'] },
      { ...rest, frames: [], filter: [], command },
    );
    expect(judgement).toMatchObject({
      state: 'fail',
      found: expect.stringContaining('Network is unreachable'),
    });
  });

  describe('is broken, and neither held nor failed, where it could not be looked', () => {
    const capture = recorded('dropped');
    const withGap = (what: 'frames' | 'filter' | 'legacy') => ({
      ...capture,
      spaces: capture.spaces.map((space) => ({ ...space, gaps: [{ what, why: 'not here' }] })),
    });
    test.each([
      ['no capture', undefined, {}],
      ['no frames', withGap('frames'), {}],
      ['no decisions, and a drop is asked for', withGap('filter'), { dropped: true }],
      ['rules that the kernel does not tell of', withGap('legacy'), { dropped: true }],
      ['lost', { ...capture, lost: [{ space: 0, what: 'frames' as const }] }, {}],
      ['no tool', { ...capture, command: { ...capture.command, exit: null, failure: 'missing-tool' } }, {}],
    ])('%s', (_, capture, more) => {
      expect(judged({ path: '8.8.8.8', avoids: ['eth0 on host'], ...more }, capture)).toMatchObject({
        state: 'broken',
      });
    });

    test('decisions are not missed where no drop is asked for', () => {
      const fields = { path: '8.8.8.8', avoids: ['eth0 on host'], reached: false };
      expect(judged(fields, withGap('filter')).state).toBe('pass');
    });
  });

  test.each([
    { path: '8.8.8.8' },
    { path: '8.8.8.8', reached: true },
    { path: '8.8.8.8', through: ['...'] },
    { path: '8.8.8.8', dropped: true, reached: true },
    { path: '8.8.8.8', dropped: true, back: ['eth0'] },
    { path: '8.8.8.8', protocol: 'udp', avoids: ['eth0'] },
  ])('says nothing, or what cannot be: %o', (fields) => {
    expect(kind.refuse?.(kind.schema.parse(fields))).toBeTypeOf('string');
  });

  test.each([
    { path: '8.8.8.8', through: [] },
    { path: '8.8.8.8', through: ['eth0 at home'] },
    { path: '8.8.8.8', translated: { source: '1.2.3.4', destination: '1.2.3.4', to: '5.6.7.8' } },
    { path: '8.8.8.8', translated: { to: '5.6.7.8' } },
  ])('is not understood: %o', (fields) => {
    expect(kind.schema.safeParse(fields).success).toBe(false);
  });
});
