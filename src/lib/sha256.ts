/**
 * SHA-256 of a short text, in hexadecimal. The same as Node's own, which takes longer to load than a lesson to draw; that one
 * is for all that is longer than a name.
 */
const PRIMES: readonly number[] = primes(64);

function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found;
}

/** The first 32 bits of what stands behind the point. */
const fraction = (number: number): number => ((number - Math.floor(number)) * 2 ** 32) | 0;

const CONSTANTS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The text's bytes, a one, zeros, and its length in bits, in whole blocks of 64 bytes. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 4, bytes.length * 8);
  return view;
}

function addBlock(sums: Int32Array, block: DataView, from: number): void {
  const words = new Int32Array(64);
  for (let at = 0; at < 64; at++) {
    if (at < 16) {
      words[at] = block.getInt32(from + at * 4);
      continue;
    }
    const [early, late] = [words[at - 15]!, words[at - 2]!];
    const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const other = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[at] = words[at - 16]! + one + words[at - 7]! + other;
  }
  let [a, b, c, d, e, f, g, h] = sums as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let at = 0; at < 64; at++) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + high + ((e & f) ^ (~e & g)) + CONSTANTS[at]! + words[at]!) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [at, sum] of [a, b, c, d, e, f, g, h].entries()) sums[at] = sums[at]! + sum;
}

export function sha256(text: string): string {
  const sums = START.slice();
  const blocks = padded(text);
  for (let from = 0; from < blocks.byteLength; from += 64) addBlock(sums, blocks, from);
  return Array.from(sums, (sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
}
