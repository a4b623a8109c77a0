/**
 * One writer a journal. Each process that wants to write puts a file beside the journal whose NAME tells who it is:
 * process id, the time it started, the boot of the machine. So a file of a dead process can be told from any living one
 * and removed without a race, and nobody ever takes a lock over. Two that come at once see each other, and step back.
 */
import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';

export interface Lock {
  release(): void;
}

interface Owner {
  pid: number;
  /** Clock ticks after the boot at which the process started; '' where there is no /proc. */
  start: string;
  /** Eight digits of the machine's boot id; '' where there is no /proc. */
  boot: string;
  /** Inode of its process-id namespace: a pid means something only within it. */
  pidns: string;
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)); counted after the command's name, which may hold anything. */
function startOf(pid: number): string {
  return orEmpty(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  });
}

function me(): Owner {
  return {
    pid: process.pid,
    start: startOf(process.pid),
    boot: orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)),
    pidns: orEmpty(() => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''),
  };
}

const nameOf = (journal: string, owner: Owner): string =>
  `${basename(journal)}.lock.${owner.pid}.${owner.start}.${owner.boot}.${owner.pidns}`;

function ownerOf(journal: string, name: string): Owner | undefined {
  const prefix = `${basename(journal)}.lock.`;
  if (!name.startsWith(prefix)) return undefined;
  const parts = /^(\d+)\.(\d*)\.([0-9a-f]*)\.(\d*)$/.exec(name.slice(prefix.length));
  if (parts === null) return undefined;
  return { pid: Number(parts[1]), start: parts[2]!, boot: parts[3]!, pidns: parts[4]! };
}

function isAlive(owner: Owner, self: Owner): boolean {
  if (owner.boot !== self.boot) return false;
  // In another process-id namespace (a container) we cannot look: it may live.
  if (owner.pidns !== self.pidns) return true;
  if (owner.start !== '') return startOf(owner.pid) === owner.start;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** @throws InputError `journal-held` when another Wirebook has this lesson open. */
export function takeLock(journal: string, since: string): Lock {
  const folder = dirname(journal);
  makeFolder(folder);
  const self = me();
  const path = join(folder, nameOf(journal, self));
  try {
    writeFileSync(path, `${since}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw held(path, self);
    throw error;
  }
  for (const name of readdirSync(folder)) {
    const owner = ownerOf(journal, name);
    const other = join(folder, name);
    if (owner === undefined || other === path) continue;
    if (isAlive(owner, self)) {
      rmSync(path, { force: true });
      throw held(other, owner);
    }
    rmSync(other, { force: true });
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** As a clock on the wall says it; what is no time stays as it is. */
function atLocalTime(stamp: string): string {
  const at = new Date(stamp);
  if (Number.isNaN(at.getTime())) return stamp;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function held(path: string, owner: Owner): InputError {
  const since = atLocalTime(orEmpty(() => readFileSync(path, 'utf8').trim()));
  return new InputError(
    'journal-held',
    `Another wirebook has this lesson open: process ${owner.pid}${since === '' ? '' : `, since ${since}`}.`,
    ['Close it, or go on there.', `If there is no such process any more, delete ${path}`],
  );
}
