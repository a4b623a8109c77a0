/** What a learner's machine remembers of a class: who they are in it, what they come back by, and what was said to them. */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassMessage } from '../../board/classroom.ts';
import type { Consent, Pace } from '../../board/events.ts';
import type { CourseOutline, CoursePlace } from '../../board/outline.ts';
import { InputError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import { type Kept, keeping } from '../../lib/keeping.ts';
import { replaceFile } from '../../session/journal/files.ts';
import { type Lock, takeLock } from '../../session/journal/lock.ts';

/** All that is kept; plain JSON. The token is worth the learner's place: nobody else may read this. */
export interface Remembered {
  version: 1;
  address: string;
  /** As it was typed: it pins the host's certificate. */
  code: string;
  token: string;
  /** SHA-256, hexadecimal, of the certificate that the code was found to name. */
  certificate?: string;
  /** By the host's first welcome; before that the learner may or may not have a place. */
  learner?: string;
  name?: string;
  /** The name that they gave; the class may have made another of it. */
  asked?: string;
  roster?: string;
  consent: Consent;
  /** Which course or lesson is opened, as it was given. */
  target?: string;
  title?: string;
  course?: CourseOutline;
  /** How far the class was open, and where, when it was heard last: so it stays while nobody is heard. */
  pace?: Pace;
  where?: CoursePlace;
  /** The class is over: nothing more comes of it. */
  ended?: boolean;
  /** Number of the last news. */
  seen: number;
  messages: readonly ClassMessage[];
  unread: number;
  votes: Readonly<Record<string, number>>;
}

export interface Memory {
  readonly folder: string;
  get(): Remembered;
  /** On disk when this returns. */
  set(next: Partial<Remembered>): void;
  close(): void;
  /** The host knows nobody by this: nothing of it is kept. */
  discard(): void;
}

const FILE = 'class.json';
/** What is kept of what was said to the learner and by them. */
export const KEPT = 200;

/** Beside it stand the classes that this user holds. */
const root = (state: string) => join(state, 'joined');

/** Two people who share an account have a folder each. */
function folderOf(state: string, code: string, who: string): string {
  const digest = createHash('sha256').update(`${code}\0${who}`).digest('hex').slice(0, 16);
  return join(root(state), digest);
}

function read(folder: string): Remembered | undefined {
  try {
    const found = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Remembered;
    return found.version === 1 ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The classes of this user, the one that was open last first. */
export function knownClasses(state: string): { folder: string; remembered: Remembered }[] {
  let names: string[];
  try {
    names = readdirSync(root(state));
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const folder = join(root(state), name);
      const remembered = read(folder);
      return remembered ? [{ folder, remembered, at: statSync(join(folder, FILE)).mtimeMs }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

export type Newcomer = Pick<
  Remembered,
  'address' | 'code' | 'consent' | 'name' | 'asked' | 'roster' | 'target'
>;

export function beginMemory(state: string, newcomer: Newcomer): Memory {
  const folder = folderOf(state, newcomer.code, newcomer.roster ?? newcomer.name ?? '');
  const known = read(folder);
  const begun: Remembered = {
    version: 1,
    token: randomBytes(32).toString('base64url'),
    seen: 0,
    messages: [],
    unread: 0,
    votes: {},
    ...known,
    ...newcomer,
  };
  return openMemory(folder, begun);
}

/** @throws InputError `class-open-elsewhere` when another Wirebook of this user is in this class as the same learner. */
export function openMemory(folder: string, start: Remembered): Memory {
  const kept: Kept = { what: 'What the class says', folder, variable: 'XDG_STATE_HOME' };
  return keeping(kept, () => openIn(folder, start));
}

function openIn(folder: string, start: Remembered): Memory {
  makeFolder(folder, 0o700);
  chmodSync(folder, 0o700);
  const lock = lockOf(folder);
  let now = start;
  const save = () => replaceFile(join(folder, FILE), `${JSON.stringify(now)}\n`);
  try {
    save();
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    folder,
    get: () => now,
    set(next) {
      now = { ...now, ...next };
      save();
    },
    close: () => lock.release(),
    discard() {
      lock.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function lockOf(folder: string): Lock {
  try {
    return takeLock(join(folder, 'open'), new Date().toISOString());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      'class-open-elsewhere',
      error.message.replace('this lesson', 'this class'),
      error.next,
    );
  }
}
