/** Which rows are shown, and in which order. */
import type { CourseOutline } from '../outline.ts';
import type { LearnerRow, LearnerStatus } from '../rows.ts';
import { checkKey } from './failing.ts';

export const SORTS = ['attention', 'name', 'progress', 'points'] as const;
export type Sort = (typeof SORTS)[number];

export const FILTERS = ['all', 'hands', 'stuck', 'working', 'waiting', 'idle', 'done', 'away'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Query {
  text: string;
  filter: Filter;
  sort: Sort;
  reversed: boolean;
  /** Only those whom this check fails for (`checkKey`). */
  check?: string;
}

export const EVERYBODY: Query = { text: '', filter: 'all', sort: 'attention', reversed: false };

/** Who needs somebody now comes first; who is not there comes last. */
const URGENCY: Readonly<Record<LearnerStatus, number>> = {
  stuck: 1,
  idle: 2,
  working: 3,
  waiting: 4,
  done: 5,
  away: 6,
  left: 7,
};

/** Small letters and no accents: `Łukasz` is not found by `lukasz`, but `José` is by `jose`. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

function fits(row: LearnerRow, { filter, text, check }: Query): boolean {
  if (filter === 'hands' ? row.hand === undefined : filter === 'away' ? !isAway(row) : false) return false;
  if (!['all', 'hands', 'away'].includes(filter) && row.status !== filter) return false;
  const { stuckOn } = row;
  if (
    check !== undefined &&
    !stuckOn?.failing.some((one) => checkKey({ ...stuckOn, check: one.check }) === check)
  )
    return false;
  const words = plain(text).split(/\s+/).filter(Boolean);
  const own = words.length > 0 ? plain(`${row.name} ${row.roster ?? ''}`) : '';
  return words.every((word) => own.includes(word));
}

const isAway = ({ status }: LearnerRow) => status === 'away' || status === 'left';

/** How far somebody is in the course: lessons before the one they are in count by where it stands. */
function reach(row: LearnerRow, course: CourseOutline): number {
  const at = course.lessons.findIndex(({ id }) => id === row.place?.lesson);
  return at < 0 ? -1 : at * 10_000 + row.place!.step;
}

const passed = ({ cells }: LearnerRow) =>
  Object.values(cells).filter(({ status }) => status === 'passed' || status === 'skipped').length;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Smaller numbers first; what a row is sorted by is worked out once a row, not once a comparison. */
function keysOf(row: LearnerRow, sort: Sort, course: CourseOutline): readonly number[] {
  switch (sort) {
    case 'attention': {
      if (row.hand) return [0, row.hand.since];
      return [URGENCY[row.status], row.stuckOn?.since ?? row.since];
    }
    case 'name':
      return [];
    case 'progress':
      return [-reach(row, course), -passed(row)];
    case 'points':
      return [-row.points];
  }
}

export function selectRows(rows: readonly LearnerRow[], query: Query, course: CourseOutline): LearnerRow[] {
  const sign = query.reversed ? -1 : 1;
  return rows
    .filter((row) => fits(row, query))
    .map((row) => ({ row, keys: keysOf(row, query.sort, course) }))
    .sort((a, b) => {
      for (const [at, key] of a.keys.entries()) if (key !== b.keys[at]) return sign * (key - b.keys[at]!);
      return sign * collator.compare(a.row.name, b.row.name) || (a.row.id < b.row.id ? -1 : 1);
    })
    .map(({ row }) => row);
}
