import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SessionEvent } from '../../../src/session/events.ts';
import { openJournal } from '../../../src/session/journal.ts';
import { openSession } from '../../../src/session/open.ts';
import { initialState, reduce } from '../../../src/session/reduce.ts';
import type { Session } from '../../../src/session/session.ts';
import type { SessionState } from '../../../src/session/state.ts';
import { cell, lessonOf } from '../fake-lesson.ts';
import { FakeDriver } from '../fake-sandbox.ts';

const LONG = Array.from({ length: 9000 }, (_, at) => `echo line ${at + 1}`).join('\n');
const much = lessonOf([
  cell('much', 'endless'),
  cell('little', 'echo one'),
  cell('other', 'endless'),
  cell('long', LONG),
]);
/** What `endless` prints. */
const PRINTED = 'y\n'.repeat(64 * 8192);

let folder: string | undefined;
const sessions: Session[] = [];
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

async function open(printoutLimit?: number) {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  folder ??= mkdtempSync(join(tmpdir(), 'wirebook-printout-'));
  const session = openSession({
    lesson: much,
    driver: new FakeDriver(),
    journal: openJournal({ path: join(folder, 'l.ndjson'), lesson: much }),
    version: '0',
    printoutLimit,
  });
  sessions.push(session);
  await session.idle();
  const run = async (id: string) => {
    session.act({ do: 'run-cell', cell: id });
    await session.idle();
  };
  return { session, run };
}

const beside = () => join(folder!, 'l.printouts');
const files = () => (existsSync(beside()) ? readdirSync(beside()) : []);

test('all that was printed is in a file of the learner’s own, of the last run alone', async () => {
  const { session, run } = await open();
  await run('little');
  expect(files()).toEqual([]);
  expect(session.printout!('little')).toBeUndefined();
  await run('much');
  const [first] = files();
  expect(session.getState().cells.much!.output.some(({ omitted }) => omitted !== undefined)).toBe(true);
  const { printout, path } = session.printout!('much')!;
  expect(printout.size).toBe(PRINTED.length);
  expect(printout.lines).toBe(PRINTED.length / 2);
  expect(readFileSync(path, 'utf8')).toBe(PRINTED);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(beside()).mode & 0o777).toBe(0o700);
  await run('much');
  expect(files()).toHaveLength(1);
  expect(files()).not.toEqual([first]);
  await run('other');
  expect(files()).toHaveLength(2);
});

test('it is there when the lesson is opened again, and gone with what it was printed in', async () => {
  const before = await open();
  await before.run('much');
  await before.run('long');
  const { path } = before.session.printout!('long')!;
  await before.session.close();
  writeFileSync(join(beside(), 'left.by-a-crash.txt'), 'nobody’s');
  // What came to no end is not run again by itself, and nothing of it is shown any more.
  const { session } = await open();
  expect(files().map((file) => join(beside(), file))).toEqual([path]);
  const { printout } = session.printout!('long')!;
  expect(printout.lines).toBe(9000);
  expect(printout.piece(8999)!.text).toBe('line 9000');
  session.act({ do: 'reset' });
  await session.idle();
  expect(existsSync(beside())).toBe(false);
  expect(session.printout!('long')).toBeUndefined();
});

test('who has begun anew finds nothing of before', async () => {
  const { session, run } = await open();
  await run('long');
  await session.close();
  rmSync(join(folder!, 'l.ndjson'));
  await open();
  expect(existsSync(beside())).toBe(false);
});

test('it ends at the limit, and says so', async () => {
  const { session, run } = await open(300_000);
  await run('much');
  expect(session.getState().cells.much!.printout!.cut).toBe('limit');
  expect(session.printout!('much')!.printout.size).toBe(300_000);
});

test('without a folder to keep it in the cell runs as ever', async () => {
  const { session, run } = await open();
  writeFileSync(beside(), 'in the way');
  await run('much');
  expect(session.getState().cells.much!.printout).toBeUndefined();
  expect(session.getState().cells.much!.output.length).toBeGreaterThan(0);
});

test('of a run that was killed with Wirebook nothing is kept, of one that was being checked all is', () => {
  const after = (...events: SessionEvent[]) =>
    events.reduce<SessionState>((state, event) => reduce(state, event), initialState(much, 0)).cells.much!;
  const at = 1;
  const cell = 'much';
  const run: SessionEvent[] = [
    { at, type: 'cell-started', cell, text: 'endless', by: 'learner' },
    { at, type: 'printout-kept', cell, file: 'much.1.txt' },
  ];
  const ended = { outcome: 'exited', exit: 0, stdout: 'y', stderr: '', durationMs: 1 } as const;
  const closed: SessionEvent = { at, type: 'session-closed' };
  expect(after(...run, closed).printout).toBeUndefined();
  expect(after(...run, { at, type: 'cell-finished', cell, ...ended }, closed).printout).toEqual({
    file: 'much.1.txt',
  });
});
