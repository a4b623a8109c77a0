/**
 * The values of a lesson's params for a seed: a pure function, so that a grader comes to the learner's numbers.
 *
 * Each param draws HMAC-SHA-256, the seed as the key, of `wirebook param 1`, the lesson's id and the param's name, a line
 * each, as one great number modulo the count of its choices. Where that choice is taken the next free one is, upwards and
 * then from the beginning. Params draw in the order of the lesson, those with a fixed number first. So no two subnets
 * overlap, no two addresses of a subnet are the same, nor are two numbers or choices of one range.
 */
import { createHmac } from 'node:crypto';
import { contains, formatAddress, formatPrefix, type Prefix } from '../lib/addresses.ts';
import { type Param, type Params, poolOf, slots } from './params.ts';

/** The seed of who gives none: the numbers that all see who have not asked for their own. */
export const DEFAULT_SEED = '1';

export type ParamValues = Readonly<Record<string, string>>;

function draw(seed: string, lesson: string, name: string): bigint {
  const hmac = createHmac('sha256', seed).update(`wirebook param 1\n${lesson}\n${name}`);
  return BigInt(`0x${hmac.digest('hex')}`);
}

/** The n-th choice, from 0. */
function pick(
  param: Param,
  n: bigint,
  subnets: ReadonlyMap<string, Prefix>,
): { text: string; prefix?: Prefix } {
  switch (param.kind) {
    case 'subnet': {
      const { family } = param.pool;
      const size = BigInt((family === 4 ? 32 : 128) - param.length);
      const prefix = { family, value: param.pool.value + (n << size), length: param.length };
      return { text: formatPrefix(prefix), prefix };
    }
    case 'address': {
      const { family, value } = subnets.get(param.of)!;
      return { text: formatAddress({ family, value: value + n + 1n }) };
    }
    case 'int':
      return { text: String(BigInt(param.from) + n) };
    case 'choice':
      return { text: param.of[Number(n)]! };
  }
}

/** @param lesson the lesson's id, the same in all languages */
export function valuesOf(params: Params, lesson: string, seed: string): ParamValues {
  const values = new Map<string, string>();
  const subnets = new Map<string, Prefix>();
  const taken = new Map<string, Set<string>>();
  const settle = (name: string, param: Param, start: bigint): void => {
    const used = taken.get(poolOf(param)) ?? new Set();
    taken.set(poolOf(param), used);
    const count = slots(param, params);
    for (let step = 0n; ; step++) {
      const { text, prefix } = pick(param, (start + step) % count, subnets);
      const free = prefix
        ? ![...subnets.values()].some((other) => contains(other, prefix) || contains(prefix, other))
        : !used.has(text);
      // A lesson in which there is no room for all is refused: the count only keeps a fault of ours from going on for ever.
      if (!free && step < count) continue;
      used.add(text);
      values.set(name, text);
      if (prefix) subnets.set(name, prefix);
      return;
    }
  };
  const order = ({ kind, ...param }: Param): number => (kind === 'subnet' ? 0 : 'number' in param ? 1 : 2);
  const sorted = [...params].sort(([, a], [, b]) => order(a) - order(b));
  for (const [name, param] of sorted) {
    const fixed = param.kind === 'address' ? param.number : undefined;
    settle(name, param, fixed === undefined ? draw(seed, lesson, name) : BigInt(fixed - 1));
  }
  return Object.fromEntries([...params.keys()].map((name) => [name, values.get(name)!]));
}
