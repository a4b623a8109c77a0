/** A row a learner: attendance, points of each lesson and state of each cell. For a spreadsheet. */
import { csvText } from '../../lib/csv.ts';
import type { ClassReport, LearnerLine } from './model.ts';
import { byName, minutes, placeOf, stateOf } from './words.ts';

export function csv(report: ClassReport): string {
  const { lessons, learners } = report;
  const [first] = learners;
  // Only cells that count: the others hold nothing to look at.
  const columns = (first?.cells ?? [])
    .map((line, index) => ({ line, index }))
    .filter(({ line }) => line.possible > 0);
  const name = (lesson: string, cell: string): string => (lessons.length > 1 ? `${lesson}/${cell}` : cell);
  const head = [
    'id',
    'name',
    'joined (UTC)',
    'last there (UTC)',
    'connected (min)',
    'active (min)',
    'connections',
    'state',
    'last place',
    'hands',
    'questions',
    'hints',
    'solutions',
    'points, self-reported',
    'possible',
    ...lessons.map(({ id }) => `${id}: points`),
    ...columns.map(({ line }) => `${name(line.lesson, line.cell)}: state`),
    ...columns.map(({ line }) => `${name(line.lesson, line.cell)}: attempts`),
  ];
  const rows = byName(learners).map((learner) => [
    learner.roster ?? learner.id,
    learner.name,
    stamp(learner.joinedAt),
    stamp(learner.leftAt ?? learner.spans.at(-1)?.to),
    minutes(learner.connectedMs),
    minutes(learner.activeMs),
    String(learner.spans.length),
    stateOf(learner, report),
    placeOf(learner, report),
    String(learner.hands),
    String(learner.questions),
    String(learner.hints),
    String(learner.solutions),
    String(learner.points),
    String(learner.possible),
    ...lessons.map(({ id }) => String(pointsIn(learner, id))),
    ...columns.map(({ index }) => learner.cells[index]!.status),
    ...columns.map(({ index }) => String(learner.cells[index]!.attempts)),
  ]);
  return csvText([head, ...rows]);
}

/** As a spreadsheet reads a date. */
const stamp = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');

const pointsIn = ({ cells }: LearnerLine, id: string): number =>
  cells
    .filter(({ lesson }) => lesson === id)
    .reduce((sum, { earned }) => sum + Math.round(earned * 1000), 0) / 1000;
