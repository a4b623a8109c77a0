/** What a learner has drilled, and what it says of them. Pure; the file is read and written elsewhere. */
import { z } from 'zod';
import { TOPICS, type Topic } from './model.ts';

const entry = z.object({
  /** ISO 8601, UTC: when it was left. */
  at: z.string(),
  seed: z.string(),
  level: z.number(),
  network: z.string(),
  faults: z.array(z.object({ id: z.string(), topic: z.enum(TOPICS) })),
  mended: z.boolean(),
  /** Seconds from when the network stood until it was mended, or left. */
  seconds: z.number(),
  commands: z.number(),
  hints: z.number(),
  solution: z.boolean(),
});
export type DrillEntry = z.output<typeof entry>;

/** Lines that are no entry (cut off by a crash, by another version) are passed over. */
export function readHistory(text: string): DrillEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = entry.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

export interface TopicPicture {
  topic: Topic;
  drills: number;
  /** Mended without looking at the solution. */
  mended: number;
  /** Of those, the middle one. */
  medianSeconds?: number;
  /** Per drill. */
  hints: number;
  /** `strong`: at least two, all but few mended, hardly a hint. `weak`: less than half mended, or two hints a drill. */
  rating: 'strong' | 'weak' | 'fair' | 'new';
  /** One a drill, the last one last: mended alone, mended with hints or the solution, not mended. */
  course: readonly ('alone' | 'helped' | 'open')[];
}

const MOST_SHOWN = 12;

const outcome = ({ mended, solution, hints }: DrillEntry) =>
  !mended ? 'open' : solution || hints > 0 ? 'helped' : 'alone';

export function pictureOf(entries: readonly DrillEntry[]): TopicPicture[] {
  return TOPICS.map((topic) => {
    const of = entries.filter(({ faults }) => faults.some((fault) => fault.topic === topic));
    const mended = of.filter((each) => each.mended && !each.solution);
    const times = mended.map(({ seconds }) => seconds).sort((a, b) => a - b);
    const hints = of.length === 0 ? 0 : of.reduce((sum, each) => sum + each.hints, 0) / of.length;
    const share = of.length === 0 ? 0 : mended.length / of.length;
    const rating =
      of.length === 0
        ? 'new'
        : share < 0.5 || hints >= 2
          ? 'weak'
          : of.length >= 2 && share >= 0.8 && hints < 0.5
            ? 'strong'
            : 'fair';
    const median = times[Math.floor((times.length - 1) / 2)];
    return {
      topic,
      drills: of.length,
      mended: mended.length,
      ...(median === undefined ? {} : { medianSeconds: median }),
      hints,
      rating,
      course: of.slice(-MOST_SHOWN).map(outcome),
    };
  });
}
