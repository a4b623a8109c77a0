import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lesson } from '../../src/lesson/model.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { readJournal } from '../../src/session/journal/read.ts';
import { answersPath, openJournal } from '../../src/session/journal.ts';
import { readProgress, readSeed } from '../../src/session/progress.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import type { SessionState } from '../../src/session/state.ts';
import { anyEvent } from './arbitrary-events.ts';
import { cell, fileCheck, fileEngine, lessonOf } from './fake-lesson.ts';

let folder: string;
let path: string;
beforeEach(() => {
  // In memory where there is such a folder: thousands of flushes to a disk are not what is tested.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wirebook-journal-'));
  path = join(folder, 'cable.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

const lesson = lessonOf([
  cell('one', 'touch /a', { points: 1, expects: [fileCheck('/a', { points: 2 })] }),
  cell('two', 'echo 2'),
  cell('three', '', { role: 'task' }),
]);
const observation = { at: '2026-01-01T00:00:00.000Z', hosts: {}, probes: {} };
const verdict = {
  ...fileEngine.judge(lesson.cells[0]!.expects[0]!, { observation, values: {} }),
  state: 'pass' as const,
};
const walk: SessionEvent[] = [
  {
    at: 1,
    type: 'session-opened',
    lesson: 'cable',
    file: lesson.file,
    hash: 'h1',
    driver: 'fake',
    version: '1',
  },
  { at: 2, type: 'cell-started', cell: 'one', text: 'touch /a', by: 'learner' },
  {
    at: 3,
    type: 'cell-finished',
    cell: 'one',
    outcome: 'exited',
    exit: 0,
    stdout: 'é😀\n',
    stderr: '',
    durationMs: 4,
  },
  { at: 4, type: 'checks-started', cell: 'one' },
  { at: 5, type: 'check-judged', cell: 'one', verdict },
  { at: 6, type: 'checks-finished', cell: 'one', observation },
  { at: 7, type: 'answer-edited', cell: 'three', text: 'ip link set lo up\n```\n' },
  { at: 8, type: 'moved', block: 2 },
];

function write(events: readonly SessionEvent[], of: Lesson = lesson, compactAt?: number): SessionState {
  const journal = openJournal({ path, lesson: of, compactAt });
  let state = journal.restored?.state ?? initialState(of, 0);
  for (const event of events) {
    state = reduce(state, event, of);
    journal.append(event, state);
  }
  journal.close();
  return state;
}

function reopened(of: Lesson = lesson) {
  const journal = openJournal({ path, lesson: of });
  journal.close();
  return journal;
}

test('what was written is there again', () => {
  const state = write(walk);
  const again = reopened().restored!.state;
  expect(again.cells).toEqual(reduce(state, { at: 0, type: 'session-closed' }).cells);
  expect(again.points).toEqual({ earned: 3, possible: 3 });
  expect(again.block).toBe(2);
});

test('cut at every byte: all whole lines are there, nothing is invented, and it goes on from there', () => {
  write(walk);
  const bytes = readFileSync(path);
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
  for (let cut = 0; cut <= bytes.length; cut++) {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    writeFileSync(path, bytes.subarray(0, cut));
    // A line whose end of line alone is missing is whole too.
    const lines = ends.filter((end) => end <= cut).length;
    const expected = walk.slice(0, Math.max(0, lines - 1));
    const journal = openJournal({ path, lesson });
    expect(journal.mended).toBeUndefined();
    const state = journal.restored?.state;
    if (lines > 0) {
      const want = [...expected, { at: 0, type: 'session-closed' } as const].reduce(
        (folded, event) => reduce(folded, event, lesson),
        initialState(lesson, 0),
      );
      expect(state!.cells).toEqual(want.cells);
    } else expect(state).toBeUndefined();
    const next: SessionEvent = { at: 9, type: 'answer-edited', cell: 'three', text: 'later' };
    journal.append(next, reduce(state ?? initialState(lesson, 0), next, lesson));
    journal.close();
    if (cut % 9 === 0) expect(reopened().restored!.state.cells.three!.answer).toBe('later');
  }
});

test('any lines at all: no exception; what is not ours is kept aside and told', () => {
  const line = fc.oneof(
    anyEvent.map((event) => JSON.stringify(event)),
    fc.json().map((json) => json.replaceAll('\n', ' ')),
    fc.string().map((text) => text.replace(/[\n\r]/g, ' ')),
    fc.constant('{"snapshot":{"cells":{"one":null}}}'),
    fc.constant('{"at":1,"type":"check-judged","cell":"one","verdict":null}'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      rmSync(folder, { recursive: true, force: true });
      write([]);
      const before = readFileSync(path, 'utf8');
      writeFileSync(path, `${before}${lines.map((text) => `${text}\n`).join('')}`);
      const { bad } = readJournal(readFileSync(path));
      const journal = reopened();
      expect(journal.mended?.lines ?? 0).toBe(bad.length);
      if (bad.length > 0) expect(readFileSync(join(folder, 'cable.bad'), 'utf8')).toBe(`${bad.join('\n')}\n`);
      expect(reopened().mended).toBeUndefined();
      expect(reopened().restored!.state.cells).toEqual(journal.restored!.state.cells);
    }),
    { numRuns: 60 },
  );
});

test('a spoilt line in the middle costs that line alone', () => {
  write(walk);
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[1] = '\0\0\0\0';
  writeFileSync(path, lines.join('\n'));
  const journal = reopened();
  expect(journal.mended?.path).toContain('cable.bad');
  expect(journal.restored!.state.cells.one!.status).toBe('passed');
});

test('a learner who changes the language goes on in the same cells', () => {
  write(walk);
  const translated = lessonOf(
    lesson.cells.map((one) => ({ ...one, text: `# 注释\n${one.text}`, originalText: one.text })),
    { hash: 'h2' },
  );
  const { restored } = reopened(translated);
  expect(restored!.changed).toEqual([]);
  expect(restored!.state.cells.one!.status).toBe('passed');
});

test('a cell whose text has changed begins anew, its answer stays; the others keep their state', () => {
  write([...walk, { at: 9, type: 'answer-edited', cell: 'one', text: 'mine' }]);
  const changed = lessonOf([cell('one', 'touch /b'), cell('two', 'echo 2'), lesson.cells[2]!], {
    hash: 'h2',
  });
  const { restored } = reopened(changed);
  expect(restored!.changed).toEqual(['one']);
  expect(restored!.state.cells.one).toMatchObject({ status: 'waiting', answer: 'mine' });
  expect(restored!.state.cells.three!.answer).toBe('ip link set lo up\n```\n');
  const kept = lessonOf([...lesson.cells, cell('four', 'echo 4')], { hash: 'h3' });
  write(walk);
  expect(reopened(kept).restored!.state.cells.one!.status).toBe('passed');
});

test('it stays small, whatever is typed and printed, and folding it loses nothing', () => {
  const many: SessionEvent[] = [];
  for (let n = 0; n < 400; n++) {
    many.push({ at: n, type: 'answer-edited', cell: 'three', text: 'y'.repeat(n * 10) });
    many.push({ at: n, type: 'cell-started', cell: 'one', text: 'touch /a', by: 'learner' });
    const stdout = 'z'.repeat(300_000);
    many.push({
      at: n,
      type: 'cell-finished',
      cell: 'one',
      outcome: 'exited',
      exit: 0,
      stdout,
      stderr: '',
      durationMs: 1,
    });
    many.push(
      { at: n, type: 'checks-started', cell: 'one' },
      { at: n, type: 'check-judged', cell: 'one', verdict },
    );
    many.push({ at: n, type: 'checks-finished', cell: 'one', observation });
  }
  const state = write(many, lesson, 200_000);
  expect(statSync(path).size).toBeLessThan(500_000);
  const again = reopened().restored!.state;
  expect(again.cells.one).toMatchObject({ status: 'passed', attempts: 400, verdicts: [verdict] });
  expect(again.cells.three!.answer).toBe('y'.repeat(3990));
  expect(again.points).toEqual(state.points);
  const content = readJournal(readFileSync(path));
  expect(content.events.some((event) => event.type === 'checks-finished' && event.observation)).toBe(true);
});

test('one writer: a second one is told who holds it', () => {
  const journal = openJournal({ path, lesson });
  expect(() => openJournal({ path, lesson })).toThrow(
    expect.objectContaining({
      code: 'journal-held',
      message: expect.stringMatching(
        new RegExp(`process ${process.pid}, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\.$`),
      ),
    }),
  );
  journal.close();
  expect(reopened().path).toBe(path);
});

test('locks of the dead are no locks, a living process that is not ours is', async () => {
  write(walk);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const start = readFileSync(`/proc/${child.pid}/stat`, 'latin1').split(') ')[1]!.split(' ')[19];
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
  const mine = openJournal({ path, lesson });
  const own = readdirSync(folder).find((name) => name.includes('.lock.'))!;
  mine.close();
  const pidns = own.split('.').at(-1);
  writeFileSync(join(folder, `cable.ndjson.lock.${child.pid}.${start}.${boot}.${pidns}`), 'today\n');
  expect(() => openJournal({ path, lesson })).toThrow(`process ${child.pid}, since today`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  writeFileSync(
    join(folder, `cable.ndjson.lock.1.99999999.${boot}.${pidns}`),
    'another process has this id now',
  );
  writeFileSync(join(folder, `cable.ndjson.lock.1.1.00000000.${pidns}`), 'before the restart');
  expect(reopened().restored!.state.cells.one!.status).toBe('passed');
  expect(readdirSync(folder).filter((name) => name.includes('.lock.'))).toEqual([]);
});

test('a journal of a newer Wirebook is left alone', () => {
  write(walk);
  const text = readFileSync(path, 'utf8').replace('"version":1', '"version":99');
  writeFileSync(path, text);
  expect(() => openJournal({ path, lesson })).toThrow(expect.objectContaining({ code: 'journal-newer' }));
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a folder that cannot be written, and a disk that is full, are told once and do not stop the session', () => {
  const journal = openJournal({ path: path, lesson });
  const told: string[] = [];
  journal.onTrouble = (message) => told.push(message);
  rmSync(folder, { recursive: true });
  const state = initialState(lesson, 0);
  for (const event of walk) journal.append(event, state);
  journal.close();
  expect(told.length).toBe(1);
  mkdirSync(folder, { recursive: true });
});

test('answers are a Markdown file that a person can read', () => {
  write(walk);
  expect(readFileSync(answersPath(path), 'utf8')).toBe(
    [
      '# A cable',
      'Answers to the lesson `cable`, 3 of 3 points.',
      '## A cable',
      '### three (waiting)',
      '````sh\nip link set lo up\n```\n````\n',
    ].join('\n\n'),
  );
});

test('progress is read without the lesson, from the note or from the journal, and both say the same', () => {
  expect(readProgress(path)).toBeUndefined();
  write(walk);
  const noted = readProgress(path);
  rmSync(join(folder, 'cable.progress.json'));
  expect(readProgress(path)).toEqual(noted);
  expect(noted).toMatchObject({
    cells: { passed: 1, total: 3 },
    steps: { done: 0, total: 1 },
    points: { earned: 3, possible: 3 },
    block: 2,
    finished: false,
  });
});

test('the seed of a lesson with params is kept, and read without the lesson', () => {
  expect(readSeed(path)).toBeUndefined();
  openJournal({ path, lesson: { ...lesson, params: { seed: 'ada', values: { a: '1' } } } }).close();
  expect(readSeed(path)).toBe('ada');
  openJournal({ path, lesson }).close();
  expect(readSeed(path)).toBeUndefined();
});

test('the note is not believed when the journal has gone on without it', () => {
  write(walk);
  writeFileSync(path, `${JSON.stringify({ at: 1, type: 'reset' })}\n`, { flag: 'a' });
  expect(readProgress(path)!.cells.passed).toBe(0);
});

test('kill -9 at random moments: every line that was told is there', { timeout: 60_000 }, async () => {
  const writer = join(import.meta.dirname, 'journal-writer.ts');
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [writer, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await once(child.stdout, 'data');
    while (!printed.includes('\n') && child.exitCode === null) await once(child.stdout, 'data');
    expect(child.exitCode).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
    child.kill('SIGKILL');
    await once(child, 'close');
    const last = Number(printed.split('\n').at(-2));
    const of = lessonOf([cell('one', 'echo 1'), cell('task', '', { role: 'task' })]);
    const journal = openJournal({ path, lesson: of });
    expect(journal.mended).toBeUndefined();
    expect(Number(journal.restored!.state.cells.task!.answer!.split(':')[0])).toBeGreaterThanOrEqual(last);
    journal.close();
    expect(existsSync(join(folder, 'cable.bad'))).toBe(false);
  }
});
