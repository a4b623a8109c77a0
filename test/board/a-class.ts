/** A small course, and any log that a class on it may come to. */
import fc from 'fast-check';
import type { ClassEvent, Entry, InstructorEvent, LearnerEvent, Speaker } from '../../src/board/events.ts';
import type { CourseOutline } from '../../src/board/outline.ts';

const cells = (step: number, ...ids: string[]) =>
  ids.map((id, at) => ({ id, number: step * 2 + at + 1, role: 'task' as const, checks: 2, points: 3 }));

export const COURSE: CourseOutline = {
  title: 'Cables',
  lessons: [
    {
      id: '01-veth',
      title: 'A cable',
      hash: 'h1',
      steps: [
        { title: 'Lay it', cells: cells(0, 'make', 'look') },
        { title: 'Use it', cells: cells(1, 'address', 'ping') },
      ],
      quizzes: [{ id: 'ends', question: 'How many ends?', choices: ['one', 'two'] }],
    },
    {
      id: '02-bridge',
      title: 'A bridge',
      hash: 'h2',
      steps: [{ title: 'Build', cells: cells(0, 'add', '__proto__') }],
      quizzes: [],
    },
  ],
};

export const NOON = Date.UTC(2026, 4, 4, 12);
export const MINUTE = 60_000;

/** Numbers what is said, each speaker for themselves. */
export function logOf(...said: readonly [from: Speaker, event: ClassEvent, at?: number][]): Entry[] {
  const last = new Map<Speaker, number>();
  return said.map(([from, event, at = NOON]) => {
    const n = (last.get(from) ?? 0) + 1;
    last.set(from, n);
    return { from, n, at, event };
  });
}

export const NOTHING_MORE = { progress: true, outputs: false, transcript: false };

export const joined = (learner: string, roster?: string): ClassEvent => ({
  type: 'joined',
  learner,
  name: learner.toUpperCase(),
  consent: NOTHING_MORE,
  tokenHash: learner.padEnd(64, '0'),
  ...(roster === undefined ? {} : { roster }),
});

export const cell = (
  lesson: string,
  id: string,
  status: Extract<LearnerEvent, { type: 'cell' }>['status'],
  more: Partial<Extract<LearnerEvent, { type: 'cell' }>> = {},
): LearnerEvent => ({
  type: 'cell',
  lesson,
  cell: id,
  status,
  attempts: 1,
  hints: 0,
  solution: false,
  earned: status === 'passed' ? 3 : 0,
  holding: 0,
  failing: [],
  ...more,
});

const learner = fc.constantFrom('ada', 'bob', 'eve', '__proto__');
const lesson = fc.constantFrom('01-veth', '02-bridge', 'elsewhere', '__proto__');
const cellId = fc.constantFrom('make', 'look', 'address', 'ping', 'add', '__proto__', 'gone');
const id = fc.constantFrom('a', 'b', 'constructor');
const text = fc.string({ minLength: 1, maxLength: 12 });
const place = fc.record({ lesson, step: fc.nat(4) });
const of = <T extends ClassEvent>(type: T['type'], fields: object) =>
  fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<T>;
const learners = <T extends LearnerEvent['type']>(type: T, fields: object) => of<LearnerEvent>(type, fields);
const instructors = <T extends InstructorEvent['type']>(type: T, fields: object) =>
  of<InstructorEvent>(type, fields);

export const anyLearnerEvent: fc.Arbitrary<LearnerEvent> = fc.oneof(
  learners('lesson-opened', { lesson, hash: text }),
  learners('moved', { lesson, step: fc.nat(4) }),
  ...Array.from({ length: 4 }, () =>
    learners('cell', {
      lesson,
      cell: cellId,
      status: fc.constantFrom('waiting', 'running', 'passed', 'failed', 'broken', 'skipped'),
      attempts: fc.nat(5),
      hints: fc.nat(3),
      solution: fc.boolean(),
      earned: fc.constantFrom(0, 0.1, 0.2, 1, 3),
      holding: fc.nat(2),
      failing: fc.constant([]),
    }),
  ),
  learners('lesson-finished', {
    lesson,
    activeMs: fc.nat(),
    points: fc.constant({ earned: 1, possible: 2 }),
  }),
  learners('quiz', { lesson, quiz: fc.constantFrom('ends', 'none'), choice: fc.nat(3), right: fc.boolean() }),
  learners('consent', {
    consent: fc.record({ progress: fc.boolean(), outputs: fc.boolean(), transcript: fc.boolean() }),
  }),
  learners('output', { lesson, cell: cellId, text, output: text }),
  learners('transcript', { lesson, text }),
  learners('hand', { up: fc.boolean() }),
  learners('reaction', { reaction: fc.constantFrom('lost', 'slower') }),
  learners('question', { id, text }),
  learners('vote', { poll: id, choice: fc.nat(3) }),
  learners('left', {}),
);

export const anyInstructorEvent: fc.Arbitrary<InstructorEvent> = fc.oneof(
  instructors('pace', {
    pace: fc.oneof(
      fc.constant({ mode: 'free' }),
      fc.constant({ mode: 'following' }),
      fc.record({ mode: fc.constant('gated'), upTo: place }),
    ),
  }),
  instructors('where', { place }),
  instructors('announced', { id, text }),
  instructors('hint', { id, text, to: fc.option(learner, { nil: undefined }) }),
  instructors('timer', { label: text, durationMs: fc.integer({ min: 1000, max: 600_000 }) }),
  instructors('timer-stopped', {}),
  instructors('poll-opened', {
    id,
    question: text,
    choices: fc.array(text, { minLength: 2, maxLength: 3 }),
    quiz: fc.option(fc.constant({ lesson: '01-veth', quiz: 'ends' }), { nil: undefined }),
  }),
  instructors('poll-closed', { id, share: fc.boolean() }),
  instructors('hand-lowered', { learner }),
  instructors('question-answered', { learner, question: id }),
  instructors('removed', { learner }),
  instructors('class-ended', {}),
);

const anySaid: fc.Arbitrary<[Speaker, ClassEvent, number]> = fc
  .oneof(
    {
      weight: 2,
      arbitrary: fc.tuple(
        fc.constant<Speaker>('host:1'),
        learner.map((one) => joined(one)),
      ),
    },
    {
      weight: 8,
      arbitrary: fc.tuple(
        learner.map((one): Speaker => `learner:${one}`),
        anyLearnerEvent,
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom<Speaker>('instructor:x', 'instructor:y'), anyInstructorEvent),
    },
    // What nobody has a right to say, and what stands in the log all the same.
    {
      weight: 1,
      arbitrary: fc.tuple(
        learner.map((one): Speaker => `learner:${one}`),
        anyInstructorEvent,
      ),
    },
    { weight: 1, arbitrary: fc.tuple(fc.constant<Speaker>('instructor:x'), anyLearnerEvent) },
  )
  .chain(([from, event]) =>
    fc.tuple(fc.constant(from), fc.constant(event), fc.integer({ min: NOON, max: NOON + 20 * MINUTE })),
  );

/** Begins with three who are there, so that what follows finds somebody. */
export const anyLog: fc.Arbitrary<Entry[]> = fc
  .array(anySaid, { maxLength: 80 })
  .map((said) =>
    logOf(
      ['host:1', { type: 'class-opened', id: 'c', title: 'Monday' }, NOON],
      ...(['ada', 'bob', '__proto__'] as const).map((one): [Speaker, ClassEvent, number] => [
        'host:1',
        joined(one),
        NOON,
      ]),
      ...said,
    ),
  );
