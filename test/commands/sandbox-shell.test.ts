/** `wirebook sandbox shell`: the user's terminal in a machine of a sandbox that stays, as several people use it at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BIN, bringUpToDate, wirebook } from '../cli/wirebook.ts';
import { TestTerminal } from '../terminal/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-shells-'));
const env = { ...process.env, XDG_RUNTIME_DIR: folder, XDG_STATE_HOME: folder };
const run = (...args: string[]) => wirebook(['sandbox', ...args], { env });
const open = new Set<TestTerminal>();

beforeAll(async () => {
  bringUpToDate();
  expect(await run('up', '--host', 'host', '--host', 'node01')).toMatchObject({ exit: 0 });
}, 120_000);
afterEach(async () => {
  await Promise.all([...open].map((terminal) => terminal.close()));
  open.clear();
});
afterAll(async () => {
  await run('down');
  rmSync(folder, { recursive: true, force: true });
});

async function shell(...args: string[]): Promise<TestTerminal> {
  const text = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [BIN, 'sandbox', 'shell', ...args],
    columns: 80,
    rows: 20,
    env: text as Record<string, string>,
  });
  open.add(terminal);
  await terminal.until(/:~# *$/m);
  return terminal;
}

test('two shells and a command at once: each has its own, none ends another', async () => {
  const [first, second] = await Promise.all([shell(), shell('--host', 'node01')]);
  await first.press('echo one > /tmp/a; hostname\r', /^host$/m);
  await second.press('hostname; ls /tmp/a\r', /^node01$/m);
  expect(await run('exec', '--', 'cat', '/tmp/a')).toMatchObject({ exit: 0, stdout: 'one\n' });
  expect(await run('exec', '--host', 'node01', '--', 'hostname')).toMatchObject({ stdout: 'node01\n' });
  await first.press('echo st""ill\r', /^still$/m);
  await second.press('echo st""ill\r', /^still$/m);
});

test('its size is the terminal’s, Ctrl-] leaves whatever runs, and the terminal is as it was', async () => {
  const terminal = await shell();
  terminal.resize(100, 30);
  await terminal.press('sleep 0.3; stty size\r', '30 100');
  await terminal.press('vi note\r', /^~/m);
  terminal.write('\x1d');
  expect((await terminal.exited).exitCode).toBe(0);
  await terminal.drawn();
  expect(terminal.modes()).toMatchObject({
    alternate: false,
    bracketedPasteMode: false,
    applicationCursorKeysMode: false,
    mouseTrackingMode: 'none',
    hidden: false,
  });
});

test('a terminal that goes hangs up its shell, and the sandbox stays', async () => {
  const terminal = await shell();
  await terminal.press('exec -a marked sleep 1000\r', /marked/);
  const left = () => run('exec', '--', 'pgrep', '-fc', '^marked');
  expect((await left()).stdout).toBe('1\n');
  await terminal.close();
  open.delete(terminal);
  for (let tries = 0; tries < 50 && (await left()).stdout !== '0\n'; tries++);
  expect((await left()).stdout).toBe('0\n');
});

test('a host or a namespace that is not there is said, with those that are', async () => {
  expect(await run('exec', '--', 'ip', 'netns', 'add', 'client')).toMatchObject({ exit: 0 });
  const netns = await run('shell', '--netns', 'clinet');
  expect(netns.exit).toBe(2);
  expect(netns.stderr).toContain('host has no network namespace clinet.');
  expect(netns.stderr).toContain('Did you mean client?');
  const host = await run('shell', '--host', 'node02');
  expect(host.exit).toBe(2);
  expect(host.stderr).toContain('Its hosts: host, node01.');
  const terminal = await shell('--netns', 'client');
  await terminal.press('ip netns identify $$\r', /^client$/m);
});

test('a sandbox that is taken down says so to who is in it', async () => {
  await run('up', '--name', 'brief');
  const terminal = await shell('--name', 'brief');
  await run('down', '--name', 'brief');
  expect((await terminal.exited).exitCode).toBe(3);
  await terminal.until('The sandbox ended');
});
