/** Workers over NATS JetStream: they come, go and die, the server is restarted, the grader is killed; each result comes once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openQueue } from '../../src/grade/queue/connect.ts';
import { JOBS, RESULTS } from '../../src/grade/queue/names.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { NatsServer } from '../queue/nats-server.ts';
import { CABLE, SOLUTIONS } from './lessons.ts';

const COUNT = 24;
const CLI = join(PACKAGE_ROOT, 'src', 'cli.ts');
let folder: string;
let server: NatsServer;
const children = new Set<ChildProcess>();

beforeAll(() => embedded.prepare());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queue-'));
  mkdirSync(join(folder, 'cable'));
  mkdirSync(join(folder, 'subs'));
  writeFileSync(
    join(folder, 'cable', 'lesson.md'),
    CABLE.replace('needs:', 'params: {lan: {subnet: 10.0.0.0/8}}\nneeds:'),
  );
  writeFileSync(
    join(folder, 'cable', 'lesson.key.yaml'),
    'addresses:\n  - route: 10.7.0.0/24\n    in: red\n    id: key-route\n    points: 1\n',
  );
  writeFileSync(join(folder, 'secret'), 'a secret of sixteen letters');
  for (let i = 1; i <= COUNT; i++)
    writeFileSync(
      join(folder, 'subs', `learner-${i}.sh`),
      Object.entries(SOLUTIONS)
        .map(([id, text]) => `### ${id}\n${text}\necho ${i}\n`)
        .join(''),
    );
  server = new NatsServer(join(folder, 'nats'));
  await server.start();
});
afterEach(async () => {
  await Promise.all(
    [...children].map((child) => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      return child.exitCode === null && child.signalCode === null ? gone : undefined;
    }),
  );
  children.clear();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function start(args: string[], onLine: (line: string) => void = () => {}) {
  const child = spawn(process.execPath, [CLI, 'grade', ...args, '--queue', server.url], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let rest = '';
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
      const parts = `${rest}${text}`.split('\n');
      rest = parts.pop()!;
      for (const part of parts) onLine(part);
    });
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      children.delete(child);
      resolve(code);
    }),
  );
  return { child, output, ended };
}

const GRADE = ['cable', 'subs', '--results', 'results', '--secret', 'secret', '--reporter', 'ndjson'];
const worker = (onLine?: (line: string) => void) => start(['worker', '--jobs', '2'], onLine);

interface Line {
  type: string;
  learner: string;
  points: number;
  startedAt: string;
  counts?: { graded: number };
}
const linesOf = (stdout: string): Line[] =>
  stdout
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

function expectWhole(stdout: string): Line[] {
  const lines = linesOf(stdout);
  const graded = lines.filter(({ type }) => type === 'graded');
  expect(graded).toHaveLength(COUNT);
  expect(new Set(graded.map(({ learner }) => learner)).size).toBe(COUNT);
  expect(graded.every(({ points }) => points === 8)).toBe(true);
  expect(lines.at(-1)).toMatchObject({ type: 'grading-finished', counts: { graded: COUNT, broken: 0 } });
  return graded;
}

/** Nothing waits on the server any more, neither to be done nor to be fetched. */
async function expectEmpty(): Promise<void> {
  const queue = await openQueue(server.url);
  const left = async (name: string): Promise<number> => (await queue.jsm.streams.info(name)).state.messages;
  try {
    await expect.poll(() => left(JOBS), { timeout: 30_000 }).toBe(0);
    // A job whose worker could not say that it was done has been done once more: its second result interests nobody.
    const again = start(GRADE);
    expect(await again.ended).toBe(0);
    expect(again.output.stderr).toContain(`${COUNT} graded before`);
    expect(await left(RESULTS)).toBe(0);
  } finally {
    await queue.close();
  }
}

test('three workers, one of them killed -9, and the server restarted: every result once', {
  timeout: 180_000,
}, async () => {
  let done = 0;
  let restarted: Promise<void> | undefined;
  const onLine = (line: string) => {
    if (!/: graded, \d+ ms$/.test(line)) return;
    done += 1;
    if (done === 4) first.child.kill('SIGKILL');
    if (done === 9) restarted = server.kill().then(() => server.start());
  };
  const first = worker(onLine);
  worker(onLine);
  worker(onLine);
  const grader = start(GRADE);
  expect(await grader.ended).toBe(0);
  await restarted;
  expect(restarted).toBeDefined();
  expect(first.child.signalCode).toBe('SIGKILL');
  expectWhole(grader.output.stdout);
  expect(readdirSync(join(folder, 'results', 'records'))).toHaveLength(COUNT);
  await expectEmpty();
});

test('the grader is killed -9 and started again: what was done is not done again', {
  timeout: 180_000,
}, async () => {
  const graded: string[] = [];
  worker((line) => {
    const learner = /^(learner-\d+): graded/.exec(line)?.[1];
    if (learner !== undefined) graded.push(learner);
  });
  const first: { child: ChildProcess; output: { stdout: string }; ended: Promise<unknown> } = start(
    GRADE,
    (line) => {
      if (line.includes('"graded"') && linesOf(first.output.stdout).length >= 3) first.child.kill('SIGKILL');
    },
  );
  await first.ended;
  const second = start(GRADE);
  expect(await second.ended).toBe(0);
  const all = expectWhole(second.output.stdout);
  const startOf = new Map(all.map(({ learner, startedAt }) => [learner, startedAt]));
  for (const { type, learner, startedAt } of linesOf(first.output.stdout))
    if (type === 'graded') expect(startOf.get(learner)).toBe(startedAt);
  // Jobs that the first had put out were still there: no worker did one twice.
  expect(graded).toHaveLength(new Set(graded).size);
  await expectEmpty();
});

test('results that came while the grader could not take them are not worked for again', {
  timeout: 180_000,
}, async () => {
  const graded: string[] = [];
  worker((line) => {
    const learner = /^(learner-\d+): graded/.exec(line)?.[1];
    if (learner !== undefined) graded.push(learner);
  });
  // near the end: what is left is done before the server would hand a result out a second time by itself
  const first: ReturnType<typeof start> = start(GRADE, (line) => {
    if (line.includes('"graded"') && linesOf(first.output.stdout).length >= COUNT - 5)
      first.child.kill('SIGSTOP');
  });
  const queue = await openQueue(server.url);
  try {
    // one of them has been handed to a grader that neither took it nor will say so
    await expect
      .poll(async () => (await queue.jsm.streams.info(RESULTS)).state.messages, { timeout: 60_000 })
      .toBeGreaterThan(1);
    await expect.poll(async () => (await queue.jsm.streams.info(JOBS)).state.messages).toBe(0);
  } finally {
    await queue.close();
  }
  first.child.kill('SIGKILL');
  await first.ended;
  const second = start(GRADE);
  expect(await second.ended).toBe(0);
  expectWhole(second.output.stdout);
  expect(graded.toSorted()).toEqual([...new Set(graded)].toSorted());
  await expectEmpty();
});

test('without a server, or without JetStream, it says so', async () => {
  await server.kill();
  const { ended, output } = start(GRADE);
  expect(await ended).toBe(3);
  expect(output.stderr).toMatch(/The NATS server 127\.0\.0\.1:\d+ cannot be reached/);
});
