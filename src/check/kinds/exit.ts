/** `exit`: the status of the cell's last command. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { defineKind, fail } from '../define.ts';
import { matching } from '../fields.ts';
import { describeMatcher } from '../matcher.ts';

const schema = () =>
  z.strictObject({
    exit: matching('The status: 0 is success.', 0),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const describe = (spec: Spec) => `the cell's last command exits with ${describeMatcher(spec.exit)}`;

export const exit = defineKind({
  name: 'exit',
  summary: 'The exit status of the last command of the cell.',
  example: 'exit: 2',
  schema,
  describe,
  needs: () => [],
  judge(spec, look) {
    const expected = describe(spec);
    if (look.cell === undefined) return { ...fail(expected, 'no cell has run yet'), final: true };
    if (look.cell.exit === null)
      return { ...fail(expected, 'the cell did not come to its end'), final: true };
    return judgeBy(
      expected,
      differencesOf([{ field: 'exit', expected: spec.exit, found: look.cell.exit }]),
      `it exited with ${look.cell.exit}`,
    );
  },
});
