/** What a seat's program finds in its view of the machine, and where (sandbox/seat/view.pl makes it). */
import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { PACKAGE_ROOT } from '../../lib/package.ts';
import { perlCommand } from '../../sandbox/embedded/launch.ts';
import type { Rootfs } from '../../sandbox/rootfs/rootfs.ts';
import { rootfsKey } from '../../sandbox/rootfs/rootfs.ts';

/** Places in the view. */
export const INSIDE = {
  node: '/app/node',
  package: '/app/wirebook',
  course: '/course',
  home: '/home',
  cache: '/cache',
  runtime: '/run',
  line: '/line',
} as const;

export interface Part {
  /** Read only, for writing, or a device. */
  how: 'ro' | 'rw' | 'dev';
  source: string;
  target: string;
}

/** Of the package: what an installed one has, without what answers are checked by. */
const OF_PACKAGE = ['package.json', 'bin', 'dist', 'sandbox'];
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'net/tun', 'fuse'];
/** Programs and libraries, where there is no root file system for sandboxes but the machine's own. */
const OF_MACHINE = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/usr'];
const OF_MACHINES_ETC = [
  'ld.so.cache',
  'ld.so.conf',
  'protocols',
  'services',
  'nsswitch.conf',
  'iproute2',
  'alternatives',
];

export interface ViewOptions {
  /** The course, without what answers are checked by. */
  course: string;
  /** The learner's own folder. */
  home: string;
  /** The folder in which the host listens for this seat. */
  line: string;
  rootfs: Rootfs;
}

export function viewOf({ course, home, line, rootfs }: ViewOptions): Part[] {
  const ro = (source: string, target = source): Part => ({ how: 'ro', source, target });
  return [
    ...(rootfs.own
      ? [
          ...OF_MACHINE.filter(existsSync).map((folder) => ro(folder)),
          ...OF_MACHINES_ETC.map((name) => `/etc/${name}`)
            .filter(existsSync)
            .map((path) => ro(path)),
        ]
      : libraries().map((path) => ro(path))),
    ro(realpathSync(process.execPath), INSIDE.node),
    ...OF_PACKAGE.map((name) => ro(join(PACKAGE_ROOT, name), join(INSIDE.package, name))),
    ro(course, INSIDE.course),
    { how: 'rw', source: home, target: INSIDE.home },
    { how: 'rw', source: line, target: INSIDE.line },
    ...rootfsParts(rootfs),
    ...['/etc/localtime', '/etc/os-release'].filter(existsSync).map((path) => ro(realpathSync(path), path)),
    ...DEVICES.map((name) => `/dev/${name}`)
      .filter(existsSync)
      .map((path): Part => ({ how: 'dev', source: path, target: path })),
  ];
}

function rootfsParts({ own, path }: Rootfs): Part[] {
  const inside = join(INSIDE.cache, 'wirebook', 'rootfs');
  if (own) return [];
  return [
    { how: 'ro', source: path, target: join(inside, rootfsKey()) },
    ...loader({ own, path }).map((file): Part => ({ how: 'ro', source: file, target: file })),
  ];
}

/** The loader of a Debian is a link from the root of whatever it is looked at from. */
function loader(rootfs: Rootfs): string[] {
  const [program = ''] = perlCommand(rootfs);
  if (!lstatSync(program).isSymbolicLink()) return [];
  const target = readlinkSync(program);
  return isAbsolute(target) ? [target] : [];
}

/** Those that Node.js has loaded: the view has these and no others. */
function libraries(): string[] {
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  const before = report.excludeNetwork;
  // Else it asks for the names of all that are connected.
  report.excludeNetwork = true;
  const { sharedObjects } = report.getReport() as unknown as { sharedObjects: string[] };
  if (before !== undefined) report.excludeNetwork = before;
  return [...new Set(sharedObjects.filter((path) => path.startsWith('/') && existsSync(path)))].filter(
    (path) => !path.endsWith('.node'),
  );
}
