/** The test's own course on the real screen: bundled once, run by plain node. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { options, root } from '../../scripts/bundle.mjs';
import { TestTerminal } from './terminal.ts';

export interface Keys {
  enter: string;
  escape: string;
  up: string;
  down: string;
  ctrl(letter: string): string;
}

export const keys: Keys = {
  enter: '\r',
  escape: '\x1b',
  up: '\x1b[A',
  down: '\x1b[B',
  ctrl: (letter) => String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 64),
};

/** Goes on from the top until the current cell or question is the wanted one. */
export async function reach(terminal: TestTerminal, current: RegExp): Promise<void> {
  await terminal.press('g', () => terminal.rows().some((row) => /What the smallest network/.test(row)));
  for (let steps = 0; steps < 12; steps++) {
    const before = terminal.text();
    if (terminal.rows().some((row) => current.test(row))) return;
    await terminal.press('n', () => terminal.text() !== before);
    await terminal.drawn();
  }
  throw new Error(`No ${current} on the way:\n${terminal.text()}`);
}

/** The head of the current cell. */
export const CELL = {
  first: /^▌ ╭─ 1 /,
  task: /^▌ ╭─ 2 /,
  quiz: /^▌ ╭─ (Question|问题)/,
  much: /^▌ ╭─ 3 /,
  slow: /^▌ ╭─ 4 /,
};

/** Call at the top of a test file; returns how to open a screen. All screens are closed after each test. */
export function screens(entry = 'test/terminal/entry.ts'): (options: {
  columns: number;
  rows: number;
  env?: Record<string, string>;
  background?: string;
  answersAfterMs?: number;
  oneScreen?: boolean;
  /** Lines of a shell around it, in which "$@" is the screen. */
  within?: string;
}) => TestTerminal {
  let folder: string;
  const open = new Set<TestTerminal>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wirebook-screen-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    await build({
      ...options,
      entryPoints: [entry],
      outdir: undefined,
      outfile: join(folder, 'entry.mjs'),
      external: ['@lydell/node-pty'],
      splitting: false,
      metafile: false,
      sourcemap: false,
      write: true,
    });
  });
  afterEach(async () => {
    await Promise.all([...open].map((terminal) => terminal.close()));
    open.clear();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return ({ columns, rows, env, background, answersAfterMs, oneScreen, within }) => {
    const screen = [process.execPath, join(folder, 'entry.mjs')];
    const [command, ...args] = within === undefined ? screen : ['bash', '-c', within, 'bash', ...screen];
    const terminal = new TestTerminal({
      command: command!,
      args,
      columns,
      rows,
      // Nothing is remembered from one test to the next.
      env: { XDG_CACHE_HOME: '/dev/null', ...env },
      ...(background ? { background } : {}),
      ...(oneScreen ? { oneScreen } : {}),
      ...(answersAfterMs === undefined ? {} : { answersAfterMs }),
    });
    open.add(terminal);
    return terminal;
  };
}
