/** The agent of a machine as one text, which is sent to it: nothing is installed there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../lib/package.ts';

const FILES = [
  'agent/calls',
  'agent/frames',
  'agent/hosts',
  'agent/loop',
  'agent/shell',
  'agent/commands',
  'agent/observe',
  'agent/pty',
  'agent/trace',
  'machine/room',
  'machine/restore',
  'machine/agent',
];

let source: Buffer | undefined;

/** Each file in a block of its own, as it would be alone; the last line begins. */
export function agentSource(): Buffer {
  source ??= Buffer.from(
    `${FILES.map((name) => {
      const text = readFileSync(join(PACKAGE_ROOT, 'sandbox', `${name}.pl`), 'utf8');
      return `{\n#line 1 "${name}.pl"\n${text}\n}\n`;
    }).join('')}main();\n`,
  );
  return source;
}

/**
 * Reads the agent from standard input and becomes it. One word for a shell: without single quotes, and without `!`, which
 * some shells take for their history.
 */
export const BOOT =
  'sub r{my($n,$b)=(shift,"");while(length$b<$n){sysread(STDIN,$b,$n-length$b,length$b)or exit 3}$b}eval r(unpack"N",r(4));print STDERR $@;exit 4';
