/** Where a cgroup may be made, held against what machines of several kinds say of themselves. */
import { describe, expect, test } from 'vitest';
import { type CgroupFiles, chooseCgroup } from '../../src/sandbox/embedded/cgroup.ts';

function machine(texts: Record<string, string>, ours: Record<string, number> = {}): CgroupFiles {
  return {
    read: (path) => texts[path] ?? '',
    writable: (path) =>
      ours[path] !== undefined || Object.keys(ours).some((folder) => path === `${folder}/cgroup.procs`),
    owner: (path) => ours[path],
  };
}

const UNIFIED = '30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n';
const V1 =
  '35 30 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n36 30 0:32 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n';
const app = '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice';

describe('version 2', () => {
  const own = '0::/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope\n';
  test('the nearest ancestor that was given to us and has the memory controller', () => {
    const files = machine(
      {
        '/proc/self/mountinfo': UNIFIED,
        '/proc/self/cgroup': own,
        [`${app}/cgroup.subtree_control`]: 'memory pids\n',
      },
      { [app]: 1000 },
    );
    expect(chooseCgroup(files, 1000)).toEqual({ version: 2, folder: app });
  });

  test('further up, where the nearest gives its children no memory controller', () => {
    const files = machine(
      {
        '/proc/self/mountinfo': UNIFIED,
        '/proc/self/cgroup': own,
        [`${app}/cgroup.subtree_control`]: 'pids\n',
        [`${app.slice(0, -10)}/cgroup.subtree_control`]: 'memory pids\n',
      },
      { [app]: 1000, [app.slice(0, -10)]: 1000 },
    );
    expect(chooseCgroup(files, 1000)).toEqual({ version: 2, folder: app.slice(0, -10) });
  });

  test('none in the session of a login, which belongs to root', () => {
    const files = machine({
      '/proc/self/mountinfo': UNIFIED,
      '/proc/self/cgroup': '0::/user.slice/user-1000.slice/session-3.scope\n',
      '/sys/fs/cgroup/user.slice/user-1000.slice/cgroup.subtree_control': 'memory pids\n',
    });
    expect(chooseCgroup(files, 1000)).toBeUndefined();
  });

  test('none where ours is outside of what is mounted', () => {
    const files = machine({
      '/proc/self/mountinfo': UNIFIED.replace(' / /sys', ' /docker/12 /sys'),
      '/proc/self/cgroup': '0::/other/place\n',
    });
    expect(chooseCgroup(files, 0)).toBeUndefined();
  });
});

describe('version 1', () => {
  const cgroup = '9:name=systemd:/\n4:memory:/task/7\n0::/\n';
  test('our own of the memory controller', () => {
    const files = machine(
      { '/proc/self/mountinfo': V1, '/proc/self/cgroup': cgroup },
      { '/sys/fs/cgroup/memory/task/7': 0 },
    );
    expect(chooseCgroup(files, 0)).toEqual({ version: 1, folder: '/sys/fs/cgroup/memory/task/7' });
  });

  test('none where we may not write', () => {
    expect(
      chooseCgroup(machine({ '/proc/self/mountinfo': V1, '/proc/self/cgroup': cgroup }), 1000),
    ).toBeUndefined();
  });
});

test('none where nothing can be read', () => {
  expect(chooseCgroup(machine({}), 0)).toBeUndefined();
});
