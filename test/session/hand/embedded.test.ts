/** What was typed in shells of the real sandbox, done again in another one. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { parseLesson } from '../../../src/lesson/parse.ts';
import type { Pty } from '../../../src/sandbox/contract.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';
import type { Session } from '../../../src/session/session.ts';
import { sessions } from '../opened.ts';

const TEXT = `---
title: By hand
---
## Make it
\`\`\`sh {.run #base}
ip netns add red
\`\`\`
\`\`\`yaml {.expect}
- netns: red
\`\`\`
\`\`\`sh {.task #name}
# blue, its lo up, and a note
\`\`\`
\`\`\`yaml {.expect}
- netns: blue
- interface: lo
  in: blue
  lower_up: true
- file: /tmp/here/note
  content: made by hand
\`\`\`
\`\`\`sh {.solution}
ip netns add blue
ip -n blue link set lo up
mkdir -p /tmp/here
echo made by hand > /tmp/here/note
\`\`\`
\`\`\`sh {.run #after}
ip -n blue link set lo down
\`\`\`
\`\`\`yaml {.expect}
- interface: lo
  in: blue
  lower_up: false
\`\`\`
`;

const parsed = parseLesson('by-hand/lesson.md', new TextEncoder().encode(TEXT), vocabulary);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
const { lesson } = parsed;

const { start, path } = sessions();
beforeAll(() => embedded.prepare());

const open = (): Session => start({ lesson, driver: embedded }).session;

const cellOf = (session: Session, id = 'name') => session.getState().cells[id]!;

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('never');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Types lines, each once the one before has come to its end. */
async function shell(session: Session): Promise<{ pty: Pty; type: (line: string) => Promise<void> }> {
  session.act({
    do: 'move',
    block: lesson.blocks.findIndex((one) => one.kind === 'cell' && one.cell.id === 'name'),
  });
  let text = '';
  let prompts = 0;
  const pty = await session.openPty('host', {
    columns: 80,
    rows: 24,
    onData: (chunk) => {
      text += Buffer.from(chunk).toString();
      prompts = text.split(/host:\S*# /).length - 1;
    },
  });
  await until(() => prompts > 0);
  return {
    pty,
    type: async (line) => {
      const before = prompts;
      pty.write(`${line}\r`);
      await until(() => prompts > before);
    },
  };
}

test('a task that was done by hand is done again by the learner’s own commands, and is seen to hold', async () => {
  const first = open();
  first.act({ do: 'run-cell', cell: 'base' });
  await first.idle();
  const { type } = await shell(first);
  await type('WHERE=/tmp/here');
  await type('name() { ip netns add "$1"; }');
  await type('mkdir -p $WHERE');
  await type('cd /tmp/here');
  await type('ip link');
  await type('name blue');
  await type('ip netns exec blue bash');
  await type('ip link set lo up');
  await type('exit');
  await type('echo made by hand > note; : mine');
  await until(() => cellOf(first).status === 'passed');
  // Behind it a cell that undoes something: the order counts.
  first.act({ do: 'run-cell', cell: 'after' });
  await first.idle();
  expect(cellOf(first, 'after').status).toBe('passed');
  await first.close();
  expect(readFileSync(path(), 'utf8')).toContain('name blue');

  const second = open();
  await second.idle();
  expect(
    second
      .getState()
      .notices?.map(({ message }) => message)
      .join(' '),
  ).toMatch(/and \d commands of your shells/);
  // It is looked at before a later cell undoes it; nothing but the learner's own commands has done it.
  expect(cellOf(second)).toMatchObject({ status: 'passed', byHand: true, handAgain: 'commands' });
  expect(cellOf(second, 'after')).toMatchObject({ status: 'passed', replayed: true });
  const { type: typeAgain } = await shell(second);
  await typeAgain('test "$(cat /tmp/here/note)" = "made by hand" && ip netns add yes');
  await typeAgain('ip -n blue link show lo up | grep -q . || ip netns add down');
  const seen = await second.observe([{ read: 'netns', host: 'host' }]);
  const names = seen.hosts.host!.namespaces.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['red', 'blue', 'yes', 'down']));
});

test('by hand alone: it holds in the new sandbox by the same commands, and is said to', async () => {
  const first = open();
  first.act({ do: 'run-cell', cell: 'base' });
  const { type } = await shell(first);
  await type('ip netns add blue; ip -n blue link set lo up');
  await type('mkdir /tmp/here; echo made by hand > /tmp/here/note; : mine');
  await until(() => cellOf(first).status === 'passed');
  await first.close();
  const second = open();
  await second.idle();
  expect(cellOf(second)).toMatchObject({ status: 'passed', byHand: true, handAgain: 'commands' });
  expect(cellOf(second).handLeft).toEqual({ left: [], differs: [] });
  // Looked at here: it is not of before.
  expect(cellOf(second).replayed).toBeUndefined();
  expect(cellOf(second).verdicts.length).toBe(3);
});

test('what was begun is begun again; what cannot be done again is named', async () => {
  const first = open();
  first.act({ do: 'run-cell', cell: 'base' });
  const { type, pty } = await shell(first);
  await type('ip netns add blue');
  await type(' ip netns add secret');
  await type('rm /tmp/once; touch /tmp/once');
  pty.write('sleep 100; ip netns add late\r');
  await new Promise((resolve) => setTimeout(resolve, 500));
  pty.write('\x03');
  await until(() => cellOf(first).verdicts.length === 1);
  await first.watch();
  expect(cellOf(first).status).toBe('waiting');
  await first.close();
  expect(readFileSync(path(), 'utf8')).not.toContain('secret');
  const second = open();
  await second.idle();
  const now = cellOf(second);
  expect(now).toMatchObject({ status: 'waiting', handAgain: 'commands' });
  expect(now.verdicts.map(({ check, state }) => [check, state])).toEqual([['name/1', 'pass']]);
  expect(now.gone).toBeUndefined();
  expect(now.handLeft!.left).toEqual(['', 'sleep 100; ip netns add late']);
  expect(now.handLeft!.differs).toEqual([]);
  const seen = await second.observe([{ read: 'netns', host: 'host' }]);
  expect(seen.hosts.host!.namespaces.map(({ name }) => name)).toEqual(['', 'blue', 'red']);
});

test('where the commands do not bring it about once more, the solution does, and that is said', async () => {
  const first = open();
  const { type, pty } = await shell(first);
  pty.write('cat > /root/made\r');
  await new Promise((resolve) => setTimeout(resolve, 300));
  pty.write(
    'ip netns add blue; ip -n blue link set lo up; mkdir /tmp/here; echo made by hand > /tmp/here/note\r',
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  pty.write('\x04');
  await type('sh /root/made');
  await until(() => cellOf(first).status === 'passed');
  await first.close();
  const second = open();
  await second.idle();
  expect(cellOf(second)).toMatchObject({
    status: 'passed',
    byHand: true,
    handAgain: 'solution',
    replayed: true,
  });
});
