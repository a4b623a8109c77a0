/** `ping` of iputils: how it is called, and what its output says. */
import type { ToolResult } from '../observation.ts';
import { firstLine, notUnderstood, type Unusable, unusable } from './result.ts';

export interface PingOptions {
  target: string;
  count: number;
  /** Bytes of payload; with it, fragments are forbidden, so that a too small MTU shows. */
  size?: number;
  /** Source address or interface. */
  from?: string;
  /** Seconds that an answer may take. */
  wait: number;
}

/** Why nothing came back. The first six are those that a lesson can name with `fails`. */
export type PingReason =
  | 'unreachable-network'
  | 'unreachable-host'
  | 'no-reply'
  | 'unknown-host'
  | 'prohibited'
  | 'message-too-long'
  | 'ttl-exceeded'
  | 'source';

export interface PingResult {
  /** The address that was tried: what the name came to. Undefined when ping did not get that far. */
  address?: string;
  sent: number;
  received: number;
  /** Percent, from the two counts. */
  loss: number;
  /** Of each answer, in order. */
  ttls: readonly number[];
  /** Average of the round trips, ms. */
  rtt?: number;
  /** Only when nothing was received. */
  reason?: PingReason;
  /** ping's own words for it. */
  message?: string;
}

/** Seconds between two requests. Below 0.2 only root may go (ping(8)), and a probe is root where it runs. */
const INTERVAL = 0.05;

export function pingCommand(options: PingOptions): string[] {
  const argv = [
    'ping',
    '-n',
    '-c',
    String(options.count),
    '-i',
    String(INTERVAL),
    '-W',
    String(options.wait),
  ];
  if (options.size !== undefined) argv.push('-s', String(options.size), '-M', 'do');
  if (options.from !== undefined) argv.push('-I', options.from);
  return [...argv, '--', options.target];
}

/** Milliseconds within which the command ends by itself, name resolution included. */
export function pingTime(options: PingOptions): number {
  return options.count * 1000 + options.wait * 1000 + 12_000;
}

const STATISTICS =
  /^(\d+) packets transmitted, (\d+) received(?:, \+\d+ duplicates)?(?:, \+\d+ corrupted)?(?:, \+\d+ errors)?(?:, [\d.]+% packet loss)?(?:, time \d+ms)?\r?$/m;
const HEADER = /^PING [^\n]*?\(([0-9a-fA-F.:]+(?:%[\w.@-]+)?)\)/m;
const REPLY = /^\d+ bytes from [^\n]*? icmp_seq=\d+ ttl=(\d+)/gm;
const RTT = /^rtt min\/avg\/max\/mdev = [\d.]+\/([\d.]+)\//m;

/** Words of an ICMP error or of the kernel, as iputils writes them, and what they mean; the first that fits counts. */
const REASONS: readonly [RegExp, PingReason][] = [
  [/Destination Host Unreachable|Destination Host Unknown|Address unreachable/i, 'unreachable-host'],
  [/Destination Net (Unreachable|Unknown)|Destination unreachable: No route/i, 'unreachable-network'],
  [/Packet filtered|(Net|Host) Prohibited|administratively prohibited/i, 'prohibited'],
  // What REJECT sends unless it is told otherwise.
  [/(Port|Protocol) Unreachable/i, 'prohibited'],
  [/Frag needed|message too long|Packet too big/i, 'message-too-long'],
  [/Time to live exceeded|Time exceeded|Frag reassembly time exceeded/i, 'ttl-exceeded'],
];

/** ping gave up before it sent anything (exit 2). */
const REFUSALS: readonly [RegExp, PingReason][] = [
  [/^ping: (connect|sendmsg|sendto): Network is unreachable/m, 'unreachable-network'],
  [/^ping: (connect|sendmsg|sendto): No route to host/m, 'unreachable-host'],
  // A blackhole route.
  [/^ping: (connect|sendmsg|sendto): Invalid argument/m, 'unreachable-network'],
  // EACCES: the address is a broadcast, or a route of type prohibit; ping takes the first for granted.
  [/^ping: Do you want to ping broadcast\?/m, 'prohibited'],
  [/^ping: (connect|sendmsg|sendto): (Permission denied|Operation not permitted)/m, 'prohibited'],
  [/^ping: .*: (Name or service not known|Temporary failure in name resolution)/m, 'unknown-host'],
  [
    /^ping: .*: (No address associated with hostname|Address family for hostname not supported)/m,
    'unknown-host',
  ],
  [/^ping: (bind|SO_BINDTODEVICE [^\n]*|unknown iface[^\n]*)/m, 'source'],
];

const find = (table: readonly [RegExp, PingReason][], text: string) =>
  table.find(([pattern]) => pattern.test(text))?.[1];

export function readPing(result: ToolResult | undefined): PingResult | Unusable {
  const why = unusable('ping', result);
  if (why !== undefined || result === undefined) return why ?? { unusable: 'ping was not run' };
  const address = HEADER.exec(result.stdout)?.[1];
  const counts = STATISTICS.exec(result.stdout);
  if (counts === null) {
    const reason = result.exit === 2 ? find(REFUSALS, result.stderr) : undefined;
    if (reason === undefined) return notUnderstood('ping', result);
    return { address, sent: 0, received: 0, loss: 100, ttls: [], reason, message: firstLine(result.stderr) };
  }
  const sent = Number(counts[1]);
  const received = Number(counts[2]);
  // Counts and status must agree; the text alone is not believed.
  if (!(sent > 0) || received > sent || (result.exit === 0) !== received > 0)
    return notUnderstood('ping', result);
  const loss = ((sent - received) * 100) / sent;
  const ttls = [...result.stdout.matchAll(REPLY)].map((reply) => Number(reply[1]));
  const average = RTT.exec(result.stdout)?.[1];
  const rtt = average === undefined ? undefined : Number(average);
  if (received > 0) return { address, sent, received, loss, ttls, rtt };
  const error = errorLine(result);
  return {
    address,
    sent,
    received,
    loss,
    ttls: [],
    reason: find(REASONS, error) ?? 'no-reply',
    message: error || undefined,
  };
}

/** The first line that tells of an error: `From 10.0.0.1 icmp_seq=1 Destination Host Unreachable`. */
function errorLine(result: ToolResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n');
  return (
    lines.find((line) => /^(From |ping: )/.test(line) && find(REASONS, line) !== undefined) ?? ''
  ).trim();
}
