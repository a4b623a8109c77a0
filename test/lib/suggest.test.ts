import { expect, test } from 'vitest';
import { suggest } from '../../src/lib/suggest.ts';

const kinds = ['interface', 'route', 'ping', 'process', 'netns'];

test.each([
  ['interfce', 'interface'],
  ['Ping', 'ping'],
  ['pnig', 'ping'],
  ['proc', 'process'],
  ['zebra', undefined],
  ['', undefined],
])('%s: %s', (word, near) => expect(suggest(word, kinds)).toBe(near));

test('a word without end is not compared', () => expect(suggest('p'.repeat(1e6), kinds)).toBeUndefined());
