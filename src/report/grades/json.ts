/** The whole report as one JSON document; its schema is what `wirebook grade --json-schema` prints. */
import { z } from 'zod';
import { safeJson } from '../safe.ts';
import type { Grade } from './grade.ts';
import { countsOf, type Format, type GradeReport } from './model.ts';

const state = z.enum(['graded', 'broken', 'refused', 'missing']);
const points = z.number().min(0);

const item = z.strictObject({
  check: z.string().describe('The check’s id.'),
  cell: z.string(),
  step: z.string(),
  title: z.string().describe('What is expected, in one line.'),
  hidden: z.boolean().describe('From the lesson’s key: learners are not shown it.'),
  said: z.boolean().describe('Judged by the submission’s own words, not by what was observed.'),
  state: z
    .enum(['earned', 'lost', 'followed', 'broken'])
    .describe('`followed`: it fails only because an earlier cell did. `broken`: it could not be looked at.'),
  points: z.number().describe('What was earned; less than none where something was broken that had held.'),
  possible: points,
  reason: z.string().optional().describe('Why points are missing.'),
  because: z.string().optional().describe('`followed`: the first cell that had failed.'),
  evidence: z
    .strictObject({
      expected: z.string(),
      found: z.string(),
      differences: z.array(z.strictObject({ field: z.string(), expected: z.string(), found: z.string() })),
      cause: z.string().optional(),
    })
    .optional(),
});

const cell = z.strictObject({
  cell: z.string(),
  answered: z.boolean(),
  points,
  possible: points,
  penalty: z.strictObject({ points, reason: z.string() }).optional(),
});

const learner = z.strictObject({
  learner: z.string(),
  name: z.string().optional(),
  source: z.string().describe('The file or folder, as it was named.'),
  state: state.describe('Only `graded` has points; the others are no zero.'),
  because: z.string().optional(),
  points: points.optional(),
  possible: points,
  cells: z.array(cell),
  items: z.array(item),
  notes: z.array(z.string()),
  attempts: z.int().min(0),
  durationMs: z.number().min(0),
  startedAt: z.iso.datetime().optional(),
});

export const reportSchema = z.strictObject({
  format: z.literal(1),
  wirebook: z.string(),
  driver: z.string(),
  lesson: z.strictObject({
    id: z.string(),
    title: z.string(),
    file: z.string(),
    hash: z.string(),
    language: z.string(),
  }),
  startedAt: z.iso.datetime(),
  durationMs: z.number().min(0),
  interrupted: z.boolean(),
  possible: points,
  policy: z.strictObject({
    partial: z.enum(['share', 'whole']),
    carry: z.number(),
    hint: z.number(),
    solution: z.number(),
    said: z.boolean(),
  }),
  notices: z.array(z.string()),
  counts: z.strictObject({ graded: z.int(), broken: z.int(), refused: z.int(), missing: z.int() }),
  similarity: z.strictObject({
    pairs: z.array(
      z.strictObject({
        learners: z.tuple([z.string(), z.string()]),
        score: z.number(),
        shared: z.array(z.string()),
      }),
    ),
    foreign: z.array(
      z.strictObject({
        learner: z.string(),
        of: z.string(),
        cell: z.string(),
        param: z.string(),
        value: z.string(),
      }),
    ),
  }),
  learners: z.array(learner),
});

export type PublicReport = z.output<typeof reportSchema>;

export const jsonSchema = (): unknown => ({
  title: 'Report of wirebook grade',
  ...z.toJSONSchema(reportSchema),
});

const number = (milli: number): number => Math.round(milli) / 1000;

export function publicGrade(grade: Grade): PublicReport['learners'][number] {
  const { items, cells, earnedMilli, possibleMilli, notes, ...rest } = grade;
  return {
    ...rest,
    ...(earnedMilli === undefined ? {} : { points: number(earnedMilli) }),
    possible: number(possibleMilli),
    notes: [...notes],
    cells: cells.map(({ earnedMilli, possibleMilli, penaltyMilli, penalty, answer: _, ...one }) => ({
      ...one,
      points: number(earnedMilli),
      possible: number(possibleMilli),
      ...(penalty === undefined ? {} : { penalty: { points: number(penaltyMilli), reason: penalty } }),
    })),
    items: items.map(({ milli, ownMilli: _, guardMilli: __, earnedMilli, evidence, ...one }) => ({
      ...one,
      points: number(earnedMilli),
      possible: number(milli),
      ...(evidence === undefined
        ? {}
        : {
            evidence: {
              expected: evidence.expected,
              found: evidence.found,
              differences: [...evidence.differences],
              ...(evidence.explanation === undefined ? {} : { cause: evidence.explanation.cause }),
            },
          }),
    })),
  };
}

export function publicReport(report: GradeReport): PublicReport {
  const { plan, grades, similarity, roster: _, ...rest } = report;
  return {
    ...rest,
    possible: number(plan.possibleMilli),
    policy: plan.policy,
    notices: [...plan.notices],
    counts: countsOf(grades),
    similarity: {
      pairs: similarity.pairs.map(({ learners: [a, b], score, shared }) => ({
        learners: [a, b],
        score,
        shared: [...shared],
      })),
      foreign: similarity.foreign.map((one) => ({ ...one })),
    },
    learners: grades.map(publicGrade),
  };
}

export const json: Format = (report) => `${safeJson(publicReport(report), 2)}\n`;
