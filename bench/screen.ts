import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../scripts/bundle.mjs';
import { type Bench, limit } from './bench.ts';
import { bundled } from './bundled.ts';
import { median } from './measure.ts';
import { WIREBOOK } from './process.ts';
import { BenchTerminal, type Size } from './terminal.ts';

/** One frame at 60 Hz, and the time after which a key feels slow. */
const LIMITS = { median: 1000 / 60, p99: 50, megabytes: 200 };
const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
];
const KEYS = 200;

export const screen: Bench = {
  name: 'screen',
  title: 'Screen: a key beside 100,000 printed lines, memory',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
    try {
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      const notebook = await bundled('test/terminal/entry.ts', join(folder, 'notebook.mjs'));
      const keys = [];
      for (const size of SIZES) keys.push(...(await keyToFrame(notebook, size)));
      return {
        results: [],
        comparisons: [...keys, ...(await memoryOf(folder))],
        absent: [],
        notes: [
          `A key is one of ${KEYS} that scroll through all that is kept of the output; its frame has been drawn by the emulator.`,
          'The page keeps 128 Ki characters of an output, its beginning and its end; all of it is read from a file (key F).',
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const percentile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;

/** To the cell that prints, runs it, and shows all of what it has printed. */
async function withOutput(notebook: string, size: Size): Promise<BenchTerminal> {
  const terminal = new BenchTerminal([notebook], size, { FAKE_LESSON: 'cable', FAKE_MS: '1' });
  await terminal.until((text) => text.includes('sandbox ready'), 'the lesson');
  const isThere = (text: string) => /^▌ ╭─ 3 /m.test(text);
  for (let tries = 0; tries < 12 && !isThere(terminal.text()); tries++) {
    terminal.child.write('n');
    await sleep(100);
  }
  await terminal.press('\r', (text) => text.includes('100000'), 'the output');
  await terminal.press('f', (text) => !text.includes('earlier line'), 'all of the output');
  return terminal;
}

/** Milliseconds that the processor has worked for the notebook's own thread: the same on a machine that others use too. */
const workedFor = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;

const SCROLLS = ['k', 'j', '\x1b[5~', '\x1b[6~'];

async function keyToFrame(notebook: string, size: Size) {
  const terminal = await withOutput(notebook, size);
  const { pid } = terminal.child;
  const waited: number[] = [];
  const worked: number[] = [];
  try {
    await sleep(500);
    for (let at = 0; at < KEYS; at++) {
      const before = terminal.text();
      const work = workedFor(pid);
      waited.push(
        await terminal.press(SCROLLS[at % SCROLLS.length]!, (text) => text !== before, 'another row'),
      );
      await sleep(40);
      worked.push(workedFor(pid) - work);
    }
  } finally {
    await terminal.close();
  }
  const at = `${size.columns}x${size.rows}`;
  return [
    limit(`key to frame at ${at}, median`, 'one frame', median(waited), LIMITS.median, 'ms'),
    limit(`key to frame at ${at}, 99th percentile`, 'limit', percentile(waited, 0.99), LIMITS.p99, 'ms'),
    limit(`processor for a key at ${at}, median`, 'one frame', median(worked), LIMITS.median, 'ms'),
    limit(
      `processor for a key at ${at}, 99th percentile`,
      'limit',
      percentile(worked, 0.99),
      LIMITS.p99,
      'ms',
    ),
  ];
}

const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** The real notebook and sandbox. Ten times the same output again: what grows with each would grow for ever. */
async function memoryOf(folder: string) {
  const lesson = join(folder, 'much.md');
  writeFileSync(lesson, '---\ntitle: Much\n---\n## One\n\n```sh {.run}\nseq 1 100000\n```\n');
  const terminal = new BenchTerminal([WIREBOOK, lesson], SIZES[0]!, { XDG_STATE_HOME: folder });
  try {
    await terminal.until((text) => text.includes('sandbox ready'), 'the lesson');
    await terminal.press('\r', (text) => text.includes('100000') && text.includes('passed'), 'the output');
    await terminal.press('f', (text) => !text.includes('earlier line'), 'all of the output');
    const again = async (times: number) => {
      for (let run = 0; run < times; run++) {
        // Any key takes a notice away; the head or the end of the cell is in the window.
        terminal.child.write('j');
        await sleep(100);
        terminal.child.write('a');
        await sleep(1000);
        await terminal.until((text) => /✓ passed|100000/.test(text), 'its end');
      }
      return residentOf(terminal.child.pid);
    };
    const million = await again(9);
    const two = await again(10);
    return [
      limit('resident after a million lines', 'limit', million, LIMITS.megabytes, 'MB'),
      { ...limit('resident after two million lines', 'after one', two, million, 'MB'), aim: 1.1 },
    ];
  } finally {
    terminal.child.write('q');
    await sleep(500);
    await terminal.close();
  }
}
