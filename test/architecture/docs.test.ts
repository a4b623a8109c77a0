import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { referencePages } from '../../scripts/docs.ts';

test.each(referencePages())('$file says what the program does: if not, `npm run docs`', ({ file, text }) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});
