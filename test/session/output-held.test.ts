/** A session on the real sandbox holds of each run no more than the screen shows, however often a cell has printed how much. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { openSession } from '../../src/session/open.ts';

const TEXT = '---\ntitle: Much\n---\n## One\n\n```sh {.run #much}\nseq 1 100000\n```\n';
const RUNS = 12;
/** What such a run prints. */
const PRINTED = 588_895;

/** Bytes that live, once all that nobody holds is gone. */
async function living(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

test('twelve runs of a cell that prints 100,000 lines', { timeout: 120_000 }, async () => {
  await embedded.prepare();
  const parsed = parseLesson('/lessons/much/lesson.md', TEXT, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const session = openSession({ lesson: parsed.lesson, driver: embedded, version: '0' });
  const run = async (times: number) => {
    for (let at = 0; at < times; at++) {
      session.act({ do: 'run-cell', cell: 'much' });
      await session.idle();
      expect(session.getState().cells.much!.status).toBe('passed');
    }
    return living();
  };
  const before = await run(2);
  const after = await run(RUNS);
  await session.close();
  expect(after - before).toBeLessThan((RUNS * PRINTED) / 4);
});
