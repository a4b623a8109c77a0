/**
 * When to look at the sandbox because somebody works in it by hand. A look costs the machine something, so: soon after a
 * command was entered, seldom while something only prints, never while nothing happens. Pure; times in milliseconds.
 */

export interface Pace {
  /** When a line was entered last. */
  enteredAt: number;
  /** The first thing that happened since the last look began; undefined when nothing has. */
  unseenSince: number | undefined;
  lookedAt: number;
  /** How long the last look took. */
  lookMs: number;
}

export const AT_REST: Pace = {
  enteredAt: Number.NEGATIVE_INFINITY,
  unseenSince: undefined,
  lookedAt: Number.NEGATIVE_INFINITY,
  lookMs: 0,
};

/** What a command does is mostly done when its prompt is back. */
const SETTLE_MS = 200;
/** However fast one command follows another. */
const LATEST_MS = 1000;
/** A command that was entered so long ago is still thought to be at work. */
const WORKING_MS = 5000;
/** Something may come up by itself a while after the last word: a daemon, a container. */
const TAIL_MS = 8000;
const SPACING = { working: { ms: 400, looks: 4 }, printing: { ms: 2000, looks: 20 } };

export type Stir = 'entered' | 'printed';

export function stirred(pace: Pace, what: Stir, now: number): Pace {
  return {
    ...pace,
    enteredAt: what === 'entered' ? now : pace.enteredAt,
    unseenSince: pace.unseenSince ?? now,
  };
}

export function looking(pace: Pace, now: number): Pace {
  return { ...pace, lookedAt: now, unseenSince: undefined };
}

/** @returns when the next look is due, which may be past; undefined: not before something happens. */
export function nextLook({ enteredAt, unseenSince, lookedAt, lookMs }: Pace): number | undefined {
  const working = (unseenSince ?? lookedAt) - enteredAt < WORKING_MS;
  const { ms, looks } = working ? SPACING.working : SPACING.printing;
  const spacing = Math.max(ms, looks * lookMs);
  if (unseenSince !== undefined) {
    const settled = Math.max(unseenSince, enteredAt) + SETTLE_MS;
    return Math.max(lookedAt + spacing, Math.min(settled, unseenSince + LATEST_MS));
  }
  const since = lookedAt - enteredAt;
  // Each look of the tail is as far from the last one as that was from the command.
  return since >= 0 && since < TAIL_MS ? lookedAt + Math.max(spacing, since) : undefined;
}

/** Whether what was typed may have made something run: it holds more than letters. */
export const enters = (data: string): boolean => /[\x00-\x1f]/.test(data);
