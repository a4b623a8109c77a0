import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RAN, ranCounter } from '../../../src/session/watched/shells.ts';

test('the sign is found wherever the pieces are cut', () => {
  const text = `# ip addr\r\n${RAN}1: lo\x1b]777${RAN}${RAN.slice(0, 5)}${RAN}end`;
  fc.assert(
    fc.property(fc.array(fc.nat({ max: text.length })), (cuts) => {
      const count = ranCounter();
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const found = places.map((at, i) => count(Buffer.from(text.slice(places[i - 1] ?? 0, at))));
      expect(found.reduce((sum, each) => sum + each, 0)).toBe(3);
    }),
  );
});
