/** The first start of a container in a lesson, and the next, beside the same `docker run` of a Docker as a plain machine has it. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../src/sandbox/contract.ts';
import { getDriver } from '../src/sandbox/registry.ts';
import { type Bench, compare } from './bench.ts';
import { interleave } from './measure.ts';
import { find } from './process.ts';
import { rootfs } from './rootfs.ts';

const PLAIN = fileURLToPath(new URL('peers/plain-engine.sh', import.meta.url));
const HOST = { hosts: [{ name: 'host' }] };
const START = 'docker run -d --name web nginx > /dev/null';

async function timed(sandbox: Sandbox, text: string): Promise<number> {
  const began = performance.now();
  const { exit, stderr } = await sandbox.run('host', text, { timeoutMs: 60_000 });
  if (exit !== 0) throw new Error(stderr);
  return performance.now() - began;
}

/** Answers each line with one line; rejects when it ends instead. */
function plainEngine(images: readonly string[]) {
  const child = spawn(PLAIN, images, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done) throw new Error('the plain engine has ended');
    return value;
  };
  return {
    ready: next,
    async ask(what: 'run' | 'cold'): Promise<number> {
      child.stdin.write(`${what}\n`);
      return Number(await next());
    },
    end: () => child.stdin.end(),
  };
}

function absence(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  return ['dockerd', 'docker'].every(find) ? undefined : 'is not installed';
}

export const container: Bench = {
  name: 'container',
  title: 'docker run of nginx in a lesson, beside a plain Docker: its daemon running, and with its start',
  async run({ rounds }) {
    const root = await rootfs();
    const driver = await getDriver('embedded');
    const absent = absence();
    const folder = join(root, 'usr/lib/wirebook/images');
    const plain = absent ? undefined : plainEngine(readdirSync(folder).map((name) => join(folder, name)));
    await plain?.ready();
    await using warm = await driver.create(HOST);
    await timed(warm, 'docker version > /dev/null');
    try {
      const running = await interleave(
        [
          {
            name: 'docker run in a lesson, engine running',
            run: async () => {
              const time = await timed(warm, START);
              await timed(warm, 'docker rm -f web > /dev/null');
              return time;
            },
          },
          ...(plain ? [{ name: 'docker run, plain Docker', run: () => plain.ask('run') }] : []),
        ],
        rounds,
      );
      const first = await interleave(
        [
          {
            name: 'first docker run in a lesson, with the start of its engine',
            run: async () => {
              await using fresh = await driver.create(HOST);
              return await timed(fresh, START);
            },
          },
          ...(plain ? [{ name: 'start of dockerd and docker run', run: () => plain.ask('cold') }] : []),
        ],
        Math.min(rounds, 5),
      );
      return {
        results: [...running, ...first],
        comparisons: [
          ...compare(running, { 'docker run, plain Docker': 1 }),
          ...compare(first),
          // What a learner waits for, against what a machine does on which Docker has run since it was switched on.
          ...(running[1] ? compare([first[0]!, running[1]]) : []),
        ],
        absent: absent ? [{ name: 'plain Docker', absent }] : [],
        notes: [
          'The plain Docker is the machine’s own dockerd as root, in network and mount namespaces of its own, its data on a tmpfs, its images loaded.',
          'The first in a lesson loads the images of nginx and pause as well; the plain one has them on its disk.',
        ],
      };
    } finally {
      plain?.end();
    }
  },
};
