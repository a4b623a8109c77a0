import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedByName } from '../../src/lesson/by-name.ts';

const { compare } = new Intl.Collator('en', { numeric: true });
const letters = (alphabet: string) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 8 });

test('numbers count', () => {
  expect(sortedByName(['10-way-out', '2-cable', '02-cable', 'course.yaml', 'README.md'])).toEqual(
    ['10-way-out', '2-cable', '02-cable', 'course.yaml', 'README.md'].toSorted(compare),
  );
});

test.each([
  ['plain names', 'aAbBz019.-'],
  ['names that differ in little', '0aA'],
  ['any names', 'aZ0 9_.-é网ß'],
])('%s stand as the collator has them', (_, alphabet) => {
  fc.assert(
    fc.property(fc.uniqueArray(letters(alphabet), { maxLength: 12 }), (names) => {
      expect(sortedByName(names)).toEqual(names.toSorted(compare));
    }),
    { numRuns: 2000 },
  );
});
