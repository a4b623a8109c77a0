/** Walks an exercise with given answers, its hidden checks included, and says what was lost. */
import { join } from 'node:path';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { readKeyed } from '../../src/lesson/load.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { specOf } from '../../src/session/holder.ts';
import { performCell } from '../../src/session/perform-cell.ts';
import { runSetups } from '../../src/session/setup.ts';

/** Cell id -> what the learner writes there; the solution for all others. `''` is nothing at all. */
export type Answers = Readonly<Record<string, string>>;

export interface Outcome {
  /** Ids of the checks that did not hold, in order; with `<cell>/exit` and its like. */
  lost: string[];
  /** Of the checks that held, and of cells that hold in all. */
  earned: number;
  possible: number;
}

export async function exercise(id: string, seed: string): Promise<Lesson> {
  const parsed = await readKeyed(join(PACKAGE_ROOT, 'lessons', id, 'lesson.md'), vocabulary, { seed });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 1));
  return parsed.lesson;
}

/** `{{name}}` in an answer is the lesson's param. */
function fill(text: string, lesson: Lesson): string {
  return text.replace(/\{\{([a-z0-9_]+)\}\}/g, (whole, name: string) => lesson.params?.values[name] ?? whole);
}

export async function walk(lesson: Lesson, answers: Answers): Promise<Outcome> {
  for (const cell of Object.keys(answers))
    if (!lesson.cells.some(({ id }) => id === cell)) throw new Error(`${lesson.id} has no cell ${cell}`);
  const sandbox = await embedded.create(specOf(lesson));
  const outcome: Outcome = { lost: [], earned: 0, possible: 0 };
  try {
    const failed = await runSetups(sandbox, lesson);
    if (failed !== undefined) throw new Error(failed);
    for (const cell of lesson.cells) {
      const own = answers[cell.id];
      const text = own === undefined ? (cell.solution ?? cell.text) : fill(own, lesson);
      const done = await performCell({ sandbox, cell, text, by: 'learner', emit: () => {} });
      if (done.skipped !== undefined) throw new Error(`${cell.id} was skipped: ${done.skipped}`);
      const { verdicts } = done;
      const broken = verdicts.find(({ state }) => state === 'broken');
      if (broken) throw new Error(`${broken.check}: ${broken.found}`);
      const lost = verdicts.filter(({ state }) => state !== 'pass').map(({ check }) => check);
      outcome.lost.push(...lost);
      outcome.possible += cell.points + verdicts.reduce((sum, { points }) => sum + points, 0);
      outcome.earned +=
        (lost.length === 0 ? cell.points : 0) +
        verdicts.reduce((sum, { state, points }) => sum + (state === 'pass' ? points : 0), 0);
    }
  } finally {
    await sandbox.destroy();
  }
  return outcome;
}
