import { expect, test } from 'vitest';
import { printedBlock } from '../../src/record/printed.ts';

const ran = (stdout: string, rest: { exit?: number; stderr?: string } = {}) => ({
  exit: 0,
  stderr: '',
  ...rest,
  stdout,
});
const twice = (stdout: string) => printedBlock([ran(stdout), ran(stdout)]);

test('what is printed twice alike is an `.output` block', () => {
  expect(twice('hello\n\n  there  \n\n')).toBe('```text {.output}\nhello\n\n  there\n```');
});

test('what would be a pattern is written as a line', () => {
  expect(twice('...\n /usr/bin/\n')).toBe('```text {.output}\n\\...\n \\/usr/bin/\n```');
});

test.each([
  ['nothing', [ran(''), ran('')]],
  ['another thing on the second walk', [ran('1 ms'), ran('2 ms')]],
  ['a failure', [ran('a', { exit: 1 }), ran('a', { exit: 1 })]],
  ['errors beside it', [ran('a'), ran('a', { stderr: 'b' })]],
  ['more than anybody reads', [ran('a\n'.repeat(9)), ran('a\n'.repeat(9))]],
  ['colours', [ran('\x1b[31ma'), ran('\x1b[31ma')]],
  ['a fence', [ran('```'), ran('```')]],
  ['no walk at all', []],
])('of %s nothing is proposed', (_, runs) => expect(printedBlock(runs)).toBeUndefined());
