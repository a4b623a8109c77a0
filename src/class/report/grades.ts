/**
 * The results of a class as a report of grades, for gradebooks and whatever else reads those. An item a cell: which of a
 * cell's checks hold is known of those that do not. Nothing of it was observed by a grader, and each part says so.
 */
import { createHash } from 'node:crypto';
import type { CourseOutline } from '../../board/outline.ts';
import type { Learner } from '../../lib/roster.ts';
import {
  type CellGrade,
  type Grade,
  type Item,
  type ItemGrade,
  nothingOf,
  type Plan,
} from '../../report/grades/grade.ts';
import type { GradeReport } from '../../report/grades/model.ts';
import { type CellLine, type ClassReport, type LearnerLine, SELF_REPORTED } from './model.ts';
import { isUnscored, type Worth, worthOf } from './worth.ts';

export interface GradesOptions {
  course: CourseOutline;
  /** One lesson of the course; all of them together when absent. */
  lesson?: string;
  /** Whoever of it never came is in the report too. */
  roster?: readonly Learner[];
}

const milli = (points: number): number => Math.round(points * 1000);

export function gradesOf(report: ClassReport, { course, lesson, roster }: GradesOptions): GradeReport {
  const lessons = course.lessons.filter(({ id }) => lesson === undefined || id === lesson);
  const worth = worthOf({ ...course, lessons }).filter(({ counts, possible }) => counts || possible > 0);
  const name = nameIn(lessons.length > 1);
  const plan = planOf(worth, course, name, lessons.filter(isUnscored).length > 0);
  const came = report.learners
    .filter(({ removed }) => !removed)
    .map((learner) => named(gradeOf(learner, worth, plan, report, course, name), roster));
  const known = new Set(came.map(({ learner }) => learner));
  const only = lessons.length === 1 ? lessons[0] : undefined;
  return {
    format: 1,
    wirebook: report.wirebook,
    driver: 'class',
    lesson: {
      id: only?.id ?? (report.id || 'class'),
      title: only?.title ?? report.title,
      file: '',
      hash: only?.hash ?? hashOf(lessons.map(({ hash }) => hash)),
      language: 'en',
    },
    startedAt: iso(report.openedAt),
    durationMs: Math.max(0, (report.endedAt ?? report.at) - report.openedAt),
    interrupted: false,
    plan,
    grades: [
      ...came,
      ...(roster ?? []).filter(({ id }) => !known.has(id)).map((learner) => missing(learner, plan)),
    ],
    similarity: { pairs: [], foreign: [] },
    ...(roster === undefined ? {} : { roster }),
  };
}

/** As the roster names them: it may be another one than the class was held with, of a gradebook. */
function named(grade: Grade, roster: readonly Learner[] | undefined): Grade {
  const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
  const keys = [grade.learner, ...(grade.name === undefined ? [] : [grade.name])].map(plain);
  const entry =
    roster?.find(({ id }) => id === grade.learner) ??
    roster?.find(({ id, name = '', aliases }) =>
      keys.some((key) => [plain(id), plain(name), ...aliases].includes(key)),
    );
  if (entry === undefined) return grade;
  return { ...grade, learner: entry.id, name: entry.name ?? grade.name };
}

const iso = (at: number): string => new Date(at).toISOString();
const hashOf = (hashes: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(hashes)).digest('hex');

/** Ids of cells are unique in a lesson only. */
const nameIn =
  (several: boolean) =>
  (lesson: string, cell: string): string =>
    several ? `${lesson}/${cell}` : cell;

function planOf(
  worth: readonly Worth[],
  course: CourseOutline,
  name: (lesson: string, cell: string) => string,
  unscored: boolean,
): Plan {
  const items = worth.map(
    (one): Item => ({
      check: name(one.lesson, one.cell.id),
      cell: name(one.lesson, one.cell.id),
      step: stepTitle(course, one.lesson, one.step),
      hidden: false,
      said: true,
      milli: milli(one.possible),
      ownMilli: milli(one.possible),
      guardMilli: 0,
    }),
  );
  return {
    items,
    cells: Object.fromEntries(items.map((item) => [item.cell, item.milli])),
    possibleMilli: items.reduce((sum, item) => sum + item.milli, 0),
    policy: { partial: 'share', carry: 1, hint: 0, solution: 0, said: true },
    notices: [
      SELF_REPORTED,
      ...(unscored ? ['A lesson that gives no points counts one for each task that has checks.'] : []),
    ],
  };
}

const stepTitle = (course: CourseOutline, lesson: string, step: number): string =>
  course.lessons.find(({ id }) => id === lesson)?.steps[step]?.title ?? lesson;

function gradeOf(
  learner: LearnerLine,
  worth: readonly Worth[],
  plan: Plan,
  report: ClassReport,
  course: CourseOutline,
  name: (lesson: string, cell: string) => string,
): Grade {
  const lines = new Map(learner.cells.map((line) => [`${line.lesson}/${line.cell}`, line]));
  const items = worth.map((one, index): ItemGrade => {
    const line = lines.get(`${one.lesson}/${one.cell.id}`)!;
    return itemOf(
      plan.items[index]!,
      line,
      `${stepTitle(course, one.lesson, one.step)}, cell ${one.cell.number}`,
    );
  });
  const cells = worth.map((one, index): CellGrade => {
    const { earnedMilli, milli: possibleMilli } = items[index]!;
    const line = lines.get(`${one.lesson}/${one.cell.id}`)!;
    return {
      cell: name(one.lesson, one.cell.id),
      answered: line.status !== 'waiting',
      earnedMilli,
      possibleMilli,
      penaltyMilli: 0,
    };
  });
  // As in grading: what their machine could not look at leaves no score, which is not the same as a lost one.
  const broken = items.find((item) => item.state === 'broken' && item.milli > 0);
  return {
    learner: learner.roster ?? learner.name,
    ...(learner.roster === undefined ? {} : { name: learner.name }),
    source: '',
    ...(broken === undefined
      ? { state: 'graded', earnedMilli: cells.reduce((sum, cell) => sum + cell.earnedMilli, 0) }
      : { state: 'broken', because: `${broken.cell}: ${broken.reason}` }),
    possibleMilli: plan.possibleMilli,
    items,
    cells,
    notes: notesOf(learner),
    attempts: 1,
    durationMs: learner.activeMs,
    startedAt: iso(Math.max(learner.joinedAt, report.openedAt)),
  };
}

const STATES: Readonly<Record<CellLine['status'], ItemGrade['state']>> = {
  passed: 'earned',
  failed: 'lost',
  running: 'lost',
  waiting: 'lost',
  broken: 'broken',
  skipped: 'broken',
};

function itemOf(item: Item, line: CellLine, title: string): ItemGrade {
  const earnedMilli = Math.min(item.milli, milli(line.earned));
  const state = STATES[line.status];
  if (state === 'earned' && earnedMilli >= item.milli) return { ...item, title, state, earnedMilli };
  const failing = line.failing.map(
    (one) => `${one.title}${one.because === undefined ? '' : ` (${one.because})`}`,
  );
  const reason =
    line.status === 'waiting'
      ? 'Not done.'
      : line.status === 'skipped'
        ? 'Skipped: the sandbox lacked what it needs.'
        : failing.length > 0
          ? `${state === 'broken' ? 'Could not be looked at' : 'Does not hold'}: ${failing.join('; ')}`
          : 'Not finished.';
  return { ...item, title, state: state === 'earned' ? 'lost' : state, earnedMilli, reason };
}

function notesOf({ hints, solutions }: LearnerLine): string[] {
  const used = [
    hints > 0 ? `${hints} hint${hints === 1 ? '' : 's'}` : '',
    solutions > 0 ? `${solutions} solution${solutions === 1 ? '' : 's'}` : '',
  ].filter(Boolean);
  return used.length > 0 ? [`opened ${used.join(' and ')}`] : [];
}

const missing = ({ id, name }: Learner, plan: Plan): Grade => ({
  learner: id,
  ...(name === undefined ? {} : { name }),
  source: '',
  state: 'missing',
  because: 'Was not in the class.',
  ...nothingOf(plan),
});
