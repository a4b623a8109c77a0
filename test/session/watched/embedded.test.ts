/** A learner who types in a shell of the real sandbox, and checks that turn green by themselves. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { parseLesson } from '../../../src/lesson/parse.ts';
import type { Pty } from '../../../src/sandbox/contract.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';
import type { EventOf, SessionEvent } from '../../../src/session/events.ts';
import { openSession } from '../../../src/session/open.ts';
import type { Session } from '../../../src/session/session.ts';

const TEXT = `---
title: By hand
---
## Lay it
\`\`\`sh {.task #cable points=1}
# a cable between two namespaces
\`\`\`
\`\`\`yaml {.expect}
- netns: client
- interface: near
  in: client
  state: up
- ping: 10.9.0.2
  in: client
  points: 2
\`\`\`
\`\`\`sh {.solution}
true
\`\`\`
\`\`\`sh {.run #away}
ip netns del client
\`\`\`
\`\`\`yaml {.expect}
- netns: client
  not: true
\`\`\`
`;

const parsed = parseLesson('by-hand/lesson.md', new TextEncoder().encode(TEXT), vocabulary);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
const { lesson } = parsed;

let session: Session;
let pty: Pty;
const events: SessionEvent[] = [];
beforeAll(async () => {
  await embedded.prepare();
  session = openSession({ lesson, driver: embedded, version: '0', onEvent: (event) => events.push(event) });
  session.act({ do: 'move', block: lesson.blocks.findIndex((block) => block.kind === 'cell') });
  pty = await session.openPty('host', { columns: 80, rows: 24, onData: () => {} });
});
afterAll(() => session.close());

const cable = () => session.getState().cells.cable!;
const states = () => cable().verdicts.map(({ kind, state }) => `${kind} ${state}`);
const told = () =>
  events.filter((event): event is EventOf<'checks-watched'> => event.type === 'checks-watched');

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`never: ${JSON.stringify(states())} ${cable().status}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('each check turns green when the kernel has it, and the cell passes when all have', async () => {
  pty.write('ip netns add client; ip netns add server\r');
  await until(() => states().includes('netns pass'));
  expect(cable().status).toBe('waiting');
  expect(cable().watched!.titles).toHaveLength(1);
  pty.write(
    'ip -n client link add near type veth peer name far netns server; ip -n client link set near up\r',
  );
  pty.write('ip -n server link set far up\r');
  await until(() => states().includes('interface pass'));
  expect(states()).not.toContain('ping fail');
  pty.write('ip -n client addr add 10.9.0.1/24 dev near\r');
  // Taken away before all of it holds: what was told is taken back, and is no failure.
  pty.write('ip -n client link set near down\r');
  await until(() => !states().includes('interface pass'));
  expect(states()).toEqual(['netns pass']);
  pty.write('ip -n client link set near up; ip -n server addr add 10.9.0.2/24 dev far\r');
  await until(() => cable().status === 'passed');
  expect(states().sort()).toEqual(['interface pass', 'netns pass', 'ping pass']);
  expect(cable()).toMatchObject({ attempts: 0, byHand: true });
  expect(session.getState().points).toEqual({ earned: 3, possible: 3 });
  expect(told().every((event) => event.verdicts.every(({ state }) => state === 'pass'))).toBe(true);
  expect(told().filter((event) => event.passed)).toHaveLength(1);
  expect(events.some((event) => event.type === 'checks-started')).toBe(false);
});

test('nobody looks while nothing happens', async () => {
  session.act({ do: 'move', block: lesson.blocks.findLastIndex((block) => block.kind === 'cell') });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = told().length;
  expect(session.getState().cells.away!.status).toBe('waiting');
  await session.watch();
  expect(told()).toHaveLength(before);
  pty.write('ip netns del client\r');
  await until(() => session.getState().cells.away!.status === 'passed');
  expect(session.getState().finished).toBe(true);
});

test('each command that is entered is counted once, whatever prints and in whichever piece', async () => {
  const entered = () => events.filter(({ type }) => type === 'command-entered').length;
  const before = entered();
  let printed = '';
  const other = await session.openPty('host', {
    columns: 80,
    rows: 24,
    onData: (chunk) => {
      printed += Buffer.from(chunk);
    },
  });
  // an empty line is none, and to look at the variable that makes the sign counts as the one command that it is
  for (const line of ['', 'env; set', 'true && true; echo one', 'bash', 'echo two', 'exit'])
    other.write(`${line}\r`);
  other.write('echo the-$((1 + 2))\r');
  await until(() => printed.includes('the-3'));
  expect(entered() - before).toBe(6);
  other.write('exit\r');
  await other.exited;
});
