/** A drill by its seed, level and topic: which network, which faults. Pure: the same for everybody. */
import { CATALOGUE } from './catalogue.ts';
import type { Fault, Network, Topic } from './model.ts';
import { NETWORKS } from './networks.ts';
import { goTogether } from './pairs.ts';
import { type Random, randomOf } from './random.ts';

export interface Wish {
  seed: string;
  /** 1 to 5; 5 is two faults at once. */
  level: number;
  topic?: Topic;
}

export interface Drill extends Wish {
  network: Network;
  faults: readonly Fault[];
  random: Random;
}

/** Networks times faults are a hundred: a wish that can be met is met long before. */
const TURNS = 300;

/** @returns undefined where no network has such a fault. */
export function makeDrill(wish: Wish): Drill | undefined {
  const { seed, level, topic } = wish;
  const count = level >= 5 ? 2 : 1;
  // first the faults of that very level, then easier ones, then harder ones: not every topic has each
  for (const rank of ranksFor(level))
    for (let turn = 0; turn < TURNS; turn++) {
      const random = randomOf(JSON.stringify([seed, level, topic ?? '', rank, turn]));
      const network = NETWORKS[random.pick(Object.keys(NETWORKS))]!(random);
      const faults: Fault[] = [];
      for (const maker of random.several(CATALOGUE, CATALOGUE.length)) {
        if (faults.length === count) break;
        const fault = maker(network, random);
        if (fault !== undefined && fits(fault, faults, wish, rank)) faults.push(fault);
      }
      if (faults.length === count) return { ...wish, network, faults, random };
    }
  return undefined;
}

/** The hardest have one rank: there are few of them. */
const RANKS = [1, 2, 3, 4] as const;
const rankOf = ({ level }: Fault) => Math.min(level, 4);

function ranksFor(level: number): number[] {
  const own = Math.min(level, 4);
  return [...RANKS.filter((rank) => rank <= own).reverse(), ...RANKS.filter((rank) => rank > own)];
}

function fits(fault: Fault, others: readonly Fault[], { level, topic }: Wish, rank: number): boolean {
  // the first is of the topic that was wished for, a second one of any other
  if (others.length === 0 && topic !== undefined && fault.topic !== topic) return false;
  if (!others.every((other) => goTogether(other, fault))) return false;
  // of two at once none need be among the hardest
  return level >= 5 ? rankOf(fault) >= Math.min(2, rank) : rankOf(fault) === rank;
}
