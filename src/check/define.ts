import type { z } from 'zod';
import type { CheckKind, Judgement } from './model.ts';

/**
 * Writes a kind with its `Spec` inferred from the schema, so that `judge` and the others know their fields. The schema is
 * made when a check of the kind is first read: making all of them takes longer than reading a lesson.
 *
 *     export const netns = defineKind({ name: 'netns', schema: () => z.strictObject({ netns: z.string() }), ... });
 */
export function defineKind<Schema extends z.ZodType>({
  schema: make,
  ...kind
}: Omit<CheckKind<z.output<Schema>>, 'schema'> & { schema: () => Schema }): CheckKind<z.output<Schema>> {
  let made: Schema | undefined;
  return {
    ...kind,
    get schema() {
      made ??= make();
      return made;
    },
  } as CheckKind<z.output<Schema>>;
}

/** We could not look: `what` names the tool or the thing, `why` the reason. Never the learner's fault. */
export function broken(expected: string, why: string): Judgement {
  return { state: 'broken', expected, found: why, differences: [] };
}

export function pass(expected: string, found: string): Judgement {
  return { state: 'pass', expected, found, differences: [] };
}

export function fail(expected: string, found: string, differences: Judgement['differences'] = []): Judgement {
  return { state: 'fail', expected, found, differences };
}
