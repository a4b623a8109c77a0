import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AT_REST,
  enters,
  looking,
  nextLook,
  type Pace,
  type Stir,
  stirred,
} from '../../../src/session/watched/pace.ts';

/** All looks that a history of stirs leads to, each taking `lookMs`, until nothing is due any more. */
function looks(stirs: readonly { at: number; what: Stir }[], lookMs: number): number[] {
  let pace: Pace = AT_REST;
  const done: number[] = [];
  let now = 0;
  const left = [...stirs].sort((one, other) => one.at - other.at);
  for (;;) {
    const wanted = nextLook(pace);
    const due = wanted === undefined ? undefined : Math.max(now, wanted);
    const next = left[0];
    if (next !== undefined && (due === undefined || next.at <= due)) {
      pace = stirred(pace, next.what, next.at);
      now = next.at;
      left.shift();
    } else if (due === undefined) return done;
    else {
      done.push(due);
      now = due;
      pace = { ...looking(pace, due), lookMs };
    }
  }
}

const entered = (at: number) => ({ at, what: 'entered' as const });
const printed = (at: number) => ({ at, what: 'printed' as const });

describe('it is looked', () => {
  test('never while nothing happens', () => {
    expect(looks([], 5)).toEqual([]);
  });

  test('soon after a command, then more and more seldom, then no more', () => {
    const all = looks([entered(1000)], 10);
    expect(all[0]).toBe(1200);
    expect(all.length).toBeGreaterThan(3);
    expect(all.length).toBeLessThan(8);
    expect(all.at(-1)! - 1000).toBeLessThan(20_000);
    const gaps = all.slice(1).map((at, index) => at - all[index]!);
    expect(gaps).toEqual([...gaps].sort((one, other) => one - other));
  });

  test('seldom while something only prints', () => {
    const minute = Array.from({ length: 600 }, (_, n) => printed(n * 100));
    expect(looks(minute, 10).length).toBeLessThanOrEqual(31);
  });

  test('so seldom that a slow machine has time for other things', () => {
    const minute = Array.from({ length: 600 }, (_, n) => entered(n * 100));
    // A quarter of the time at most, and a few when the last command is over.
    expect(looks(minute, 500).length).toBeLessThanOrEqual(36);
  });
});

test('whatever happens, each thing is looked at soon after it, and there is an end of it', () => {
  const stir = fc.record({ at: fc.nat(60_000), what: fc.constantFrom<Stir>('entered', 'printed') });
  fc.assert(
    fc.property(fc.array(stir, { maxLength: 60 }), fc.nat(300), (stirs, lookMs) => {
      const all = looks(stirs, lookMs);
      const slowest = Math.max(2000, 20 * lookMs) + 200;
      for (const { at } of stirs) expect(all.some((look) => look >= at && look <= at + slowest)).toBe(true);
    }),
  );
});

test('letters alone make nothing run', () => {
  expect(enters('ip link')).toBe(false);
  expect(enters('\r')).toBe(true);
  expect(enters('\x03')).toBe(true);
});
