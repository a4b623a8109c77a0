/** An author at work: the real command in a real terminal, the lesson saved in every way that editors have. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reopening } from '../../src/commands/preview.ts';
import { watchContent } from '../../src/commands/watch-file.ts';
import { FaultyLesson } from '../../src/lesson/load.ts';
import type { Library } from '../../src/page/library.ts';
import type { Session } from '../../src/session/session.ts';
import { BIN, bringUpToDate } from '../cli/wirebook.ts';
import { TestTerminal } from '../terminal/terminal.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-preview-'));
  bringUpToDate();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lesson = (first: string, second: string) => `---
title: A draft
---
## One
${first}
\`\`\`sh {.run #one}
echo first-$((40 + 2))
\`\`\`
## Two
${second}
\`\`\`sh {.run #two}
echo second
\`\`\`
`;

test('saving shows the lesson anew at the same place; faults are shown until they are mended', async () => {
  const own = join(folder, 'draft');
  const file = join(own, 'lesson.md');
  mkdirSync(own);
  writeFileSync(file, lesson('Words of old.', 'More.'));
  const state = join(folder, 'state');
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [BIN, 'preview', own],
    columns: 100,
    rows: 30,
    env: { HOME: process.env.HOME ?? '/root', XDG_STATE_HOME: state },
  });
  try {
    await terminal.until('Words of old.');
    await terminal.until('sandbox ready');
    await terminal.until(/▌ ╭─ 1 /);
    await terminal.press('\r', 'first-42');
    await terminal.press('n', /▌ ╭─ 2 /);

    writeFileSync(file, lesson('Words of new.', 'Quite other words.'));
    await terminal.until('Quite other words.');
    // The place, and what was run, replayed in the new sandbox.
    await terminal.until(/▌ ╭─ 2 /);
    await terminal.until('first-42');

    // A key in the very moment of saving acts, whichever of the two it meets; so it does while the lesson is read anew.
    for (const [at, wait] of [0, 120, 260, 400].entries()) {
      writeFileSync(
        file,
        lesson('Words of new.', `Saved ${at} times more.`).replace('second', `second-${at}`),
      );
      await new Promise((resolve) => setTimeout(resolve, wait));
      terminal.write('a');
      await terminal.until(`Saved ${at} times more.`);
      await terminal.until((): boolean => terminal.rows().some((row) => row.includes(`│ second-${at}`)));
    }

    writeFileSync(join(own, 'draft.tmp'), lesson('Words.', 'More.').replace('.run #two', '.rnu #two'));
    renameSync(join(own, 'draft.tmp'), file);
    await terminal.until('Unknown role');
    expect(terminal.text()).toMatch(/lesson\.md:11:\d+: error/);
    expect(terminal.text()).toContain('did you mean `.run`?');
    expect(terminal.text()).toContain('it is read anew as soon as it is saved');

    writeFileSync(file, lesson('Words.', 'Mended at last.'));
    await terminal.until('Mended at last.');
    terminal.write('\x03\x03');
    await terminal.exited;
    // The author's trials are kept apart from what the author has learnt.
    expect(existsSync(join(state, 'wirebook', 'preview'))).toBe(true);
    expect(existsSync(join(state, 'wirebook', 'sessions'))).toBe(false);
  } finally {
    await terminal.close();
  }
}, 60_000);

test('an author is told of a check that holds before its cell has run, in so many words', async () => {
  const own = join(folder, 'early');
  mkdirSync(own);
  const early = '```yaml {.expect}\n- interface: lo\n  id: early\n```\n';
  writeFileSync(join(own, 'lesson.md'), lesson('Words.', 'More.').replace('## Two', `${early}## Two`));
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [BIN, 'preview', own],
    columns: 100,
    rows: 30,
    env: { HOME: process.env.HOME ?? '/root', XDG_STATE_HOME: join(folder, 'state-early') },
  });
  try {
    await terminal.until('sandbox ready');
    await terminal.until(/▌ ╭─ 1 /);
    await terminal.press('\r', 'Held before their cell had run already: early.');
    // Once more it finds what it has made itself: nothing is said of that.
    await terminal.press('\x1b', () => !terminal.text().includes('Held before'));
  } finally {
    await terminal.close();
  }
}, 60_000);

test('a file is told of when its bytes change, not when it is merely touched', async () => {
  const file = join(folder, 'watched.md');
  writeFileSync(file, 'a');
  const changed = vi.fn();
  const stop = watchContent(file, changed, 20);
  try {
    writeFileSync(file, 'a');
    writeFileSync(`${file}.new`, 'b');
    renameSync(`${file}.new`, file);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), 5000);
    rmSync(file);
    await new Promise((resolve) => setTimeout(resolve, 80));
    writeFileSync(file, 'c');
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2), 5000);
  } finally {
    stop();
  }
});

test('sessions are opened one after the other, each when the one before is closed', async () => {
  const log: string[] = [];
  let faulty = false;
  const library: Library = {
    title: '',
    summary: '',
    items: async () => [],
    async open() {
      if (faulty) throw new FaultyLesson('/deep/down/lesson.md', []);
      log.push('open');
      return { close: async () => void log.push('close') } as Partial<Session> as Session;
    },
  };
  const preview = reopening(library, 'lesson.md');
  await Promise.all([preview.open('a'), preview.open('a')]);
  expect(log).toEqual(['open', 'close', 'open']);
  faulty = true;
  await expect(preview.open('a')).rejects.toThrow(/^lesson\.md has/);
  faulty = false;
  await preview.open('a');
  expect(log).toEqual(['open', 'close', 'open', 'close', 'open']);
});
