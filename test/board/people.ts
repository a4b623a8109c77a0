/** A made-up class: a course of two lessons, and learners in every state. */
import type { CourseOutline, LessonOutline } from '../../src/board/outline.ts';
import type { BoardState, CellMark, LearnerRow } from '../../src/board/rows.ts';

export const NOW = Date.UTC(2026, 10, 26, 9, 30);
const MINUTE = 60_000;

const cell = (number: number, id: string, role: 'run' | 'task' = 'run') => ({
  id,
  number,
  role,
  checks: 1,
  points: role === 'task' ? 2 : 0,
});

const cable: LessonOutline = {
  id: '02-cable',
  title: 'Two namespaces and a cable',
  hash: 'a'.repeat(64),
  steps: [
    { title: 'Two namespaces and a cable', cells: [] },
    { title: 'Two namespaces', cells: [cell(1, 'make'), cell(2, 'look')] },
    { title: 'Lay the cable', cells: [cell(3, 'cable'), cell(4, 'move', 'task')] },
    { title: 'Addresses', cells: [cell(5, 'address', 'task')] },
    { title: 'What the ping says', cells: [cell(6, 'ping'), cell(7, 'answer')] },
  ],
  quizzes: [
    {
      id: 'quiz-1',
      question: 'What does a namespace have of its own?',
      choices: ['Interfaces and routes', 'A kernel', 'A disk'],
    },
  ],
};

const bridge: LessonOutline = {
  id: '03-bridge',
  title: 'A bridge instead of a cable for every pair',
  hash: 'b'.repeat(64),
  steps: [
    { title: 'A bridge', cells: [cell(1, 'bridge'), cell(2, 'ports', 'task')] },
    { title: 'Who has which address', cells: [cell(3, 'fdb')] },
  ],
  quizzes: [],
};

export const COURSE: CourseOutline = { title: 'A packet’s way', lessons: [cable, bridge] };

export const mark = (status: CellMark['status'], attempts = 1): CellMark => ({ status, attempts, earned: 0 });

/** The first so many cells of the lesson passed. */
export function done(lesson: LessonOutline, count: number): Record<string, CellMark> {
  const cells = lesson.steps.flatMap((step) => step.cells).slice(0, count);
  return Object.fromEntries(cells.map(({ id }) => [`${lesson.id}/${id}`, mark('passed')]));
}

export function learner(id: string, name: string, more: Partial<LearnerRow> = {}): LearnerRow {
  return {
    id,
    name,
    status: 'working',
    since: NOW - MINUTE,
    cells: {},
    consent: { progress: true, outputs: false, transcript: false },
    points: 0,
    hints: 0,
    ...more,
  };
}

const noAnswer = {
  check: 'address/1',
  kind: 'ping',
  state: 'fail' as const,
  title: 'ping 10.0.0.12 from client',
  because: 'client has no address on veth-client',
};

export const stuck = (
  id: string,
  name: string,
  minutes: number,
  more: Partial<LearnerRow> = {},
): LearnerRow =>
  learner(id, name, {
    status: 'stuck',
    since: NOW - minutes * MINUTE,
    place: { lesson: '02-cable', step: 3 },
    cells: { ...done(cable, 4), '02-cable/address': mark('failed', 3) },
    stuckOn: {
      lesson: '02-cable',
      cell: 'address',
      since: NOW - minutes * MINUTE,
      attempts: 3,
      failing: [noAnswer],
    },
    points: 2,
    ...more,
  });

export const PEOPLE: readonly LearnerRow[] = [
  learner('a', 'Ada Okafor', { place: { lesson: '02-cable', step: 2 }, cells: done(cable, 2) }),
  stuck('b', 'Bruno Díaz', 7),
  learner('c', '陈晓', {
    status: 'done',
    place: { lesson: '02-cable', step: 4 },
    cells: done(cable, 7),
    points: 4,
  }),
  stuck('d', 'Dana Levi', 3, {
    hand: { since: NOW - 2 * MINUTE },
    consent: { progress: true, outputs: true, transcript: false },
  }),
  learner('e', 'Emil Nowak', { status: 'away', since: NOW - 5 * MINUTE, cells: done(cable, 1) }),
  learner('f', 'Farah Haddad', {
    place: { lesson: '02-cable', step: 2 },
    cells: { ...done(cable, 2), '02-cable/cable': mark('running') },
    reaction: { reaction: 'lost', at: NOW - MINUTE },
  }),
  learner('g', 'Gil Moreau', { status: 'left' }),
];

export function board(more: Partial<BoardState> = {}): BoardState {
  return {
    title: 'Networks, Thursday',
    rows: PEOPLE,
    pace: { mode: 'free' },
    polls: [],
    questions: [],
    announcements: [],
    ended: false,
    now: NOW,
    ...more,
  };
}
