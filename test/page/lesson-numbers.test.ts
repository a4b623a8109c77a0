import { expect, test } from 'vitest';
import { lessonNumbers } from '../../src/page/lesson-numbers.ts';

test.each([
  ['01-a 02-b 10-c', '1 2 10'],
  ['03-a 03-a-exercise 03-a-trouble 04-b', '3 3.1 3.2 4'],
  ['01-a cable', '1 2'],
  ['cable', '1'],
  ['2nd-look 007', '2 7'],
  ['0-intro 1-a', '0 1'],
])('lessons %s are called %s', (ids, numbers) => {
  expect(lessonNumbers(ids.split(' ').map((id) => ({ id })))).toEqual(numbers.split(' '));
});

test('no lessons have no numbers', () => expect(lessonNumbers([])).toEqual([]));
