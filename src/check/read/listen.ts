/** Sockets that listen, from `ss -H -l -n -t -u -p`. */
import type { NetnsObservation } from '../observation.ts';
import { once, type Reading, read, saying, toolFailure, unread } from './reading.ts';

export interface Listener {
  protocol: 'tcp' | 'udp';
  /** `0.0.0.0`, `::`, `*` for both families at once, or one address. */
  address: string;
  port: number;
  /** Names of the processes that hold the socket; empty when they cannot be seen. */
  processes: readonly string[];
}

// Netid State Recv-Q Send-Q Local:Port Peer:Port [users:(("name",pid=1,fd=3))]
const LINE = /^(tcp|udp)\s+\S+\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+(?:\s+(.*))?$/;

function readLine(line: string): Listener | undefined {
  const found = LINE.exec(line.trim());
  if (!found) return undefined;
  const address = found[2]!.replace(/%.*$/, '').replace(/^\[(.*?)\]?$/, '$1');
  const names = [...(found[4] ?? '').matchAll(/\("((?:[^"\\]|\\.)*)",pid=\d+/g)].map((name) => name[1]!);
  return {
    protocol: found[1] as 'tcp' | 'udp',
    address,
    port: Number(found[3]),
    processes: [...new Set(names)],
  };
}

export const listeners = once((netns: NetnsObservation): Reading<readonly Listener[]> => {
  const failure = toolFailure('ss', netns.listen);
  if (failure !== undefined || netns.listen === undefined) return unread(failure ?? 'ss was not run.');
  if (netns.listen.exit !== 0) return unread(`ss failed${saying(netns.listen)}.`);
  const lines = netns.listen.stdout.split('\n').filter((line) => line.trim() !== '');
  const all = lines.map(readLine);
  const known = all.filter((each) => each !== undefined);
  return known.length === lines.length ? read(known) : unread('the answer of ss could not be read.');
});

/** `tcp 0.0.0.0:80 (nginx)` */
export function listenerLine(listener: Listener): string {
  const host = listener.address.includes(':') ? `[${listener.address}]` : listener.address;
  const by = listener.processes.length > 0 ? ` (${listener.processes.join(', ')})` : '';
  return `${listener.protocol} ${host}:${listener.port}${by}`;
}
