/** `grading:` of the front matter: how a lesson wants its points counted. Learners read it too, so nobody is surprised. */
import { z } from 'zod';

const share = (description: string, fallback: number) =>
  z
    .number('A share is a number from 0 to 1.')
    .min(0, 'A share is a number from 0 to 1.')
    .max(1, 'A share is a number from 0 to 1.')
    .optional()
    .meta({ description: `${description} ${fallback} without it.`, examples: [fallback] });

export const gradingSchema = z.strictObject({
  partial: z
    .enum(['share', 'whole'], 'One of these is expected: share, whole.')
    .optional()
    .meta({
      description:
        'A cell’s `points`: `share` divides them among its checks that have none of their own, `whole` gives them when all of its checks hold. `share` without it.',
      examples: ['share'],
    }),
  carry: share(
    'What a check is worth that fails only because an earlier cell did, and holds once that is put right.',
    1,
  ),
  hint: share('What each hint takes of its cell’s points.', 0),
  solution: share('What looking at the solution takes of its cell’s points.', 0),
  said: z
    .boolean()
    .optional()
    .meta({
      description:
        'Count checks of what the submission itself says (`exit`, `output`, `env`): it may say anything. Without it they are shown and worth nothing.',
      examples: [false],
    }),
});

export type Grading = z.output<typeof gradingSchema>;
