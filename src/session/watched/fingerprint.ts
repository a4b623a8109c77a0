/** What of a look says that something is another way now: all of it but what counts and ages by itself. Pure. */
import type { Observation } from '../../check/observation.ts';

/** Fields of iproute2's and nft's JSON, and of iptables-save, that change while nobody does anything. */
const COUNTS =
  /"(?:used|confirmed|updated|probes|refcnt|valid_life_time|preferred_life_time|expires|packets|bytes|ageing_timer|hello_timer|tcn_timer|topology_change_timer|gc_timer|root_port|handle|qlen|users|cacheinfo|age)":\s*(?:-?\d+|\{[^{}]*\})|\[\d+:\d+\]|^#.*$/gm;
/** An entry goes through these by itself once it is there. */
const NEIGHBOUR = /"(?:REACHABLE|STALE|DELAY|PROBE)"/g;

const steady = (text: string): string => text.replace(COUNTS, '').replace(NEIGHBOUR, '"KNOWN"');

export function fingerprint({ hosts }: Observation): string {
  return JSON.stringify(hosts, (key, value: unknown) => {
    if (key === 'stdout' && typeof value === 'string') return steady(value);
    if (key === 'durationMs' || key === 'ms' || key === 'stderr') return undefined;
    return value;
  });
}
