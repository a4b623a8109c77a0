/** Finds a probe's result in an observation and judges it, once the namespace is there and the tool has spoken. */
import { broken, fail, pass } from '../define.ts';
import type { Asking, Judgement, Look, Need } from '../model.ts';
import { needKey, type ToolResult } from '../observation.ts';
import { findNetns } from '../place.ts';
import { isUnusable, type Unusable } from './result.ts';

/** The probe itself, and the list of namespaces: without it a missing namespace could not be told from a broken tool. */
export function probeNeeds(asking: Asking, argv: readonly string[], timeoutMs: number): readonly Need[] {
  const { host, netns } = asking;
  return [
    { read: 'netns', host },
    { read: 'probe', host, netns, argv, timeoutMs },
  ];
}

export function probeResult(look: Look, argv: readonly string[]): ToolResult | undefined {
  const key = needKey({ read: 'probe', host: look.host, netns: look.netns, argv, timeoutMs: 0 });
  return Object.hasOwn(look.observation.probes, key) ? look.observation.probes[key] : undefined;
}

export function judgeProbe<T extends object>(
  look: Look,
  expected: string,
  argv: readonly string[],
  read: (result: ToolResult | undefined) => T | Unusable,
  judge: (value: T) => Judgement,
): Judgement {
  const place = findNetns(look, expected);
  if (!place.ok) return place.judgement;
  const value = read(probeResult(look, argv));
  return isUnusable(value) ? broken(expected, `${capital(value.unusable)}.`) : judge(value);
}

/** What the probe came to, when it can be read at all; for explanations. */
export function probeValue<T extends object>(
  look: Look,
  argv: readonly string[],
  read: (result: ToolResult | undefined) => T | Unusable,
): T | undefined {
  const value = read(probeResult(look, argv));
  return isUnusable(value) ? undefined : value;
}

/** A failure was expected: the same one, or not. `reason` is undefined when there was an answer. */
export function judgeFailure(
  expected: string,
  wanted: string,
  reason: string | undefined,
  evidence: string,
): Judgement {
  if (reason === wanted) return pass(expected, evidence);
  return fail(expected, evidence, [{ field: 'fails', expected: wanted, found: reason ?? 'an answer' }]);
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `10.0.0.12`, or `example.com (10.0.0.12)`. */
export function triedWords(target: string, address: string | undefined): string {
  return address === undefined || address === target ? target : `${target} (${address})`;
}

/** `10.0.0.12:80`, or `web:80 (10.0.0.12)`. */
export function triedEndpoint(target: string, result: { host: string; address?: string }): string {
  return result.address === result.host ? target : triedWords(target, result.address);
}

/** `from client`, for the end of a sentence. */
export function fromWords(at: { host: string; netns: string }): string {
  return at.netns === '' ? `from ${at.host}` : `from ${at.netns}`;
}
