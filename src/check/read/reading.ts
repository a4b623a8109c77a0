/** What comes of looking: the facts, or why there are none. */
import type { ToolResult } from '../observation.ts';

export type Reading<T> = { ok: true; value: T } | { ok: false; why: string };

export const read = <T>(value: T): Reading<T> => ({ ok: true, value });
export const unread = (why: string): { ok: false; why: string } => ({ ok: false, why });

/** Why a tool gave nothing, with its name; undefined when it gave an answer. Its exit status is for the caller. */
export function toolFailure(tool: string, result: ToolResult | undefined): string | undefined {
  if (result === undefined) return `${tool} was not run.`;
  switch (result.failure) {
    case undefined:
      return undefined;
    case 'missing-tool':
      return `${tool} is not installed there.`;
    case 'timeout':
      return `${tool} did not come to its end in time.`;
    case 'no-namespace':
      return `${tool} could not be run: the network namespace could not be entered.`;
    default:
      return `${tool} could not be run${saying(result)}.`;
  }
}

/** `: "first line of stderr"`, or nothing. */
export function saying(result: ToolResult): string {
  const line = result.stderr.trim().split('\n')[0]?.slice(0, 160) ?? '';
  return line === '' ? '' : `: ${line}`;
}

/** Remembers the outcome for each object: an observation is read once, however many checks look at it. */
export function once<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const known = new WeakMap<Key, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key) as T;
  };
}
