/** The agent of a machine as one text, which is sent to it: nothing is installed there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../lib/package.ts';

const AGENT = [
  'calls',
  'frames',
  'hosts',
  'loop',
  'shell',
  'commands',
  'observe',
  'pty',
  'typed',
  'trace',
].map((name) => `agent/${name}`);
const MACHINE = ['machine/room', 'machine/restore', 'machine/agent'];
/** A room in a container of ours has a network that we make. */
const CONTAINER = ['embedded/internet', 'machine/container'];
/** In a virtual machine too; and the machine is for lessons alone. */
const VM = ['embedded/rtnetlink', 'embedded/internet', 'machine/wire', 'machine/group', 'machine/idle'];

const read = new Map<string, Buffer>();

/** Each file in a block of its own, as it would be alone; the last line begins. */
export function agentSource(where: 'machine' | 'container' | 'vm'): Buffer {
  const known = read.get(where);
  if (known) return known;
  const files = [...AGENT, ...MACHINE, ...(where === 'container' ? CONTAINER : where === 'vm' ? VM : [])];
  const blocks = files.map((name) => {
    const text = readFileSync(join(PACKAGE_ROOT, 'sandbox', `${name}.pl`), 'utf8');
    return `{\n#line 1 "${name}.pl"\n${text}\n}\n`;
  });
  const source = Buffer.from(`${blocks.join('')}main();\n`);
  read.set(where, source);
  return source;
}

/**
 * Reads the agent from standard input and becomes it. One word for a shell: without single quotes, and without `!`, which
 * some shells take for their history.
 */
export const BOOT =
  'sub r{my($n,$b)=(shift,"");while(length$b<$n){sysread(STDIN,$b,$n-length$b,length$b)or exit 3}$b}eval r(unpack"N",r(4));print STDERR $@;exit 4';
