/** Reports of classes, made by hand and at random, for the tests of the formats. */
import fc from 'fast-check';
import { planOf } from '../../src/grade/score/items.ts';
import { DEFAULT_POLICY } from '../../src/grade/score/policy.ts';
import type { Grade, ItemGrade, ItemState } from '../../src/report/grades/grade.ts';
import type { GradeReport } from '../../src/report/grades/model.ts';
import { CABLE, lessonFrom } from './lessons.ts';

/** In no report that a learner reads. */
export const HIDDEN = 'hidden-words-4711';

export const keyed = lessonFrom(CABLE, {
  key: `addresses:\n  - route: 10.7.0.0/24\n    in: red\n    id: ${HIDDEN}\n    says: ${HIDDEN} and more\n    points: 1\n`,
});
export const plan = planOf(keyed, DEFAULT_POLICY);

export function gradeWith(
  learner: string,
  lost: Readonly<Record<string, ItemState>> = {},
  more: Partial<Grade> = {},
  words = 'it is not there',
): Grade {
  const items = plan.items.map((item): ItemGrade => {
    const state = lost[item.check] ?? 'earned';
    const title = item.hidden ? `${HIDDEN} and more` : `${item.check} is there`;
    if (state === 'earned') return { ...item, title, state, earnedMilli: item.milli };
    const evidence = {
      expected: title,
      found: item.hidden ? HIDDEN : words,
      differences: [{ field: 'address', expected: '10.7.0.1/24', found: words }],
      explanation: { cause: `Nobody made it. ${words}`, advice: '', steps: [] },
    };
    return {
      ...item,
      title,
      state,
      earnedMilli: state === 'followed' ? item.milli : 0,
      reason: item.hidden ? HIDDEN : words,
      evidence,
      ...(state === 'followed' ? { because: 'rooms' } : {}),
    };
  });
  const earnedMilli = items.reduce((sum, item) => sum + item.earnedMilli, 0);
  return {
    learner,
    source: `subs/${learner}.md`,
    state: 'graded',
    earnedMilli,
    possibleMilli: plan.possibleMilli,
    items,
    cells: [...Map.groupBy(items, ({ cell }) => cell)].map(([cell, its]) => ({
      cell,
      answered: true,
      answer: `rm -rf <b>all</b> of ${cell}`,
      earnedMilli: its.reduce((sum, item) => sum + item.earnedMilli, 0),
      possibleMilli: plan.cells[cell]!,
      penaltyMilli: 0,
    })),
    notes: [],
    attempts: 1,
    durationMs: 1234,
    startedAt: '2026-11-23T12:00:00.000Z',
    ...more,
  };
}

const none = { items: [], cells: [], earnedMilli: undefined };

export const everyKind: readonly Grade[] = [
  gradeWith('ada', {}, { name: 'Ada Lovelace' }),
  gradeWith('bo', { blue: 'lost', b0: 'followed', [HIDDEN]: 'lost' }),
  gradeWith(
    'cy',
    { reach: 'broken' },
    { state: 'broken', because: 'ping was killed', earnedMilli: undefined },
  ),
  gradeWith('di', {}, { ...none, state: 'refused', because: 'di.md:3: There is no task called romms.' }),
  gradeWith('eve', {}, { ...none, source: '', state: 'missing', because: 'Nothing was handed in.' }),
];

export const reportWith = (grades: readonly Grade[], more: Partial<GradeReport> = {}): GradeReport => ({
  format: 1,
  wirebook: '0.1.0',
  driver: 'embedded',
  lesson: { id: 'cable', title: 'A cable', file: 'cable/lesson.md', hash: 'h', language: 'en' },
  startedAt: '2026-11-23T12:00:00.000Z',
  durationMs: 5000,
  interrupted: false,
  plan,
  grades,
  similarity: { pairs: [], foreign: [] },
  ...more,
});

/** What tries to be more than text in one format or another. */
const ATTEMPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  ']]>',
  '<!--',
  '&amp;',
  '\x1b[2J\x1b]0;x\x07',
  '\u202e',
  '::error::x',
  '\n::set-output name=result::x\n',
  '%0A::stop-commands::x',
  '=HYPERLINK("http://x")',
  '+1',
  '@SUM(A1)',
  '"',
  ',',
  ';',
  '\r\n',
  '# SKIP',
  '\nok 1 - x',
  '---\n...',
  '\\',
  '|',
  '`',
  '\0',
  '\x9b',
  '\ud800',
  'a'.repeat(3000),
  '__proto__',
  '-',
  '{{lan}}',
];
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...ATTEMPTS), fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

const states = fc.dictionary(
  fc.constantFrom(...plan.items.map(({ check }) => check)),
  fc.constantFrom<ItemState>('earned', 'lost', 'followed', 'broken'),
);

export const anyGrade: fc.Arbitrary<Grade> = fc
  .tuple(
    hostile,
    hostile,
    states,
    fc.constantFrom<Grade['state']>('graded', 'broken', 'refused', 'missing'),
    hostile,
    fc.array(hostile, { maxLength: 2 }),
  )
  .map(([learner, words, lost, state, source, notes]) =>
    state === 'graded'
      ? gradeWith(learner, lost, { notes, name: words, source }, words)
      : gradeWith(
          learner,
          lost,
          {
            ...(state === 'broken' ? { earnedMilli: undefined } : none),
            state,
            because: words,
            source,
            notes,
          },
          words,
        ),
  );
export const anyReport: fc.Arbitrary<GradeReport> = fc
  .tuple(fc.array(anyGrade, { maxLength: 4 }), hostile, fc.boolean())
  .map(([grades, words, interrupted]) =>
    reportWith(grades, {
      interrupted,
      lesson: { id: 'cable', title: words, file: words, hash: 'h', language: 'en' },
      similarity: {
        pairs: [{ learners: [words, 'x'], score: 0.9, shared: [words] }],
        foreign: [{ learner: words, of: words, cell: 'rooms', param: 'lan', value: words }],
      },
    }),
  );
