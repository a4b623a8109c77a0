/** The whole notebook on the real sandbox: what a learner types in a shell beside the lesson, and what comes of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BIN, bringUpToDate } from '../cli/wirebook.ts';
import { keys } from './screen.ts';
import { TestTerminal } from './terminal.ts';

const TEXT = `---
title: By hand
---
## Make it

\`\`\`sh {.task #name points=2}
# a namespace called blue, whose lo is up
\`\`\`
\`\`\`yaml {.expect}
- netns: blue
- interface: lo
  in: blue
  lower_up: true
- ping: 127.0.0.1
  in: blue
\`\`\`
\`\`\`sh {.solution}
ip netns add blue
ip -n blue link set lo up
\`\`\`
`;
const LEADER = keys.ctrl(']');
const folder = mkdtempSync(join(tmpdir(), 'wirebook-shell-'));
const lesson = join(folder, 'by-hand.md');
const open = new Set<TestTerminal>();

beforeAll(() => {
  bringUpToDate();
  writeFileSync(lesson, TEXT);
}, 120_000);
afterEach(async () => {
  await Promise.all([...open].map((terminal) => terminal.close()));
  open.clear();
  rmSync(join(folder, 'state'), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function opened(size: { columns: number; rows: number }): Promise<TestTerminal> {
  const { HOME, XDG_CACHE_HOME, XDG_DATA_HOME } = process.env;
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [BIN, lesson],
    ...size,
    env: {
      XDG_STATE_HOME: join(folder, 'state'),
      ...(HOME ? { HOME } : {}),
      ...(XDG_CACHE_HOME ? { XDG_CACHE_HOME } : {}),
      ...(XDG_DATA_HOME ? { XDG_DATA_HOME } : {}),
    },
  });
  open.add(terminal);
  await terminal.until('sandbox ready');
  return terminal;
}

describe.each([
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
])('at $columns by $rows', (size) => {
  test('the checks of a task turn green while one types, and the task passes by itself', async () => {
    const terminal = await opened(size);
    await terminal.press('t', 'host:~#');
    await terminal.press('ip netns add blue\r', /✓ [^\n]*blue/);
    expect(terminal.text()).not.toMatch(/✗|failed/);
    await terminal.press('ip -n blue link set lo up\r', '✓ passed');
    await terminal.until('2/2 points');
    await terminal.press(`${LEADER}${LEADER}q`, () => !terminal.alternate);
    expect((await terminal.exited).exitCode).toBe(0);
  });

  test('vim, top and less work in it, and the window may change meanwhile', async () => {
    const terminal = await opened(size);
    await terminal.press('t', 'host:~#');
    await terminal.press('vi note\r', /~[^\n]*\n[^\n]*~/);
    await terminal.press(`ifirst${keys.enter}网络 second`, '网络 second');
    // Escape alone, and then the rest: together they would be Alt and a key.
    terminal.write(keys.escape);
    terminal.resize(size.columns + 10, size.rows + 3);
    await terminal.until(() => terminal.rows()[1] === '─'.repeat(size.columns + 10), 'another size');
    await terminal.press('kAed', /firsted/);
    terminal.write(keys.escape);
    await terminal.press(':wq\r', /host:~# *$/m);
    await terminal.press('cat note; echo "$(wc -l < note) lines"\r', '2 lines');
    expect(terminal.text()).toMatch(/firsted\s*\n.*网络 second/);
    await terminal.press('top\r', /PID +USER/);
    await terminal.press('q', /host:~# *$/m);
    await terminal.press('seq 1 200 | less\r', /\n.*:\s*$/m);
    await terminal.press('G', /\b200\b/);
    await terminal.press('q', /host:~# *$/m);
  });
});

test('the map stands above the shell where there is room, and follows what is done in it', async () => {
  const terminal = await opened({ columns: 160, rows: 48 });
  await terminal.press('m', /172\.17\.0\.33/);
  await terminal.press('t', 'host:~#');
  await terminal.press('ip netns add blue\r', () =>
    terminal
      .rows()
      .slice(2, 20)
      .some((row) => /blue/.test(row)),
  );
  await terminal.press('ip link add dm1 type veth peer name dm2\r', () =>
    terminal
      .rows()
      .slice(2, 20)
      .some((row) => /│.*dm1/.test(row)),
  );
  await terminal.press(`${LEADER}m`, () => terminal.rows().every((row) => !/172\.17\.0\.33/.test(row)));
});

test('a shell in a namespace is in that namespace; after a reset it says that it is gone', async () => {
  const terminal = await opened({ columns: 80, rows: 24 });
  await terminal.press('t', 'host:~#');
  await terminal.press('ip netns add green; ip netns add red; echo ma""de\r', /^made/m);
  await terminal.press(`${LEADER}t`, /3 {4}red/);
  await terminal.press('3', '2 red@host');
  await terminal.press('ip netns identify $$\r', /^red/m);
  await terminal.press(`${LEADER}${LEADER}r`, 'Answers are kept');
  await terminal.press('y', 'sandbox ready');
  await terminal.press('t', 'The shell ended');
  await terminal.press('x', '1 host');
  await terminal.press(keys.enter, 'host:~#');
});

describe('opened again', () => {
  const size = { columns: 80, rows: 30 };
  const answer = async (terminal: TestTerminal, text: string, result: string | RegExp) => {
    await terminal.press('g', /▌.*your turn/);
    await terminal.press(keys.enter, 'Ctrl-R run');
    await terminal.press(text, text);
    await terminal.press(keys.ctrl('r'), result);
  };

  test('a task that failed is run again as it was written: what is said of it is of this sandbox', async () => {
    const first = await opened(size);
    await answer(first, 'ip netns add blue', /✗ failed · 1 of 3/);
    await first.press('q', () => !first.alternate);
    await first.exited;
    const second = await opened(size);
    await second.until('what you had done is run again, one cell');
    await second.until(
      () => /✗ failed · 1 of 3/.test(second.text()) && !second.text().includes('as before'),
      'now',
    );
    await second.press('t', 'host:~#');
    // It is there: the checks that hold were seen here, and the rest can be done.
    await second.press('ip -n blue link set lo up\r', '✓ passed');
  });

  test('what was running when it was killed is not repeated, and that is said', async () => {
    const first = await opened(size);
    await answer(first, 'ip netns add blue; sleep 99', '· 1 s');
    first.kill('SIGKILL');
    await first.exited;
    const second = await opened(size);
    await second.until('It was running when the old sandbox ended');
    expect(second.text()).toMatch(/your turn.*○ not run/);
    expect(second.text()).not.toMatch(/✓|✗/);
  });

  test('what was done in a shell is done there again by the same commands, and what cannot be is named', async () => {
    const first = await opened(size);
    await first.press('t', 'host:~#');
    await first.press('ip netns add blue\r', /✓ [^\n]*blue/);
    await first.press('vi note\r', /"note" \[New/);
    await first.press(':q!\r', /host:~# *$/m);
    await first.press('ip netns exec blue bash\r', /bash\s+host:~# *$/m);
    await first.press('ip link set lo up\r', '✓ passed');
    await first.press(`${LEADER}${LEADER}q`, () => !first.alternate);
    await first.exited;
    const second = await opened(size);
    await second.until('Done in a shell. In this new sandbox your commands were run again.');
    await second.until('Not run again: vi note.');
    await second.until('2/2 points');
    expect(second.text()).not.toContain('as before');
  });
});
