/** Captures of a real sandbox, as it was told: a bridge br0 with client1 and client2 on it, masquerade and one DNAT. */
import { readFileSync } from 'node:fs';
import type { TraceCapture } from '../../src/trace/capture.ts';

export function recorded(name: string): TraceCapture {
  const text = readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as TraceCapture;
}
