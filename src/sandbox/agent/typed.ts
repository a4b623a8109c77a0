/** What a bash on a pseudo-terminal tells of itself (sandbox/agent/typed.pl). */
import type { Typed } from '../contract.ts';
import type { Message } from './frames.ts';

/** ` 12  ip link`: the number, and the mark of what was changed since, are bash's (history(3)). */
const ENTRY = /^\s*(\d+)[* ] ?/;

export function typedOf(parts: Message): Typed {
  const [is, shell = '', ...rest] = parts.map((part) => part.toString('utf8'));
  if (is === 'ended') return { is: 'ended', shell, exit: Number(rest[0]) };
  const [where = '', cwd = '', entry = ''] = rest;
  return {
    is: 'entered',
    shell,
    ...(where.startsWith(':') && { netns: where.slice(1) }),
    cwd,
    line: Number(ENTRY.exec(entry)?.[1] ?? 0),
    text: entry.replace(ENTRY, ''),
  };
}
