import { expect, test } from 'vitest';
import { type Fields, faults, judge, state } from '../judging.ts';
import { ran, recorded } from '../recorded.ts';

interface Inspected {
  pid: number;
  mode?: string;
  address?: string;
  image?: string;
}

/** The part of what dockerd 20.10 printed that the kind reads, with fields around it that it does not. */
const inspected = ({ pid, mode = 'default', address = '', image = 'nginx' }: Inspected) =>
  ran(
    JSON.stringify([
      {
        Id: '28db9a002dc9196e00dc21ff489094313d91daefc84c762011b464b111a36fb6',
        State: { Status: pid ? 'running' : 'exited', Running: pid !== 0, Pid: pid, ExitCode: pid ? 0 : 137 },
        HostConfig: { NetworkMode: mode, Binds: null },
        Config: { Image: image, Cmd: ['nginx', '-g', 'daemon off;'] },
        NetworkSettings: {
          SandboxKey: '/run/docker/netns/5de98a374f48',
          Networks: mode.startsWith('container:')
            ? {}
            : { [mode === 'none' ? 'none' : 'bridge']: { IPAddress: address } },
        },
      },
    ]),
  );
const process = (pid: number, netns: string) => ({
  pid,
  ppid: 1,
  command: 'nginx',
  argv: ['nginx'],
  netns,
  user: '0',
  state: 'S',
});

const SERVER = '4026532464';
const observation = recorded({
  processes: [process(90, SERVER), process(91, SERVER), process(92, '4026539999')],
  containers: {
    web: inspected({ pid: 90, address: '172.18.0.2' }),
    side: inspected({ pid: 91, mode: 'container:28db9a' }),
    alone: inspected({ pid: 92, mode: 'none', image: 'pause' }),
    ended: inspected({ pid: 0 }),
    lost: inspected({ pid: 93 }),
    none: { ...ran('[]\n'), exit: 1, stderr: 'Error: No such container: none\n' },
    off: {
      ...ran(''),
      exit: 1,
      stderr: 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?\n',
    },
    odd: { ...ran(''), exit: 125, stderr: 'unknown flag: --\n' },
    text: ran('hello'),
    late: { exit: null, stdout: '', stderr: '', failure: 'timeout' },
  },
});

test.each<[Fields, string]>([
  [{ container: 'web' }, 'pass'],
  [{ container: 'web', running: true, image: 'nginx', network: 'bridge', address: '172.18.0.2' }, 'pass'],
  [{ container: 'web', address: '172.18.0.3' }, 'fail'],
  [{ container: 'web', image: 'pause' }, 'fail'],
  [{ container: 'web', absent: true }, 'fail'],
  [{ container: 'web', netns: 'server' }, 'pass'],
  [{ container: 'web', netns: 'client' }, 'fail'],
  [{ container: 'web', shares: 'side' }, 'pass'],
  [{ container: 'side', shares: 'web', network: { matches: '^container:' } }, 'pass'],
  [{ container: 'web', shares: 'alone' }, 'fail'],
  [{ container: 'web', shares: 'none' }, 'fail'],
  [{ container: 'web', shares: 'ended' }, 'fail'],
  [{ container: 'alone', network: 'none', image: 'pause' }, 'pass'],
  [{ container: 'alone', address: { not: '172.18.0.2' } }, 'fail'],
  [{ container: 'ended' }, 'fail'],
  [{ container: 'ended', running: false }, 'pass'],
  [{ container: 'none' }, 'fail'],
  [{ container: 'none', absent: true }, 'pass'],
  [{ container: 'off' }, 'fail'],
  [{ container: 'off', absent: true }, 'pass'],
])('%j: %s', (fields, wanted) => expect(state(fields, { observation })).toBe(wanted));

test.each(['odd', 'text', 'late', 'never-asked'])(
  '%s: what could not be read is broken, also for not',
  (name) => {
    for (const not of [false, true]) {
      expect(state({ container: name }, { observation, not })).toBe('broken');
      expect(state({ container: name, absent: true }, { observation, not })).toBe('broken');
      expect(state({ container: 'web', shares: name }, { observation, not })).toBe('broken');
    }
  },
);

test('a process that the kernel does not show leaves the question open', () => {
  expect(state({ container: 'lost', netns: 'server' }, { observation })).toBe('broken');
});

test('says what it found', () => {
  expect(judge({ container: 'ended' }, { observation }).found).toBe('running is false');
  expect(judge({ container: 'off' }, { observation }).found).toBe('no container engine runs');
  expect(judge({ container: 'web' }, { observation })).toMatchObject({
    expected: 'the container web on host runs',
    found: 'it runs nginx as process 90, network bridge',
  });
});

test('refuses what cannot hold', () => {
  expect(faults({ container: 'x', absent: true, image: 'nginx' })).toHaveLength(1);
  expect(faults({ container: 'x', running: false, netns: 'a' })).toHaveLength(1);
});
