/** What is other on a board than it was, one thing after the other: for those who read lines, and for programs. Pure. */
import type { BoardWords } from '../../page/words/board/choose.ts';
import type { CourseOutline } from '../outline.ts';
import type { BoardState, LearnerRow } from '../rows.ts';
import { cellOf, lessonOf } from './places.ts';
import { rowSays } from './says.ts';

export interface BoardChange {
  type:
    | 'joined'
    | 'removed'
    | 'status'
    | 'passed'
    | 'hand'
    | 'hand-lowered'
    | 'reaction'
    | 'question'
    | 'answered'
    | 'class-ended';
  learner?: string;
  name?: string;
  /** In words, for a line. */
  text: string;
  /** What it is about, for a program. */
  [more: string]: unknown;
}

const isPassed = (row: LearnerRow | undefined, key: string) => row?.cells[key]?.status === 'passed';

function ofRow(
  before: LearnerRow | undefined,
  row: LearnerRow,
  course: CourseOutline,
  now: number,
  words: BoardWords,
): BoardChange[] {
  const { line } = words;
  const { id: learner, name } = row;
  const changes: BoardChange[] = [];
  const add = (type: BoardChange['type'], text: string, more: object = {}) =>
    changes.push({ type, learner, name, text, ...more });
  if (!before) add('joined', line.joined(name));
  for (const key of Object.keys(row.cells)) {
    if (!isPassed(row, key) || isPassed(before, key)) continue;
    const [lesson = '', cell = ''] = key.split(/\/(.*)/s);
    const number = cellOf(course, lesson, cell)?.number;
    const title = lessonOf(course, lesson)?.title ?? lesson;
    add('passed', line.done(name, `${number === undefined ? cell : words.cell(number)}, ${title}`), {
      lesson,
      cell,
    });
  }
  const stuckOn = row.stuckOn && `${row.stuckOn.lesson}/${row.stuckOn.cell}`;
  const wasOn = before?.stuckOn && `${before.stuckOn.lesson}/${before.stuckOn.cell}`;
  if (before && (before.status !== row.status || (stuckOn !== undefined && stuckOn !== wasOn))) {
    const { status, detail } = rowSays(row, course, now, words);
    const [first] = row.stuckOn?.failing ?? [];
    add('status', line.status(name, row.stuckOn ? `${status}, ${detail}` : status), {
      status: row.status,
      ...(row.stuckOn ? { lesson: row.stuckOn.lesson, cell: row.stuckOn.cell } : {}),
      ...(first ? { check: first.check, state: first.state, title: first.title } : {}),
      ...(first?.because === undefined ? {} : { because: first.because }),
    });
  }
  if (row.hand && !before?.hand) add('hand', line.hand(name));
  if (!row.hand && before?.hand) add('hand-lowered', line.lowered(name));
  if (row.reaction && row.reaction.at !== before?.reaction?.at)
    add('reaction', line.reaction(name, words.reactions[row.reaction.reaction]), {
      reaction: row.reaction.reaction,
    });
  return changes;
}

/** @param before undefined: as if the class had been empty, and said nothing of what was there already */
export function changesOf(
  before: BoardState,
  after: BoardState,
  course: CourseOutline,
  now: number,
  words: BoardWords,
): BoardChange[] {
  const rows = new Map(before.rows.map((row) => [row.id, row]));
  const there = new Set(after.rows.map(({ id }) => id));
  const asked = new Map(before.questions.map((one) => [`${one.learner} ${one.id}`, one]));
  return [
    ...after.rows.flatMap((row) =>
      rows.get(row.id) === row ? [] : ofRow(rows.get(row.id), row, course, now, words),
    ),
    ...before.rows
      .filter(({ id }) => !there.has(id))
      .map(
        ({ id, name }): BoardChange => ({ type: 'removed', learner: id, name, text: words.line.left(name) }),
      ),
    ...after.questions.flatMap((one): BoardChange[] => {
      const { id: question, learner, name, text, answered } = one;
      const was = asked.get(`${learner} ${question}`);
      if (!was)
        return [
          { type: 'question', learner, name, text: words.line.question(name, text), question, asked: text },
        ];
      if (answered && !was.answered)
        return [{ type: 'answered', learner, name, text: words.line.answered(name), question }];
      return [];
    }),
    ...(after.ended && !before.ended ? [{ type: 'class-ended' as const, text: words.end.ended }] : []),
  ];
}
