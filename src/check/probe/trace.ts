/** `traceroute`: how it is called, and what its output says. */
import type { ToolResult } from '../observation.ts';
import { firstLine, notUnderstood, type Unusable, unusable } from './result.ts';

export interface TraceResult {
  /** The address that was traced. */
  address?: string;
  /** One a hop, in order: its address, or `*` when it kept silent. Silence after the last answer is one `*`. */
  hops: readonly string[];
  /** The last answer came from the target itself, and was not an error about reaching it. */
  reached: boolean;
  /** What the last answer complained about: `!N`, `!H`, `!X`. */
  mark?: string;
  /** Set when nothing could be sent, in the tool's words. */
  message?: string;
}

export function traceCommand(target: string, max: number): string[] {
  return ['traceroute', '-n', '-q', '1', '-w', '1', '-m', String(max), '--', target];
}

export function traceTime(max: number): number {
  return max * 1000 + 14_000;
}

const HEADER = /^traceroute to [^\n]*? \(([0-9a-fA-F.:]+)\), \d+ hops max/m;
const HOP = /^ {0,2}(\d{1,3})\s+(\*|[0-9a-fA-F.:]+)(?:\s+[\d.]+ ms)?(?:\s+(![A-Z]?\d*))?\s*$/gm;
/** The kernel or the resolver refused before the first packet left. */
const REFUSED =
  /^(connect|send): (Network is unreachable|No route to host|Invalid argument|Permission denied|Operation not permitted)|: (Name or service not known|Temporary failure in name resolution|No address associated with hostname)/m;

export function readTrace(result: ToolResult | undefined): TraceResult | Unusable {
  const why = unusable('traceroute', result);
  if (why !== undefined || result === undefined) return why ?? { unusable: 'traceroute was not run' };
  const address = HEADER.exec(result.stdout)?.[1];
  if (result.exit !== 0) {
    if (!REFUSED.test(result.stderr)) return notUnderstood('traceroute', result);
    return { address, hops: [], reached: false, message: firstLine(result.stderr) };
  }
  const rows = [...result.stdout.matchAll(HOP)];
  const inOrder = rows.every((row, index) => Number(row[1]) === index + 1);
  if (address === undefined || rows.length === 0 || !inOrder) return notUnderstood('traceroute', result);
  const hops = rows.map((row) => row[2] ?? '*');
  while (hops.length > 1 && hops.at(-1) === '*' && hops.at(-2) === '*') hops.pop();
  const mark = rows.at(-1)?.[3];
  return { address, hops, reached: hops.at(-1) === address && mark === undefined, mark };
}

/** Whether hops are those of a pattern: addresses, `*` for silence, `...` for any number of hops. */
export function hopsMatch(pattern: readonly string[], hops: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return hops.length === 0;
  // One `...` or many in a row are the same; so it never backtracks over them twice.
  if (first === '...') {
    if (rest[0] === '...' || rest.length === 0) return rest.length === 0 || hopsMatch(rest, hops);
    return hops.some((_, index) => hopsMatch(rest, hops.slice(index)));
  }
  return (
    hops[0] !== undefined && hops[0].toLowerCase() === first.toLowerCase() && hopsMatch(rest, hops.slice(1))
  );
}
