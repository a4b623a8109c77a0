/** Times for people: short, in the units that matter. */
import type { Words } from './en.ts';

/** `120 ms`, `1.4 s`, `2:05`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A limit as the author wrote it: whole seconds or minutes where it is one. */
export function limit(ms: number): string {
  if (ms % 60_000 === 0) return `${ms / 60_000} min`;
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

/** How long ago, from milliseconds since the epoch. */
export function ago(at: number, now: number, words: Words): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return words.ago.now;
  if (minutes < 60) return words.ago.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? words.ago.hours(hours) : words.ago.days(Math.floor(hours / 24));
}
