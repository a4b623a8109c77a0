/** Which ids a sandbox may have: user_namespaces(7), subuid(5). */
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ownName, ownUid } from '../../lib/user.ts';

/**
 * - `root`: the caller is root; a range of ids that nobody on the machine has, so that inside is never the machine's root
 * - `full`: the caller's id is root inside, and newuidmap(1) adds its range of /etc/subuid
 * - `all`: root of a user namespace that has no such range: its own ids, by the same numbers
 * - `one`: the caller's id alone
 */
export type IdMap =
  | { ids: 'root'; uid: number; gid: number }
  | { ids: 'full'; subuid: string; subgid: string }
  | { ids: 'all'; count: number }
  | { ids: 'one' };

/** Just above the ids that systemd-nspawn may take (524288 to 1879048191, see systemd's UIDS-GIDS). */
export const ROOT_BASE = 0x70000000;
const RANGE = 65536;

export function chooseIds(): IdMap {
  if (process.getuid?.() === 0) {
    if (holds('/proc/self/uid_map', ROOT_BASE) && holds('/proc/self/gid_map', ROOT_BASE))
      return { ids: 'root', uid: ROOT_BASE, gid: ROOT_BASE };
    return holds('/proc/self/uid_map', 0) && holds('/proc/self/gid_map', 0)
      ? { ids: 'all', count: RANGE }
      : { ids: 'one' };
  }
  const [name, uid] = [ownName(), ownUid()];
  const subuid = subordinate('/etc/subuid', name, uid);
  const subgid = subordinate('/etc/subgid', name, uid);
  if (!subuid || !subgid || !onPath('newuidmap') || !onPath('newgidmap')) return { ids: 'one' };
  return { ids: 'full', subuid, subgid };
}

/** Whether a container that we may be in has these ids itself. */
function holds(map: string, first: number): boolean {
  return read(map)
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .some(([from = 0, , count = 0]) => from <= first && first + RANGE <= from + count);
}

/** `FIRST:COUNT` of a range with at least 65535 ids, or undefined. */
export function subordinate(
  file: string,
  user: string | undefined,
  uid: number,
  text = read(file),
): string | undefined {
  for (const line of text.split('\n')) {
    const [name, first, count] = line.trim().split(':');
    if ((name === user || name === String(uid)) && Number(count) >= RANGE - 1) return `${first}:${RANGE - 1}`;
  }
  return undefined;
}

export function onPath(program: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter).concat('/usr/sbin', '/sbin', '/usr/bin')) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
