/** The same 200 through three workers over NATS JetStream, one of them killed -9 and the server restarted in between. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/lib/package.ts';
import { embedded } from '../src/sandbox/embedded/driver.ts';
import { NatsServer } from '../test/queue/nats-server.ts';
import type { Bench } from './bench.ts';
import { EXERCISE, SECRET, SUBMISSIONS, writeSubmissions } from './grade.ts';

const CLI = join(PACKAGE_ROOT, 'src', 'cli.ts');

export const gradeQueue: Bench = {
  name: 'grade-queue',
  title: `Grading ${SUBMISSIONS} submissions through three workers, one killed and the server restarted`,
  async run() {
    await embedded.prepare();
    const folder = mkdtempSync(join(tmpdir(), 'bench-queue-'));
    const server = new NatsServer(join(folder, 'nats'));
    try {
      await server.start();
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return { results: [], comparisons: [], absent: [{ name: 'nats-server', absent: 'is not installed' }] };
    }
    const start = (args: string[]) =>
      spawn(process.execPath, [CLI, 'grade', ...args, '--queue', server.url], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    let done = 0;
    let worked = 0;
    const workers = Array.from({ length: 3 }, () => start(['worker', '--jobs', '2']));
    for (const worker of workers)
      worker.stderr.setEncoding('utf8').on('data', (text: string) => {
        worked += text.match(/: graded, /g)?.length ?? 0;
      });
    try {
      await writeSubmissions(join(folder, 'subs'), SUBMISSIONS);
      writeFileSync(join(folder, 'secret'), SECRET);
      const began = performance.now();
      const grader = start([
        EXERCISE,
        'subs',
        '--results',
        'results',
        '--secret',
        'secret',
        '--reporter',
        'ndjson',
      ]);
      const learners: string[] = [];
      let rest = '';
      let restarted: Promise<void> | undefined;
      grader.stdout.setEncoding('utf8').on('data', (text: string) => {
        const parts = `${rest}${text}`.split('\n');
        rest = parts.pop()!;
        for (const part of parts) {
          const { type, learner, points, possible } = JSON.parse(part) as Record<string, unknown>;
          if (type !== 'graded') continue;
          if (points === possible) learners.push(String(learner));
          done += 1;
          if (done === SUBMISSIONS / 4) workers[0]!.kill('SIGKILL');
          if (done === SUBMISSIONS / 2) restarted = server.kill().then(() => server.start());
        }
      });
      await new Promise((resolve) => grader.once('close', resolve));
      await restarted;
      const ms = performance.now() - began;
      const distinct = new Set(learners).size;
      if (distinct !== SUBMISSIONS || learners.length !== SUBMISSIONS)
        throw new Error(
          `${learners.length} results of ${distinct} learners with all points, of ${SUBMISSIONS}`,
        );
      return {
        results: [
          {
            name: 'a submission',
            median: ms / SUBMISSIONS,
            least: ms / SUBMISSIONS,
            most: ms / SUBMISSIONS,
            rounds: 1,
          },
        ],
        comparisons: [],
        absent: [],
        notes: [`${distinct} results, none twice; ${worked} runs were told of by workers.`],
      };
    } finally {
      for (const worker of workers) worker.kill('SIGKILL');
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
