/** `wirebook new PATH`: writes a small lesson that passes its own test, to start from. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import type { ExitCode, Io } from './io.ts';
import type { NewOptions } from './options.ts';

export async function newLesson(path: string, options: NewOptions, io: Io): Promise<ExitCode> {
  const file = resolve(io.cwd, path.endsWith('.md') ? path : join(path, 'lesson.md'));
  const shown = relative(io.cwd, file) || file;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, firstLesson(options.title ?? titleFrom(file)), { flag: 'wx' });
  } catch (error) {
    throw cannotWrite(error as NodeJS.ErrnoException, file, shown);
  }
  io.stdout.write(`Wrote ${shown}. What now:
  wirebook test ${shown}    every check fails before its cell and holds after it
  wirebook ${shown}         walk through it
`);
  return 0;
}

function cannotWrite(error: NodeJS.ErrnoException, file: string, shown: string): unknown {
  if (error.code === 'EEXIST' && existsSync(file)) {
    return new InputError(
      'exists-already',
      `${shown} is there already; it was left as it is.`,
      'Give another path.',
    );
  }
  if (error.code === undefined) return error;
  return new InputError(
    'cannot-write',
    `${shown} cannot be written: ${error.message}`,
    'Give another path.',
    {
      cause: error,
    },
  );
}

/** `03-two-hosts/lesson.md` -> `Two hosts`. */
function titleFrom(file: string): string {
  const stem = basename(file, '.md');
  const name = (/^lesson(\.|$)/.test(stem) ? basename(dirname(file)) : stem)
    .replace(/^\d+[-_. ]*/, '')
    .replace(/[-_]+/g, ' ');
  const words = name.trim() || 'A new lesson';
  return words[0]!.toUpperCase() + words.slice(1);
}

function firstLesson(title: string): string {
  return `---
title: ${JSON.stringify(title)}
summary: One network namespace and one cable.
hosts: [host]
needs: [ip]
---

A step begins with a heading. Say one thing, let the reader guess, then let the kernel answer.

## A namespace of its own

Which interfaces will a new network namespace have? Decide before you run the cell.

\`\`\`sh {.run #make-blue}
ip netns add blue
ip netns exec blue ip link
\`\`\`
\`\`\`yaml {.expect}
- netns: blue
- interface: lo
  in: blue
  state: down
\`\`\`

It has only \`lo\`, and that is down.

## A cable into it

Lay a veth cable: one end, \`left\`, stays on the host; the other, \`right\`, goes into \`blue\`.

\`\`\`sh {.task #cable points=2}
# make the pair, then move one end
\`\`\`
\`\`\`yaml {.expect}
- interface: left
  kind: veth
  peer: {name: right, in: blue}
- interface: right
  in: blue
\`\`\`
\`\`\`md {.hint}
\`ip link add\` makes both ends at once.
\`\`\`
\`\`\`md {.hint}
\`ip link set NAME netns NAMESPACE\` moves an end.
\`\`\`
\`\`\`sh {.solution}
ip link add left type veth peer name right
ip link set right netns blue
\`\`\`
`;
}
