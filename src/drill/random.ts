/** Numbers that come of a seed: the same seed, the same drill, on every machine. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  number(below: number): number;
  pick<T>(all: readonly T[]): T;
  /** Some of them, each once. */
  several<T>(all: readonly T[], count: number): T[];
}

/** A hash of the text (FNV-1a) is where a small generator (mulberry32) begins. */
export function randomOf(seed: string): Random {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return {
    number,
    pick: (all) => all[number(all.length)]!,
    several(all, count) {
      const rest = [...all];
      return Array.from(
        { length: Math.min(count, rest.length) },
        () => rest.splice(number(rest.length), 1)[0]!,
      );
    },
  };
}
