import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstInvalidByte, harmless } from '../../src/lib/text.ts';

test.each([
  [[0x61, 0xff], 1],
  [[0xc3, 0xa4, 0xc3], 2],
  [[0xc0, 0x80], 0],
  [[0xe0, 0x80, 0x80], 0],
  [[0xed, 0xa0, 0x80], 0],
  [[0xf4, 0x90, 0x80, 0x80], 0],
  [[0xf0, 0x9f, 0xa6, 0x86, 0x80], 4],
  [[0x61], undefined],
])('%j', (bytes, offset) => {
  expect(firstInvalidByte(Uint8Array.from(bytes))).toBe(offset);
});

test('agrees with Node, and what stands before the place is UTF-8', () => {
  const byte = fc.oneof(fc.constantFrom(0x61, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (values) => {
      const bytes = Uint8Array.from(values);
      const offset = firstInvalidByte(bytes);
      expect(offset === undefined).toBe(isUtf8(bytes));
      if (offset !== undefined) expect(isUtf8(bytes.subarray(0, offset))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('harmless', () => {
  expect(harmless('a\x1b[2J\x07\u202e\x9b b\n\tc')).toBe('a�[2J��� b\n\tc');
});
