/** The whole report as one JSON document; its schema is what `wirebook class report --json-schema` prints. */
import { z } from 'zod';
import { safeJson } from '../../report/safe.ts';
import { type ClassReport, SELF_REPORTED } from './model.ts';

const count = z.int().min(0);
const points = z.number().min(0);
const moment = z.iso.datetime();

export const classReportSchema = z.strictObject({
  format: z.literal(1),
  wirebook: z.string(),
  id: z.string(),
  title: z.string(),
  notice: z.string().describe('What the results are worth.'),
  openedAt: moment,
  endedAt: moment.optional().describe('Absent while the class goes on.'),
  at: moment.describe('When the report was made.'),
  lessons: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      cells: count.describe('Cells that have checks.'),
      possible: points,
      started: count.describe('Learners.'),
      finished: count,
    }),
  ),
  learners: z.array(
    z.strictObject({
      id: z.string().describe('Within this class.'),
      name: z.string(),
      roster: z.string().optional().describe('Their entry of the roster.'),
      joinedAt: moment,
      leftAt: moment.optional().describe('They closed it themselves.'),
      removed: z.boolean(),
      spans: z
        .array(z.strictObject({ from: moment, to: moment }))
        .describe('When they were connected; cuts of less than a minute are not told.'),
      connectedMs: count,
      activeMs: count.describe('Between things done; pauses of more than five minutes are left out.'),
      points,
      possible: points,
      done: count.describe('Cells with checks that all hold.'),
      hints: count,
      solutions: count,
      hands: count,
      questions: count,
      finished: z.boolean(),
      place: z.strictObject({ lesson: z.string(), step: count }).optional().describe('Where they were last.'),
      cells: z.array(
        z.strictObject({
          lesson: z.string(),
          cell: z.string(),
          status: z.enum(['waiting', 'running', 'passed', 'failed', 'broken', 'skipped']),
          attempts: count,
          hints: count,
          solution: z.boolean(),
          earned: points,
          possible: points,
          failing: z.array(
            z.strictObject({
              check: z.string(),
              state: z.enum(['fail', 'broken']).describe('`broken`: it could not be looked at.'),
              title: z.string(),
              because: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
  steps: z.array(
    z.strictObject({
      lesson: z.string(),
      step: count,
      title: z.string(),
      reached: count.describe('Learners who came so far, or further.'),
      done: count.describe('Of those, who have done all that has checks here.'),
      stopped: count.describe('Whose last place it is, though there was more to do.'),
      medianMs: count.optional().describe('Of the time that those spent who worked here.'),
      hinted: count,
      solved: count.describe('Who opened a solution.'),
    }),
  ),
  checks: z.array(
    z.strictObject({
      lesson: z.string(),
      cell: z.string(),
      check: z.string(),
      kind: z.string(),
      title: z.string(),
      learners: count,
      failures: count,
      open: count.describe('Learners of whom it does not hold still.'),
      broken: count.describe('Learners of whom it could not be looked at.'),
      because: z.array(z.strictObject({ text: z.string(), count })),
    }),
  ),
  polls: z.array(
    z.strictObject({ question: z.string(), choices: z.array(z.string()), votes: z.array(count) }),
  ),
});

export type PublicClassReport = z.output<typeof classReportSchema>;

export const jsonSchema = (): unknown => ({
  title: 'Report of wirebook class report',
  ...z.toJSONSchema(classReportSchema),
});

const iso = (at: number): string => new Date(at).toISOString();

export function publicReport(report: ClassReport): PublicClassReport {
  const { openedAt, endedAt, at, lessons, learners, steps, checks, polls, ...rest } = report;
  return {
    ...rest,
    notice: SELF_REPORTED,
    openedAt: iso(openedAt),
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    at: iso(at),
    lessons: lessons.map((one) => ({ ...one })),
    learners: learners.map(({ joinedAt, leftAt, spans, cells, place, ...one }) => ({
      ...one,
      joinedAt: iso(joinedAt),
      ...(leftAt === undefined ? {} : { leftAt: iso(leftAt) }),
      spans: spans.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
      ...(place === undefined ? {} : { place }),
      cells: cells.map(({ failing, ...cell }) => ({
        ...cell,
        failing: failing.map((check) => ({ ...check })),
      })),
    })),
    steps: steps.map((one) => ({ ...one })),
    checks: checks.map(({ because, ...one }) => ({ ...one, because: because.map((why) => ({ ...why })) })),
    polls: polls.map(({ question, choices, votes }) => ({
      question,
      choices: [...choices],
      votes: [...votes],
    })),
  };
}

export const json = (report: ClassReport): string => `${safeJson(publicReport(report), 2)}\n`;
