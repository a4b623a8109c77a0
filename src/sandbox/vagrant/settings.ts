/** Which machines, and what becomes of them: the folder of the Vagrantfile, and what the user asked for. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseDuration } from '../../lib/duration.ts';
import { InputError } from '../../lib/errors.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';
import { wirebookPaths } from '../../lib/paths.ts';

/** The machines of the Vagrantfile, in the order in which a lesson's hosts get them, with their address on the wire. */
export const MACHINES: readonly { name: string; card: string }[] = [
  { name: 'host', card: '172.17.0.33' },
  { name: 'node01', card: '172.17.0.34' },
];

const IDLE_SECONDS = 600;
/** Not at once: the next lesson of a course, or of a test, may follow. */
const SOON_SECONDS = 20;

export interface Settings {
  /** Where the Vagrantfile is. */
  folder: string;
  /** Vagrant's own notes about the machines, and ours in it; VAGRANT_DOTFILE_PATH is Vagrant's own word for it. */
  dot: string;
  /** Seconds without a lesson after which a machine switches itself off; 0: never. */
  idle: number;
}

/** @param ending what stands behind the colon: `vagrant:keep`, `vagrant:halt`; '' for neither */
export function settingsOf(ending: string, env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    folder: PACKAGE_ROOT,
    dot: env.VAGRANT_DOTFILE_PATH || dotFolder(),
    idle: idleSeconds(ending || (env.WIREBOOK_IDLE ?? '')),
  };
}

export function idleSeconds(asked: string): number {
  if (asked === '') return IDLE_SECONDS;
  if (asked === 'keep') return 0;
  if (asked === 'halt') return SOON_SECONDS;
  const ms = parseDuration(asked);
  if (ms !== undefined) return Math.max(1, Math.round(ms / 1000));
  throw new InputError(
    'bad-ending',
    `${JSON.stringify(asked)} does not say what becomes of the machines at the end.`,
    [
      '`--sandbox vagrant:keep` lets them run, `vagrant:halt` switches them off soon.',
      'WIREBOOK_IDLE=10m (or keep, or halt) is for all times; without it they switch off after ten minutes without a lesson.',
    ],
  );
}

/**
 * In a checkout they are the same machines that `vagrant up` there makes. An installed package may lie where nobody can
 * write, and the next version lies elsewhere.
 */
function dotFolder(): string {
  const own = join(wirebookPaths().state, 'vagrant');
  if (!existsSync(join(PACKAGE_ROOT, '.git'))) return own;
  try {
    accessSync(PACKAGE_ROOT, constants.W_OK);
    return join(PACKAGE_ROOT, '.vagrant');
  } catch {
    return own;
  }
}
