/**
 * What has been done in the sandbox since it was fresh, in the order in which it was done, failures and all: whoever
 * does it once more in another one comes to the same place. Pure.
 */
import type { RunOutcome } from '../sandbox/contract.ts';
import type { Deed, Hand } from './deed.ts';
import type { EventOf } from './events.ts';

/** What is kept at most; of a walk that is longer it is not known any more what was done. */
const MAX_DEEDS = 1000;
const MAX_UNITS = 512 * 1024;

/** Undefined: not all of it is known, so none of it is of use. */
export type Deeds = readonly Deed[] | undefined;

export function isDeeds(value: unknown): value is readonly Deed[] {
  return (
    Array.isArray(value) &&
    value.every(
      (deed) =>
        typeof deed === 'object' &&
        deed !== null &&
        typeof deed.cell === 'string' &&
        typeof deed.text === 'string' &&
        (deed.hand === undefined || isHand(deed.hand)),
    )
  );
}

export function isHand(value: unknown): value is Hand {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'shell', 'host', 'cwd'].every((key) => typeof (value as never)[key] === 'string') &&
    maybe(value, 'netns', 'string') &&
    maybe(value, 'exit', 'number') &&
    maybe(value, 'durationMs', 'number')
  );
}

const maybe = (value: object, key: string, type: string): boolean =>
  (value as never)[key] === undefined || typeof (value as never)[key] === type;

function withDeed(deeds: Deeds, deed: Deed): Deeds {
  if (deeds === undefined) return undefined;
  const next = [...deeds, deed];
  const units = next.reduce((sum, { text }) => sum + text.length, 0);
  return next.length > MAX_DEEDS || units > MAX_UNITS ? undefined : next;
}

/** A solution that a fresh sandbox is brought to is known before it is run. */
const isKnown = (deeds: Deeds, { cell, text }: Pick<Deed, 'cell' | 'text'>): boolean =>
  deeds?.some((deed) => deed.by === 'solution' && deed.cell === cell && deed.text === text) === true;

export function deedBegun(deeds: Deeds, { cell, text, by }: EventOf<'cell-started'>): Deeds {
  if (by === 'replay' || (by === 'solution' && isKnown(deeds, { cell, text }))) return deeds;
  return withDeed(deeds, { cell, text, by });
}

export const deedEnded = (deeds: Deeds, { cell, outcome }: EventOf<'cell-finished'>): Deeds =>
  withOutcome(deeds, cell, outcome);

function withOutcome(deeds: Deeds, cell: string, outcome: RunOutcome): Deeds {
  const at = deeds?.findLastIndex((deed) => deed.cell === cell && !deed.hand) ?? -1;
  const deed = deeds?.[at];
  if (deeds === undefined || deed === undefined || deed.outcome !== undefined) return deeds;
  return deeds.with(at, { ...deed, outcome });
}

/** By its solution, on the way to a later cell; where that only looks it was not run at all. */
export function deedJumped(deeds: Deeds, { cell, text }: EventOf<'cell-jumped'>): Deeds {
  const outcome = 'exited';
  return isKnown(deeds, { cell, text })
    ? withOutcome(deeds, cell, outcome)
    : withDeed(deeds, { cell, text, by: 'solution', outcome });
}

export const deedTyped = (deeds: Deeds, { cell, text, hand }: EventOf<'command-typed'>): Deeds =>
  withDeed(deeds, { cell, text, by: 'learner', hand });

export function deedOver(deeds: Deeds, { id, how, exit, durationMs }: EventOf<'command-over'>): Deeds {
  const at = deeds?.findLastIndex(({ hand }) => hand?.id === id) ?? -1;
  const deed = deeds?.[at];
  if (deeds === undefined || deed?.hand === undefined) return deeds;
  const hand = { ...deed.hand, how, durationMs, ...(exit !== undefined && { exit }) };
  return deeds.with(at, { ...deed, hand, ...(how !== 'unfinished' && { outcome: 'exited' }) });
}

/** Only what has come to its end can be done again as it was. */
export const repeatable = ({ outcome }: Deed): boolean => outcome === 'exited' || outcome === 'shell-ended';
