/**
 * The first frame, held against the least that an Ink program does. Warm: both have been started before and left as people
 * leave them, so that their compiled code is kept. Cold: neither finds anything that an earlier start has left behind.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../scripts/bundle.mjs';
import { wirebookPaths } from '../src/lib/paths.ts';
import { type Bench, compare } from './bench.ts';
import { bundled } from './bundled.ts';
import { type Contender, interleave } from './measure.ts';
import { WIREBOOK } from './process.ts';
import { BenchTerminal } from './terminal.ts';

const SIZE = { columns: 80, rows: 24 };
const LEAVING_MS = 3000;
const WARM = 1.2;
const COLD = 1.4;

interface Start {
  name: string;
  args: readonly string[];
  shows: string;
  /** A key, and what it leads to: until then the program only looks as if it were there. */
  key?: readonly [key: string, leadsTo: string];
}

/** Ctrl-C twice: Wirebook asks once more while something runs. */
async function leave(terminal: BenchTerminal): Promise<void> {
  terminal.child.write('\x03\x03');
  await Promise.race([terminal.exited, sleep(LEAVING_MS)]);
  await terminal.close();
}

function contender({ name, args, shows, key }: Start, env: () => Record<string, string>): Contender {
  return {
    name,
    async run() {
      const terminal = new BenchTerminal(args, SIZE, env());
      try {
        if (key) terminal.child.write(key[0]);
        const wanted = key?.[1] ?? shows;
        return await terminal.until((text) => text.includes(wanted), wanted);
      } finally {
        await leave(terminal);
      }
    },
  };
}

export const firstFrame: Bench = {
  name: 'first-frame',
  title: 'First frame: the course and a lesson beside a bare Ink program',
  async run({ rounds }) {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
    try {
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      const peer = await bundled('bench/peers/ink-program.tsx', join(folder, 'ink.mjs'));
      const program = join(folder, 'start.mjs');
      writeFileSync(
        program,
        `import { enableCompileCache } from 'node:module'; enableCompileCache(${JSON.stringify(join(folder, 'cache'))}); await import(${JSON.stringify(peer)});`,
      );
      const lesson = join(root, 'lessons', '01-namespaces');
      const course: Start = { name: 'the course', args: [WIREBOOK], shows: 'lessons' };
      const page: Start = { name: 'a lesson', args: [WIREBOOK, lesson], shows: 'step ' };
      const ink: Start = { name: 'bare Ink', args: [program], shows: 'Ready' };
      const answered: Start = {
        ...course,
        name: 'the course, a key typed at once answered',
        key: ['?', 'Esc'],
      };

      const warmCache = folderWithSandbox(join(folder, 'warm'));
      const state = { XDG_STATE_HOME: join(folder, 'state') };
      const warm = () => ({ ...state, XDG_CACHE_HOME: warmCache });
      let starts = 0;
      const cold = () => ({
        ...state,
        NODE_DISABLE_COMPILE_CACHE: '1',
        XDG_CACHE_HOME: folderWithSandbox(join(folder, `cold-${starts++}`)),
      });
      const chinese = () => ({ ...warm(), LC_ALL: 'zh_CN.UTF-8' });
      const inChinese: Start[] = [
        { ...course, name: 'the course in Chinese, warm', shows: ' 课' },
        { ...page, name: 'a lesson in Chinese, warm', shows: ' 步' },
      ];
      const named = (start: Start, when: string) => ({ ...start, name: `${start.name}, ${when}` });
      const results = await interleave(
        [
          ...[course, page, ink, answered].map((start) => contender(named(start, 'warm'), warm)),
          ...inChinese.map((start) => contender(start, chinese)),
          ...[course, page, ink].map((start) => contender(named(start, 'cold'), cold)),
        ],
        rounds,
      );
      const of = (name: string) => results.find((result) => result.name === name)!;
      const against = (name: string, other: string, aim: number) =>
        compare([of(name), of(other)], { [other]: aim });
      return {
        results,
        comparisons: [
          ...against('the course, warm', 'bare Ink, warm', WARM),
          ...against('a lesson, warm', 'bare Ink, warm', WARM),
          ...inChinese.flatMap(({ name }) => against(name, 'bare Ink, warm', WARM)),
          ...against('the course, cold', 'bare Ink, cold', COLD),
          ...against('a lesson, cold', 'bare Ink, cold', COLD),
        ],
        absent: [],
        notes: ['Cold: no compiled code, no kept lesson, nothing but the root file system of the sandbox.'],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A cache in which there is only what makes sandboxes: preparing that is not what is measured. */
function folderWithSandbox(folder: string): string {
  const ours = join(folder, 'wirebook');
  mkdirSync(ours, { recursive: true });
  symlinkSync(join(wirebookPaths().cache, 'rootfs'), join(ours, 'rootfs'));
  return folder;
}
