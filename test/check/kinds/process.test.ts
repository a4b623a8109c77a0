import { expect, test } from 'vitest';
import { type Around, type Fields, faults, state } from '../judging.ts';
import { recorded } from '../recorded.ts';

test.each<[Fields, Around, string]>([
  [{ process: 'python3' }, {}, 'pass'],
  [{ process: 'python3', user: 'root', count: 1 }, {}, 'pass'],
  [{ process: 'python3', user: 0 }, {}, 'pass'],
  [{ process: 'python3', user: 'www' }, {}, 'fail'],
  [{ process: 'python3', count: { ge: 2 } }, {}, 'fail'],
  [{ process: '/http\\.server$/' }, {}, 'pass'],
  [{ process: '/HTTP/i' }, {}, 'pass'],
  [{ process: 'python' }, {}, 'fail'],
  [{ process: 'python3' }, { in: 'server' }, 'pass'],
  [{ process: 'python3' }, { in: 'client' }, 'fail'],
  [{ process: 'python3', absent: true }, { in: 'client' }, 'pass'],
  // A zombie does not run.
  [{ process: 'nginx' }, {}, 'fail'],
  [{ process: 'nginx', absent: true }, {}, 'pass'],
  [{ process: 'nginx', count: 0 }, {}, 'pass'],
])('%j %j: %s', (fields, around, wanted) => expect(state(fields, around)).toBe(wanted));

test('processes that were not read are broken', () => {
  const observation = recorded({ processes: undefined });
  for (const not of [false, true])
    expect(state({ process: 'python3', absent: true }, { observation, not })).toBe('broken');
});

test('a name longer than the kernel keeps is known by its path', () => {
  const processes = [
    {
      pid: 9,
      ppid: 1,
      command: 'kube-controller',
      argv: ['/bin/kube-controller-manager'],
      netns: '1',
      state: 'S',
    },
  ];
  const observation = recorded({ processes });
  expect(state({ process: 'kube-controller-manager' }, { observation })).toBe('pass');
  expect(state({ process: 'kube-controller-manager', user: 'root' }, { observation })).toBe('broken');
});

test('refuses a wrong pattern and a contradiction', () => {
  expect(faults({ process: '/a(/' })[0]).toMatchObject({ code: 'bad-regex' });
  expect(faults({ process: 'a', absent: true, count: 1 })).toHaveLength(1);
});
