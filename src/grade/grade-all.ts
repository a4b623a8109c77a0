/**
 * Grades many: as many at once as are wanted, each result kept as soon as it is known, what has been graded already left as
 * it is. In memory stay grades, not what was observed.
 */
import type { Lesson } from '../lesson/model.ts';
import { systemClock } from '../lib/clock.ts';
import { type Grade, nothingOf, type Plan } from '../report/grades/grade.ts';
import { type AttemptOptions, attempt, fingerprintOf } from './attempt.ts';
import { Estimate } from './estimate.ts';
import type { GradeRecord, Refused, Submission } from './model.ts';
import { planOf } from './score/items.ts';
import { policyOf } from './score/policy.ts';
import { gradeOf } from './score/score.ts';
import type { Store } from './store.ts';
import { type LessonOf, type Place, readSubmission } from './submission/find.ts';

export interface GradeAllOptions extends Omit<AttemptOptions, 'lesson'> {
  places: readonly Place[];
  lessonOf: LessonOf;
  store: Store;
  jobs: number;
  /** Grade again what has been graded. */
  again: boolean;
  publicKey?: string;
  onGrade?: (grade: Grade, progress: Progress) => void;
  /** Who runs it; by default this process. */
  runner?: (submission: Submission, lesson: Lesson) => Promise<RunnerResult>;
}

export type RunnerResult =
  /** `stored`: called when the record is on the disk. */
  { record: GradeRecord; stored?: () => void; stopped?: undefined } | { stopped: true };

export interface Progress {
  done: number;
  total: number;
  /** Graded in an earlier run, and still as it was. */
  kept: number;
  leftMs?: number;
}

/** In the order of the places; those that were not reached when it was stopped are missing. */
export async function gradeAll(options: GradeAllOptions): Promise<Grade[]> {
  const { places, signal, clock = systemClock } = options;
  const grades = new Map<number, Grade>();
  const estimate = new Estimate();
  let next = 0;
  let kept = 0;
  let last = clock.monotonic();
  const work = async (): Promise<void> => {
    while (next < places.length && !signal.aborted) {
      const index = next++;
      const { grade, isKept } = await gradeOne(places[index]!, options);
      if (grade === undefined) return;
      grades.set(index, grade);
      if (isKept) kept += 1;
      else {
        estimate.add(clock.monotonic() - last);
        last = clock.monotonic();
      }
      const leftMs = estimate.leftMs(places.length - grades.size);
      options.onGrade?.(grade, {
        done: grades.size,
        total: places.length,
        kept,
        ...(leftMs === undefined ? {} : { leftMs }),
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.jobs, places.length)) }, work));
  return [...grades].sort(([a], [b]) => a - b).map(([, grade]) => grade);
}

interface One {
  /** Undefined when it was stopped before it was known. */
  grade?: Grade;
  isKept: boolean;
}

async function gradeOne(place: Place, options: GradeAllOptions): Promise<One> {
  const { store, driver, lessonOf, publicKey } = options;
  const read = await readSubmission(place, lessonOf, publicKey);
  const lesson = await lessonOf(place.learner);
  const plan = planOf(lesson, policyOf(lesson));
  if ('refused' in read) return { grade: refusedGrade(plan, read), isKept: false };
  const known = store.get(place.learner);
  const fingerprint = fingerprintOf(lesson, read, driver.name);
  const isSame = known?.fingerprint === fingerprint;
  if (known !== undefined && isSame && !options.again)
    return { grade: gradeOf(plan, { ...known, ...whose(read) }), isKept: true };
  const ran: RunnerResult = await (options.runner?.(read, lesson) ??
    attempt(read, { ...options, lesson }).then((record) => ({ record })));
  // What an interrupt has spoilt says nothing of the submission.
  if (ran.stopped || (ran.record.state === 'broken' && options.signal.aborted)) return { isKept: false };
  const { record } = ran;
  store.put(record);
  ran.stored?.();
  if (record.state === 'graded' || known === undefined)
    return { grade: gradeOf(plan, record), isKept: false };
  return { grade: afterFailure(plan, record, known, isSame), isKept: false };
}

const whose = ({ name, source, notes }: Submission) => ({
  ...(name === undefined ? {} : { name }),
  source,
  notes,
});

/** An earlier result stands when the submission is still the same; else it is only told of. */
function afterFailure(plan: Plan, record: GradeRecord, known: GradeRecord, isSame: boolean): Grade {
  const why = record.because ?? 'the sandbox failed';
  if (isSame) {
    const grade = gradeOf(plan, known);
    return {
      ...grade,
      notes: [...grade.notes, `Grading it again failed (${why}); the result of ${known.startedAt} stands.`],
    };
  }
  const grade = gradeOf(plan, record);
  return {
    ...grade,
    notes: [...grade.notes, `An earlier submission was graded at ${known.startedAt}; that result is kept.`],
  };
}

export function refusedGrade(plan: Plan, { learner, name, source, refused }: Refused): Grade {
  return {
    learner,
    ...(name === undefined ? {} : { name }),
    source,
    state: 'refused',
    because: refused,
    ...nothingOf(plan),
  };
}

/** On the roster, but nothing was handed in. */
export function missingGrade(plan: Plan, learner: string, name?: string): Grade {
  return {
    learner,
    ...(name === undefined ? {} : { name }),
    source: '',
    state: 'missing',
    because: 'Nothing was handed in.',
    ...nothingOf(plan),
  };
}
