/** `wirebook class present` as a presenter has it: a real host, the real command, a real terminal. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Watcher } from '../class/helpers/watcher.ts';
import { freePort, type Hosting, startHost } from '../class/host/command.ts';
import { BIN, bringUpToDate } from '../cli/wirebook.ts';
import { TestTerminal } from './terminal.ts';

const LESSON = `---
title: Two rooms
---
## The first room

What stands in it.

\`\`\`md {.notes}
Say that a room is no machine.
\`\`\`

\`\`\`sh {.run #first}
ip netns add red
\`\`\`

## The second room

\`\`\`sh {.run #second}
ip netns add green
\`\`\`
`;

let folder: string;
let port: number;
let host: Hosting | undefined;
let watcher: Watcher | undefined;
let terminal: TestTerminal | undefined;
beforeAll(bringUpToDate, 120_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-present-'));
  mkdirSync(join(folder, 'course', '01-rooms'), { recursive: true });
  writeFileSync(join(folder, 'course', '01-rooms', 'lesson.md'), LESSON);
  port = await freePort();
  startOver();
});
afterEach(async () => {
  watcher?.close();
  await terminal?.close();
  terminal = undefined;
  await host?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const course = () => join(folder, 'course');
function startOver(): void {
  host = startHost([course(), '--port', `${port}`], join(folder, 'host'));
}

function present(
  url: string,
  env: Record<string, string> = {},
  size = { columns: 100, rows: 30 },
): TestTerminal {
  terminal = new TestTerminal({
    command: process.execPath,
    args: [BIN, 'class', 'present', url, course()],
    ...size,
    env: { HOME: process.env.HOME ?? folder, XDG_STATE_HOME: join(folder, 'presenter'), ...env },
  });
  return terminal;
}

async function watch(key: string): Promise<Watcher> {
  watcher?.close();
  watcher = new Watcher({ address: '127.0.0.1', port }, key);
  await watcher.welcomed();
  return watcher;
}
const at = (step: number) => () =>
  watcher?.state?.where?.lesson === '01-rooms' && watcher.state.where.step === step;

test('a presenter looks at the certificate, leads the class from step to step, and stays when the host is gone for a while', async () => {
  const url = await host!.printed(/(https:\/\/\S+\/board#\S+)/);
  const print = await host!.printed(/([0-9A-F]{2}(?::[0-9A-F]{2}){31})/);
  const key = url.split('#')[1]!;
  await watch(key);
  const screen = present(url);
  await screen.until('Is it the one that the host has printed? (y/n)');
  expect(screen.text().replace(/\s+/g, '')).toContain(print);
  await screen.press('y\r', 'Two rooms');
  await screen.press('\r', /sandbox ready/);
  await screen.until(at(0), 'the class at the first step');

  await screen.press('N', 'Say that a room is no machine.');
  await screen.press('\x1b', /^(?![\s\S]*Say that a room is no machine)/);
  await screen.press('n', at(1));
  expect(screen.text()).toContain('ip netns add green');
  await screen.press('\r', /✓ passed|passed/);
  const isLarge = () => /── green ─/.test(screen.text()) && !screen.text().includes('What stands in it.');
  await screen.press('L', isLarge);
  for (const [columns, rows] of [
    [80, 24],
    [160, 48],
  ] as const) {
    screen.resize(columns, rows);
    await screen.until(isLarge, 'the large map after a resize');
  }
  await screen.press('L', 'What stands in it.');

  await host!.kill('SIGKILL');
  await screen.press('p', /^▌ ╭─ 1 /m);
  startOver();
  await host!.printed(/\/board#\S+/);
  await watch(key);
  // What was shown meanwhile is told as soon as somebody hears it again.
  await screen.until(at(0), 'the class back at the first step');

  screen.write('q');
  await screen.until(() => !screen.alternate, 'the shell again');
  expect((await screen.exited).exitCode).toBe(0);
  expect(screen.modes()).toMatchObject({ alternate: false, hidden: false, mouseTrackingMode: 'none' });
}, 120_000);

test('whoever says no to the certificate presents nothing, and is told why, in Chinese too', async () => {
  const url = await host!.printed(/(https:\/\/\S+\/board#\S+)/);
  await watch(url.split('#')[1]!);
  const screen = present(url, { LC_ALL: 'zh_CN.UTF-8' });
  await screen.until('它是不是主机打印的那个？');
  await screen.press('n\r', '在你和主机之间还有别人');
  expect((await screen.exited).exitCode).toBe(2);
  expect(watcher!.state!.where).toBeUndefined();
});

test('a key that is not the class’s, and a host that is not there, end before the lesson opens', async () => {
  const url = await host!.printed(/(https:\/\/\S+\/board#\S+)/);
  const first = present(`${url.split('#')[0]}#${'A'.repeat(43)}`);
  await first.press('', 'Is it the one that the host has printed? (y/n)');
  await first.press('y\r', /key|code/i);
  expect((await first.exited).exitCode).toBe(2);
  expect(first.text()).not.toContain('Two rooms');
  await first.close();
  await host!.kill('SIGKILL');
  const second = present(url);
  await second.until('was not reached: nothing listens there.');
  expect((await second.exited).exitCode).toBe(2);
});
