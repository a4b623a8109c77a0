/** `wirebook grade LESSON --regrade`: what was observed, judged by the lesson as it is now. Nothing runs. */
import { fingerprintOf } from '../../grade/attempt.ts';
import type { Submission } from '../../grade/model.ts';
import { rejudge } from '../../grade/rejudge.ts';
import { planFor } from '../../grade/score/items.ts';
import { gradeOf } from '../../grade/score/score.ts';
import type { Store } from '../../grade/store.ts';
import type { Place } from '../../grade/submission/find.ts';
import { InputError } from '../../lib/errors.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Grade } from '../../report/grades/grade.ts';
import type { GradeIo, GradeOptions, OpenClass } from './class.ts';

export async function regradeAll(
  { lessonOf }: OpenClass,
  store: Store,
  places: readonly Place[],
  { driver, lang }: GradeOptions,
  io: GradeIo,
): Promise<Grade[]> {
  const wanted = places.length > 0 ? new Set(places.map(({ learner }) => learner)) : undefined;
  const grades: Grade[] = [];
  const judged = new Map<string, number>();
  const open = new Map<string, number>();
  const at = new Date().toISOString();
  for (const record of store.all()) {
    if (io.signal.aborted) break;
    if (wanted !== undefined && !wanted.has(record.learner)) continue;
    const lesson = await lessonOf(record.learner);
    const submission: Submission = { ...record };
    const again = rejudge(record, lesson, at, fingerprintOf(lesson, submission, driver.name));
    for (const id of again.judged) judged.set(id, (judged.get(id) ?? 0) + 1);
    for (const id of again.open) open.set(id, (open.get(id) ?? 0) + 1);
    // Kept only when it is whole: else what was known before would be gone.
    if (again.open.length === 0 && again.record !== record) store.put(again.record);
    grades.push(gradeOf(planFor(lesson), again.record));
  }
  if (grades.length === 0)
    throw new InputError('nothing-graded', `Nothing was graded into ${store.folder} yet.`, [
      'Grade first: wirebook grade LESSON SUBMISSION...',
    ]);
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts].map(([id, count]) => `${id} (${count})`).join(', ');
  const say = await commandSay(lang, io.env);
  const tell = (line: string) => io.stderr.write(`${say(line)}\n`);
  tell(judged.size > 0 ? `Judged again: ${list(judged)}` : 'No check has changed.');
  if (open.size > 0) tell(`Not to be told without a run (grade with --again): ${list(open)}`);
  return grades;
}
