/**
 * How cells are done again in a moment. A cell that only looks need not be run for the sandbox to be where it was, nor
 * need what a cell looks at after its last deed. What packets have taught the kernel is only restored where something
 * later reads it, and one packet teaches as much as five. Pure.
 */
import type { Cell } from '../../lesson/model.ts';
import type { Planned } from '../replay.ts';
import { effectOfLine } from './effects.ts';

export interface Quick extends Planned {
  /** What is run of the text; undefined: all of it, as it is, with the exit status that the cell promises; '' nothing. */
  short?: string;
  /** All of the text, with one packet where there are many; it ends as the text does. */
  said?: string;
  /** What is left out behind it; undefined when only packets are sent, and how they fare is nobody's question. */
  rest?: string;
}

/** Reads what the kernel has learnt from packets, or has counted of them. */
const READS_LEARNT =
  /\b(neigh|neighbour|neighbor|arp|fdb)\b|\bconntrack\s+-[LGEC]|\bip\b[^\n;|&]*\s(n|ne|nei)\b|\bip6?tables\b[^\n;|&]*\s-\w*(v\w*L|L\w*v)/;
/** `-c 5`, `-c5`, `-4c 5`. */
const MANY = /(\bping\b[^\n;|&]*?\s-\w*c\s*)\d+/g;

export const onePacket = (text: string): string => text.replace(MANY, '$11');

/** It reads what others have taught the kernel: not what its own packets have, before it reads. */
function readsLearnt(text: string): boolean {
  const lines = text.split('\n');
  const reads = lines.findIndex((line) => READS_LEARNT.test(line));
  return reads >= 0 && !lines.slice(0, reads).some((line) => effectOfLine(line) === 'talks');
}

/** A text may go on over the end of a line: then nothing is known of its parts. */
const CONTINUED = /\\$|<<|^\s*(for|while|until|if|case|function)\b|\(\)\s*\{?$/m;

/** @param wanted something later reads what packets have taught the kernel */
function shortened(text: string, wanted: boolean): Pick<Quick, 'short' | 'rest' | 'said'> {
  if (CONTINUED.test(text)) return {};
  const lines = text.split('\n');
  const effects = lines.map(effectOfLine);
  const last = effects.lastIndexOf('acts');
  if (last < 0) {
    const sends = wanted && effects.includes('talks');
    return { short: sends ? onePacket(text) : '' };
  }
  // What it has said to others after its last deed may be asked for later: then all of it is run, but in few words.
  if (wanted && effects.slice(last).includes('talks')) return { said: onePacket(text) };
  if (last === lines.length - 1) return {};
  return { short: lines.slice(0, last + 1).join('\n'), rest: lines.slice(last + 1).join('\n') };
}

/**
 * From the last one to the first: what later ones read decides what earlier ones must leave behind.
 *
 * @param next cells that the learner comes to next: what they, or their solutions, read is wanted too
 */
export function quickPlan(plan: readonly Planned[], next: readonly Cell[] = []): Quick[] {
  const quick: Quick[] = [];
  let wanted = next.some(({ text, solution = '' }) => readsLearnt(text) || readsLearnt(solution));
  for (const step of plan.toReversed()) {
    const { cell, text } = step;
    const whole = cell.background || cell.interactive || step.hand || step.as === 'look';
    const parts = whole ? {} : shortened(text, wanted);
    quick.unshift({ ...step, ...parts });
    if (parts.short !== '' && readsLearnt(parts.short ?? text)) wanted = true;
  }
  return quick;
}
