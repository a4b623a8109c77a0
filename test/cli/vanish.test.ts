/** A terminal that is gone without a signal: the notebook ends all the same. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { TestTerminal } from '../terminal/terminal.ts';
import { BIN, bringUpToDate } from './wirebook.ts';

beforeAll(bringUpToDate);
const state = mkdtempSync(join(tmpdir(), 'wirebook-vanish-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

function childrenOf(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '),
    );
    return children.filter(Boolean).flatMap((child) => [Number(child), ...childrenOf(Number(child))]);
  } catch {
    return [];
  }
}

const isThere = (pid: number) => {
  try {
    // What has ended but was not waited for yet is no longer at work.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const locks = () =>
  readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('.lock'));

async function ended(pids: readonly number[]): Promise<void> {
  const end = performance.now() + 15_000;
  while (pids.some(isThere)) {
    if (performance.now() > end) throw new Error(`still there: ${pids.filter(isThere).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each(['the lesson', 'a shell'])('while %s is open', { timeout: 60_000 }, async (what) => {
  // A session of its own, as behind `su -`: the kernel sends it no SIGHUP.
  const terminal = new TestTerminal({
    command: 'setsid',
    args: ['-w', process.execPath, BIN, join(PACKAGE_ROOT, 'lessons', '01-namespaces')],
    columns: 80,
    rows: 24,
    env: { XDG_STATE_HOME: state, HOME: process.env.HOME! },
  });
  await terminal.until('sandbox ready');
  if (what === 'a shell') await terminal.press('t', /[#$] *$/m);
  const family = childrenOf(terminal.pid);
  expect(family).toHaveLength(1);
  expect(locks()).toHaveLength(1);
  terminal.vanish();
  await ended(family);
  // It has ended in order: what it held is free, and the sandbox went with it as it does at every end.
  expect(locks()).toEqual([]);
});
