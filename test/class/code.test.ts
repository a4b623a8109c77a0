import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, formatCode, isHostOf, newSecret, parseCode } from '../../src/class/code.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const letters = (length: number) =>
  fc.array(fc.constantFrom(...LETTERS), { minLength: length, maxLength: length }).map((all) => all.join(''));
const anyCode = fc.record({ secret: letters(6), print: letters(8) });

describe('a code', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(parseCode(formatCode(code))).toEqual(code);
      }),
    );
  });
  test('is read however people type it', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const typed = formatCode(code)
          .toLowerCase()
          .replaceAll('-', ' ')
          .replaceAll('0', 'o')
          .replaceAll('1', 'l');
        expect(parseCode(` ${typed} `)).toEqual(code);
      }),
    );
  });
  test('with one letter that is wrong is never taken for another', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(14), fc.nat(31), (code, at, other) => {
        const plain = formatCode(code).replaceAll('-', '');
        fc.pre(plain[at] !== LETTERS[other]);
        expect(() => parseCode(plain.slice(0, at) + LETTERS[other] + plain.slice(at + 1))).toThrow(
          'a letter or digit is another',
        );
      }),
    );
  });
  test.each([
    ['', 'it has 0 letters'],
    ['K7QM4', 'it has 5 letters'],
    ['K7QM4-T9XWB-3HPDU', '"U" is in no code'],
    ['K7QM4-T9XWB-3H\u001b[DC', 'is in no code'],
  ])('%j is none', (text, why) => {
    expect(() => parseCode(text)).toThrow(why);
  });
});

test('secrets differ, and have no letter that is taken for another', () => {
  const secrets = Array.from({ length: 200 }, newSecret);
  expect(new Set(secrets).size).toBe(200);
  expect(secrets.join('')).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
});

test('a code fits the certificate that it was made for, and no other one; not with another secret either', async () => {
  const certificate = randomBytes(600);
  const code = await codeOf('K7QM4T', certificate);
  expect(code.print).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(await isHostOf(parseCode(formatCode(code)), certificate)).toBe(true);
  expect(await isHostOf(code, randomBytes(600))).toBe(false);
  expect(await isHostOf({ ...code, secret: 'K7QM4V' }, certificate)).toBe(false);
});

test('a trial is dear', async () => {
  const began = process.cpuUsage();
  await codeOf('K7QM4T', randomBytes(600));
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeGreaterThan(50);
});
