/** Grading that is killed goes on where it was: nothing is lost, nothing is done twice. With a real kill -9. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { CABLE, SOLUTIONS } from './lessons.ts';

const COUNT = 12;
let folder: string;
beforeAll(async () => {
  await embedded.prepare();
  folder = mkdtempSync(join(tmpdir(), 'resume-'));
  mkdirSync(join(folder, 'cable'));
  mkdirSync(join(folder, 'subs'));
  writeFileSync(join(folder, 'cable', 'lesson.md'), CABLE);
  for (let i = 1; i <= COUNT; i++)
    writeFileSync(
      join(folder, 'subs', `learner-${i}.sh`),
      Object.entries(SOLUTIONS)
        .map(([id, text]) => `### ${id}\n${text}\necho ${i}\n`)
        .join(''),
    );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  type: string;
  learner?: string;
  points?: number;
  startedAt?: string;
}

/** The real command line in a process of its own; `until` may end it. */
function run(
  until: (lines: readonly Line[], child: ChildProcess) => void = () => {},
): Promise<{ lines: Line[]; stderr: string; signal: string | null }> {
  const argv = [
    join(PACKAGE_ROOT, 'src', 'cli.ts'),
    'grade',
    'cable',
    'subs',
    '--results',
    'results',
    '--jobs',
    '2',
    '--reporter',
    'ndjson',
  ];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: Line[] = [];
  let rest = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = `${rest}${text}`.split('\n');
    rest = parts.pop()!;
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
    until(lines, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (_, signal) => resolve({ lines, stderr, signal })));
}

test('a kill -9 in the middle, twice, and then the whole', { timeout: 120_000 }, async () => {
  const killAt = (count: number) => (lines: readonly Line[], child: ChildProcess) => {
    if (lines.filter(({ type }) => type === 'graded').length >= count) child.kill('SIGKILL');
  };
  const first = await run(killAt(3));
  expect(first.signal).toBe('SIGKILL');
  const second = await run(killAt(7));
  expect(second.signal).toBe('SIGKILL');
  const third = await run();
  const graded = third.lines.filter(({ type }) => type === 'graded');
  expect(new Set(graded.map(({ learner }) => learner)).size).toBe(COUNT);
  expect(graded).toHaveLength(COUNT);
  expect(graded.every(({ points }) => points === 7)).toBe(true);
  // What was told before a kill is what is told after it: not run again.
  const startOf = new Map(graded.map(({ learner, startedAt }) => [learner, startedAt]));
  for (const { type, learner, startedAt } of [...first.lines, ...second.lines])
    if (type === 'graded') expect(startOf.get(learner)).toBe(startedAt);
  expect(Number(/(\d+) graded before/.exec(third.stderr)?.[1])).toBeGreaterThanOrEqual(7);
  expect(third.lines.at(-1)).toMatchObject({
    type: 'grading-finished',
    counts: { graded: COUNT, broken: 0 },
  });
  // Nothing half-written is left, and no lock of the dead.
  expect(
    readdirSync(join(folder, 'results', 'records')).filter(
      (name) => !/^learner-\d+-\w+\.json\.gz$/.test(name),
    ),
  ).toEqual([]);
  expect(readdirSync(join(folder, 'results'))).toEqual(['records']);
});

test('two at once into one folder: the second says who is there', async () => {
  let other: ReturnType<typeof run> | undefined;
  rmSync(join(folder, 'results'), { recursive: true });
  await run((lines) => {
    if (lines.length === 1) other = run();
  });
  const { stderr, lines } = await other!;
  expect(lines).toEqual([]);
  expect(stderr).toMatch(/Another wirebook grades into .*results: process \d+/);
});
