import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/lib/sha256.ts';

test('is what Node.js makes of it, at every length around the ends of blocks, in any letters', () => {
  const texts = ['', 'abc', '/home/小明/课程', '🧪'.repeat(40), '\ud800'];
  for (let length = 0; length < 200; length++) texts.push('/a'.repeat(length).slice(0, length));
  for (const text of texts) expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
});
