import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LOG_FILE, openDiskLog } from '../../../src/class/log/disk/log.ts';
import { conforms, Heard, said } from './conformance.ts';

describe('a class on the disk', () =>
  conforms(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-class-'));
    return {
      open: () => openDiskLog(join(folder, 'class')),
      shared: false,
      destroy: async () => rmSync(folder, { recursive: true }),
    };
  }));

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-class-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const WRITER = join(import.meta.dirname, 'disk-writer.ts');

/** What a writer says; `until` resolves with the first line that fits. */
function startWriter(command: string, ...args: string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines: string[] = [];
  const waiting: { fits: (line: string) => boolean; resolve: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const one of waiting) if (one.fits(line)) one.resolve();
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    lines,
    pid: child.pid!,
    until: (fits: (line: string) => boolean) =>
      new Promise<void>((resolve) => waiting.push({ fits, resolve })),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const numbers = (lines: readonly string[]): number[] => lines.map(Number).filter((one) => !Number.isNaN(one));

async function kept(): Promise<{ numbers: number[]; cut: number }> {
  await using log = await openDiskLog(folder);
  const heard = new Heard();
  await log.follow(heard.on);
  return { numbers: heard.of('learner:a'), cut: log.cut };
}

test('what was acknowledged is there after kill -9, again and again', async () => {
  const acknowledged = new Set<number>();
  let last = 0;
  for (let round = 0; round < 8; round++) {
    const writer = startWriter(process.execPath, WRITER, folder, String(last));
    await writer.until((line) => Number(line) > last + 150 + round * 37);
    await writer.kill();
    for (const n of numbers(writer.lines)) acknowledged.add(n);
    const { numbers: there } = await kept();
    expect([...acknowledged].filter((n) => !there.includes(n))).toEqual([]);
    expect(there).toEqual(there.toSorted((a, b) => a - b));
    last = there.at(-1)!;
  }
  expect(acknowledged.size).toBeGreaterThan(1000);
});

test('a full disk is told of, loses nothing, and is written on when there is room', async () => {
  const mounted = join(folder, 'disk');
  // A file system of its own, of this process and its children alone.
  const script = `mkdir -p "$0" && mount -t tmpfs -o size=256k none "$0" && fallocate -l 100k "$0/other" &&
    exec "$1" "$2" "$3" "$4"`;
  const own = ['--user', '--map-root-user', '--mount', 'bash', '-c', script, mounted];
  const full = startWriter('unshare', ...own, process.execPath, WRITER, `${mounted}/class`, '0');
  await full.until((line) => line === 'class-store-full');
  const before = numbers(full.lines).at(-1)!;
  expect(before).toBeGreaterThan(10);
  // Seen from outside, through the root of that process.
  const inside = `/proc/${full.pid}/root${mounted}`;
  rmSync(`${inside}/other`);
  await full.until((line) => Number(line) > before + 20);
  const written = readFileSync(`${inside}/class/${LOG_FILE}`);
  await full.kill();
  writeFileSync(join(folder, LOG_FILE), written);
  const there = (await kept()).numbers;
  expect(numbers(full.lines).filter((n) => n <= there.at(-1)! && !there.includes(n))).toEqual([]);
  expect(there.at(-1)).toBeGreaterThan(before);
});

describe('a log that was cut', () => {
  test('anywhere is whole up to there, is written on, and what was cut is put aside', async () => {
    const file = join(folder, LOG_FILE);
    const log = await openDiskLog(folder);
    for (let n = 1; n <= 5; n++) await log.append(said('learner:a', n));
    await log[Symbol.asyncDispose]();
    const whole = readFileSync(file);
    const ends = [...whole.keys()].filter((at) => whole[at] === 0x0a).map((at) => at + 1);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.constantFrom('', '\0\0\0\0', 'garbage \n', '[]\n'),
        async (at, behind) => {
          writeFileSync(file, whole.subarray(0, at));
          appendFileSync(file, behind);
          const lines = ends.filter((end) => end <= at).length;
          await using again = await openDiskLog(folder);
          const heard = new Heard();
          await again.follow(heard.on);
          expect(heard.of('learner:a')).toEqual([1, 2, 3, 4, 5].slice(0, lines));
          await again.append(said('learner:a', 9));
          expect(heard.of('learner:a').at(-1)).toBe(9);
          if (again.cut > 0) expect(readFileSync(`${file}.cut`).length).toBe(again.cut);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in the middle is refused, with its line: something acknowledged is missing', async () => {
    const file = join(folder, LOG_FILE);
    const log = await openDiskLog(folder);
    for (let n = 1; n <= 3; n++) await log.append(said('learner:a', n));
    await log[Symbol.asyncDispose]();
    writeFileSync(file, readFileSync(file, 'utf8').replace('number 2', 'number 7'));
    const before = readFileSync(file);
    await expect(openDiskLog(folder)).rejects.toMatchObject({
      code: 'class-store-broken',
      message: expect.stringContaining(`${file}:2:`),
    });
    expect(readFileSync(file)).toEqual(before);
  });
});

test('two hosts cannot hold one class', async () => {
  const log = await openDiskLog(folder);
  await expect(openDiskLog(folder, 0)).rejects.toMatchObject({
    code: 'class-held',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  // Who comes while the other one ends waits for that.
  const next = openDiskLog(folder);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await log[Symbol.asyncDispose]();
  await (await next)[Symbol.asyncDispose]();
});
