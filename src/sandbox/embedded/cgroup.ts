/**
 * Where a cgroup of the sandbox's own may be made, so that the kernel itself holds its memory: a folder of the memory
 * controller that was given to us (cgroups(7), "Cgroups v2 delegation"). Looks only; the keeper makes and removes it.
 *
 * Version 2: the nearest ancestor of our own cgroup that we may write to and whose children have the memory controller.
 * Not our own: a cgroup that has processes cannot give controllers to its children. Where systemd rules the tree, what it
 * did not give away to a user is its own, root or not (systemd: CGROUP_DELEGATION, "Don't"): then there is none.
 * Version 1 (and hybrid): our own cgroup of the memory controller, where we may write there.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface CgroupParent {
  version: 1 | 2;
  folder: string;
}

/** What is asked of the machine; replaced in tests. */
export interface CgroupFiles {
  /** '' where it cannot be read. */
  read(path: string): string;
  writable(path: string): boolean;
  /** Uid of the owner. */
  owner(path: string): number | undefined;
}

const machine: CgroupFiles = {
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  },
  writable(path) {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
  owner: (path) => statSync(path, { throwIfNoEntry: false })?.uid,
};

interface Mount {
  root: string;
  point: string;
  type: string;
  options: readonly string[];
}

/** proc_pid_mountinfo(5): id parent dev root point options ... - type source super-options. */
function cgroupMounts(mountinfo: string): Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [type, , options = ''] = after?.split(' ') ?? [];
    if (type !== 'cgroup' && type !== 'cgroup2') return [];
    const fields = before!.split(' ');
    return [{ root: fields[3]!, point: fields[4]!, type, options: options.split(',') }];
  });
}

/** Where a cgroup stands in a mount; undefined when it lies outside of what is mounted (a container's view). */
function folderIn({ root, point }: Mount, cgroup: string): string | undefined {
  if (root === '/') return join(point, cgroup);
  if (cgroup === root || cgroup.startsWith(`${root}/`)) return join(point, cgroup.slice(root.length));
  return undefined;
}

export type Controller = 'memory' | 'pids' | 'cpu';

export function chooseCgroup(
  files: CgroupFiles = machine,
  uid = process.getuid?.() ?? 0,
  controller: Controller = 'memory',
): CgroupParent | undefined {
  const mounts = cgroupMounts(files.read('/proc/self/mountinfo'));
  // cgroups(7): hierarchy:controllers:path; version 2 is `0::path`.
  const own = files
    .read('/proc/self/cgroup')
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, controllers, path]) => ({ controllers: controllers!.split(','), path: path! }));
  const apart = own.find(({ controllers }) => controllers.includes(controller));
  if (apart) {
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
    const folder = mount && folderIn(mount, apart.path);
    return folder && files.writable(folder) ? { version: 1, folder } : undefined;
  }
  const unified = own.find(({ controllers }) => controllers.includes(''));
  const mount = mounts.find(({ type }) => type === 'cgroup2');
  const folder = unified && mount && folderIn(mount, unified.path);
  if (!folder) return undefined;
  const systemd = existsSync('/run/systemd/system');
  for (let at = folder; at.length > mount.point.length; ) {
    at = dirname(at);
    // Processes move by writing to the common ancestor's cgroup.procs, so that must be ours as well.
    if (!files.writable(at) || !files.writable(join(at, 'cgroup.procs'))) return undefined;
    if (systemd && (uid === 0 || files.owner(at) !== uid)) return undefined;
    if (files.read(join(at, 'cgroup.subtree_control')).split(/\s+/).includes(controller))
      return { version: 2, folder: at };
  }
  return undefined;
}
