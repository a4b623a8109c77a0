/**
 * The code that learners join by, such as `K7QM4-T9XWB-3HPDT`: read out, written on a board, or typed from a projector, so it
 * is short, has no letters that are taken for others (Crockford's base 32: no I, L, O, U; small ones and blanks are
 * understood), and ends in a letter that tells a slip of the finger from everything else.
 *
 *     K7QM4T    9XWB3HPD        T
 *     secret    certificate     check letter
 *
 * The secret, 30 bits, lets in. It cannot be guessed because the host counts wrong ones (tries.ts): 600 a minute from
 * everywhere together at the most, so 288,000 in a day of eight hours, which finds it once in 3,700 such days.
 *
 * The other part, 40 bits, says which certificate the host has, so that nobody who stands between (a false access point)
 * can pass for it: who joins looks at the certificate of the connection BEFORE the secret goes over it. Who sees the code
 * can look for a key of their own whose certificate comes to the same 40 bits; the more so as nobody would look at a
 * longer one. Therefore each trial is made dear: scrypt with N = 2^17, r = 8 takes 128 MiB and about 0.4 s of one processor.
 * 2^40 trials are then 14,000 years of one processor. By memory bandwidth, which bounds all machines at this (each trial moves
 * 256 MiB), a graphics card of 1 TB/s makes some 4,000 a second: nine years of one card, or three days of a thousand. The
 * code is made with the class, its secret is the salt, so nothing can be counted out before; a class of a day is over by then.
 */
import { randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { InputError } from '../lib/errors.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET = 6;
const PRINT = 8;
const GROUP = 5;
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };

export interface JoinCode {
  /** What the first `hello` brings. */
  secret: string;
  /** What the host's certificate comes to. */
  print: string;
}

export function newSecret(): string {
  return Array.from({ length: SECRET }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** @param certificate DER */
export async function codeOf(secret: string, certificate: Uint8Array): Promise<JoinCode> {
  return { secret, print: await printOf(secret, certificate) };
}

/** As it is read out. */
export function formatCode({ secret, print }: JoinCode): string {
  const letters = secret + print;
  return (letters + checkLetter(letters)).replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
}

/** @throws InputError `class-code` */
export function parseCode(text: string): JoinCode {
  const letters = text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  const length = SECRET + PRINT + 1;
  const strange = [...letters].find((letter) => !LETTERS.includes(letter));
  const wrong =
    strange !== undefined
      ? `${JSON.stringify(strange)} is in no code`
      : letters.length !== length
        ? `it has ${letters.length} letters and digits, not ${length}`
        : checkLetter(letters.slice(0, -1)) !== letters.at(-1)
          ? 'a letter or digit is another than in the class’s code'
          : undefined;
  if (wrong !== undefined)
    throw new InputError('class-code', `This is not the code of a class: ${wrong}.`, [
      'Look at it once more: three groups of five, such as K7QM4-T9XWB-3HPDT.',
    ]);
  return { secret: letters.slice(0, SECRET), print: letters.slice(SECRET, -1) };
}

/**
 * Whether this is the certificate of the class's host. To be asked before anything is said to it.
 * @param certificate DER, of the connection as it is
 */
export async function isHostOf(code: JoinCode, certificate: Uint8Array): Promise<boolean> {
  return isSameText(await printOf(code.secret, certificate), code.print);
}

/** Compared in a time that says nothing of where they differ. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function printOf(secret: string, certificate: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    // A byte a letter, of which five bits are used.
    scrypt(certificate, `wirebook class ${secret}`, PRINT, COST, (error, key) => {
      if (error) reject(error);
      else resolve([...key].map((byte) => LETTERS[byte & 31]).join(''));
    });
  });
}

/** Luhn's, modulo 32: finds any one letter that is wrong, and nearly all neighbours that changed places. */
function checkLetter(letters: string): string {
  let sum = 0;
  for (const [at, letter] of [...letters].reverse().entries()) {
    const value = LETTERS.indexOf(letter) * (at % 2 === 0 ? 2 : 1);
    sum += (value >> 5) + (value & 31);
  }
  return LETTERS[(32 - (sum % 32)) % 32]!;
}
