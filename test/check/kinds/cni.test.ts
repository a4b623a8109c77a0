import { expect, test } from 'vitest';
import type { FileObservation } from '../../../src/check/observation.ts';
import { type Fields, faults, judge, state } from '../judging.ts';
import { recorded, recordedHost } from '../recorded.ts';

const text = (content: unknown): FileObservation => {
  const written = typeof content === 'string' ? content : JSON.stringify(content);
  return {
    exists: true,
    kind: 'file',
    mode: '0644',
    size: written.length,
    owner: 0,
    group: 0,
    content: written,
  };
};

/** As the bridge plugin 1.1.1 printed them. */
const old = {
  cniVersion: '0.2.0',
  ip4: {
    ip: '10.0.10.2/24',
    gateway: '10.0.10.1',
    routes: [{ dst: '0.0.0.0/0' }, { dst: '1.1.1.1/32', gw: '10.0.10.1' }],
  },
  dns: {},
};
const current = {
  cniVersion: '0.4.0',
  interfaces: [
    { name: 'cni_net0', mac: '2e:b9:8c:8a:06:45' },
    { name: 'eth10', mac: 'b2:ab:0e:1f:33:79', sandbox: '/var/run/netns/pause_demo' },
  ],
  ips: [{ version: '4', interface: 1, address: '10.0.10.3/24', gateway: '10.0.10.1' }],
  routes: [{ dst: '0.0.0.0/0' }],
  dns: {},
};
const error = { code: 1, msg: 'config version does not allow CHECK' };

const observation = recorded({
  files: {
    ...recordedHost().files,
    '/old': text(old),
    '/new': text(current),
    '/error': text(error),
    '/empty': text(''),
    '/other': text([1]),
    '/words': text('it worked'),
  },
});

test.each<[Fields, string]>([
  [{ cni: '/old' }, 'pass'],
  [{ cni: '/old', version: '0.2.0', ip: '10.0.10.2/24', gateway: '10.0.10.1' }, 'pass'],
  [{ cni: '/old', route: ['0.0.0.0/0', '1.1.1.1/32 via 10.0.10.1'] }, 'pass'],
  [{ cni: '/old', route: '1.1.1.1/32' }, 'fail'],
  [{ cni: '/old', ip: '10.0.10.3/24' }, 'fail'],
  [{ cni: '/old', interface: 'eth10' }, 'fail'],
  [{ cni: '/new', version: '0.4.0', ip: { matches: '^10\\.0\\.10\\.' }, interface: 'eth10' }, 'pass'],
  [{ cni: '/new', interface: { exactly: ['eth10'] } }, 'fail'],
  [{ cni: '/error' }, 'fail'],
  [{ cni: '/error', code: 1, message: { contains: 'CHECK' } }, 'pass'],
  [{ cni: '/error', code: 7 }, 'fail'],
  [{ cni: '/new', code: 1 }, 'fail'],
  [{ cni: '/empty' }, 'fail'],
  [{ cni: '/other' }, 'fail'],
  [{ cni: '/words' }, 'fail'],
  [{ cni: '/none' }, 'fail'],
])('%j: %s', (fields, wanted) => expect(state(fields, { observation })).toBe(wanted));

test('reads what the cell printed', () => {
  const cell = { exit: 1, stdout: `${JSON.stringify(error, null, 4)}\n`, stderr: 'a log' };
  expect(state({ cni: 'output', code: 1 }, { observation, cell })).toBe('pass');
  expect(judge({ cni: 'output' }, { observation, cell }).found).toBe(
    'it is an error: config version does not allow CHECK (code 1)',
  );
  expect(state({ cni: 'output', code: 1 }, { observation, not: true })).toBe('fail');
});

test('what could not be read is broken', () => {
  for (const not of [false, true]) {
    expect(state({ cni: '/secret' }, { observation, not })).toBe('broken');
    expect(state({ cni: '/never/asked' }, { observation, not })).toBe('broken');
  }
});

test('refuses a path from nowhere', () => expect(faults({ cni: 'result.json' })).toHaveLength(1));
