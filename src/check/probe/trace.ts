/** `traceroute`: how it is called, and what its output says. */
import { sameAddress } from '../../lib/addresses.ts';
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

/**
 * Two probes at a time: the kernel limits its ICMP errors to about one a second for each receiver, and the sixteen that
 * are usual would use up what the next trace needs.
 */
export function traceCommand(target: string, max: number): string[] {
  return ['traceroute', '-n', '-q', '1', '-w', '1', '-N', '2', '-m', String(max), '--', target];
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
  // fits[i]: what was read of the pattern so far fits the first i hops. So `...` never backtracks.
  let fits = [true, ...hops.map(() => false)];
  for (const each of pattern) {
    const before = fits;
    if (each === '...') {
      const first = before.indexOf(true);
      fits = before.map((_, index) => first >= 0 && index >= first);
    } else
      fits = before.map(
        (_, index) => index > 0 && before[index - 1] === true && isHop(each, hops[index - 1]),
      );
  }
  return fits.at(-1) === true;
}

function isHop(wanted: string, hop: string | undefined): boolean {
  return hop !== undefined && (wanted.trim() === hop || sameAddress(wanted, hop));
}
