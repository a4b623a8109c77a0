/** `output`: what the cell has printed. */
import { z } from 'zod';
import { defineKind, fail, pass } from '../define.ts';
import { choice, matching } from '../fields.ts';
import { describeMatcher, match } from '../matcher.ts';
import type { CellOutcome } from '../observation.ts';

const STREAMS = { both: 'printed', stdout: 'printed to stdout', stderr: 'printed to stderr' } as const;

const schema = () =>
  z.strictObject({
    output: matching('A text that is found in it; or any matcher of the whole text.', '0% packet loss'),
    stream: choice('Which of its two streams; without this field both.', [
      'both',
      'stdout',
      'stderr',
    ]).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const describe = (spec: Spec) =>
  `the cell ${STREAMS[spec.stream ?? 'both']} ${typeof spec.output === 'object' ? 'a text ' : ''}${describeMatcher(spec.output)}`;

function textOf(cell: CellOutcome, stream: Spec['stream']): string {
  if (stream === 'stdout') return cell.stdout;
  if (stream === 'stderr') return cell.stderr;
  const gap = cell.stdout === '' || cell.stdout.endsWith('\n') ? '' : '\n';
  return cell.stdout + gap + cell.stderr;
}

export const output = defineKind({
  name: 'output',
  summary: 'What the cell has printed: a bare text is looked for inside it.',
  example: 'output: {matches: "ttl=64"}\nstream: stdout',
  schema,
  describe,
  needs: () => [],
  judge(spec, look) {
    const expected = describe(spec);
    if (look.cell === undefined) return { ...fail(expected, 'no cell has run yet'), final: true };
    const text = textOf(look.cell, spec.stream);
    const result = match(spec.output, text, { within: true });
    return (result.ok ? pass : fail)(expected, text === '' ? 'it printed nothing' : result.found);
  },
});
