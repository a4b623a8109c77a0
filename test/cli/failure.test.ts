import { expect, test } from 'vitest';
import { describeError } from '../../src/commands/failure.ts';
import { InputError, Interrupted, SandboxError } from '../../src/lib/errors.ts';

test("an error of the user's world is its message and what to do", () => {
  const error = new SandboxError('no-namespaces', 'User namespaces are switched off.', [
    'sysctl -w a=1',
    'wirebook doctor',
  ]);
  expect(describeError(error, '1.2.3')).toEqual({
    text: 'User namespaces are switched off.\n\nWhat to do:\n  sysctl -w a=1\n  wirebook doctor\n',
    exit: 3,
  });
});

test('without advice it is its message alone', () => {
  expect(describeError(new InputError('x', 'No such lesson.'), '1.2.3')).toEqual({
    text: 'No such lesson.\n',
    exit: 2,
  });
  expect(describeError(new Interrupted(), '1.2.3').exit).toBe(130);
});

test('any other error is a bug, with its stack, its causes and how to report it', () => {
  const { text, exit } = describeError(new TypeError('no', { cause: new Error('deeper') }), '1.2.3');
  expect(text).toMatch(/^This is a bug in Wirebook\. Please report it/);
  expect(text).toMatch(/TypeError: no\n {4}at /);
  expect(text).toMatch(/Caused by: Error: deeper\n {4}at /);
  expect(text).toMatch(/Wirebook 1\.2\.3, Node\.js \d+/);
  expect(exit).toBe(70);
});

test('even what is no error at all', () => {
  expect(describeError('a string', '1').text).toContain('a string');
  expect(describeError(undefined, '1').text).toContain('undefined');
});
