/** `wirebook class board` on a host that is a process of its own: lines, JSON, and what is refused. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BIN, bringUpToDate, wirebook } from '../cli/wirebook.ts';
import { connected, newLearner } from './host/a-host.ts';
import { freePort, type Hosting, startHost } from './host/command.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const state = mkdtempSync(join(tmpdir(), 'wirebook-board-command-'));
let host: Hosting;
let port: number;
let url: string;
let print: string;
let secret: string;

beforeAll(async () => {
  bringUpToDate();
  port = await freePort();
  host = startHost(['--port', `${port}`], state);
  url = await host.printed(/(https:\/\/\S+\/board#\S+)/);
  print = await host.printed(/([0-9A-F]{2}(?::[0-9A-F]{2}){31})/);
  secret = (await host.printed(/class join \S+ (\S+)/)).replaceAll('-', '').slice(0, 6);
});
afterAll(async () => {
  await host.kill('SIGKILL');
  rmSync(state, { recursive: true, force: true });
});

test.each(['--plain', '--reporter=ndjson'])('%s tells what changes', async (how) => {
  const board = spawn(process.execPath, [BIN, 'class', 'board', url, '--fingerprint', print, how], {
    env: { ...process.env, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  board.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  try {
    await expect.poll(() => text).not.toBe('');
    const name = `Ada ${how}`;
    const learner = await connected(port, newLearner(name, { secret }));
    expect(await learner.answered()).toBe(name);
    learner.say({ type: 'hand', up: true });
    learner.say({ type: 'question', id: 'q', text: 'Why\u001b[2J is it down?' });
    await expect.poll(() => text).toContain('is it down?');
    learner.close();
    expect(text).not.toContain('\u001b');
    if (how === '--plain') {
      expect(text).toContain(`${name} joined`);
      expect(text).toContain(`${name} raises a hand`);
      for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^\d\d:\d\d:\d\d /);
    } else {
      const told = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(told[0]).toMatchObject({ type: 'board' });
      expect(told).toContainEqual(expect.objectContaining({ type: 'hand', name }));
    }
  } finally {
    board.kill('SIGINT');
    await new Promise((resolve) => board.once('close', resolve));
  }
});

test.each([
  ['without a word about the certificate', () => [url], /nobody has said which one it must be/],
  ['with a key that is none', () => [`${url}x`, '--fingerprint', print], /The key is not that of this class/],
  ['without a key', () => [url.replace(/#.*/, '')], /the key, which stands after #, is missing/],
  ['where nobody is', () => ['https://127.0.0.1:1/board#k'], /was not reached/],
  ['with another reporter', () => [url, '--fingerprint', print, '--reporter', 'junit'], /not told as junit/],
] as const)('%s it is refused, with what to do', async (_, args, says) => {
  const { exit, stderr } = await wirebook(['class', 'board', ...args()]);
  expect(exit).toBe(2);
  expect(stderr).toMatch(says);
});
