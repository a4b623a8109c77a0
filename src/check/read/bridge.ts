/** Forwarding database and VLANs of bridge ports, from `bridge -j -d link`, `fdb` and `vlan`. */
import type { NetnsObservation } from '../observation.ts';
import { every, isJson, type Json, number, readJsonStream, text } from './json.ts';
import { once, type Reading, read, saying, toolFailure, unread } from './reading.ts';

export interface FdbEntry {
  mac: string;
  port: string;
  /** The bridge; undefined for an address that the device itself listens to. */
  bridge?: string;
  /** `permanent` for the port's own address; '' for one that was learnt. */
  state: string;
}

export interface PortVlans {
  port: string;
  vids: readonly number[];
}

export interface BridgeFacts {
  fdb: Reading<readonly FdbEntry[]>;
  vlans: Reading<readonly PortVlans[]>;
}

function readEntry(raw: Json): FdbEntry | undefined {
  const mac = text(raw.mac);
  const port = text(raw.ifname);
  if (mac === undefined || port === undefined) return undefined;
  return { mac, port, bridge: text(raw.master), state: text(raw.state) ?? '' };
}

const LAST_VID = 4094;

function readVlans(raw: Json): PortVlans | undefined {
  const port = text(raw.ifname);
  if (port === undefined || !Array.isArray(raw.vlans)) return undefined;
  const vids = raw.vlans.filter(isJson).flatMap((vlan) => {
    const first = number(vlan.vlan);
    if (first === undefined) return [];
    const last = Math.min(number(vlan.vlanEnd) ?? first, LAST_VID);
    return last < first || first < 0
      ? [first]
      : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  return { port, vids };
}

function reading<T>(value: T | undefined, why: string): Reading<T> {
  return value === undefined ? unread(why) : read(value);
}

export const bridgeFacts = once((netns: NetnsObservation): BridgeFacts => {
  const failure = toolFailure('bridge', netns.bridge);
  if (failure !== undefined || netns.bridge === undefined) {
    const why = failure ?? 'bridge was not run.';
    return { fdb: unread(why), vlans: unread(why) };
  }
  const { values } = readJsonStream(netns.bridge.stdout);
  const why = `the answer of bridge could not be read${saying(netns.bridge)}.`;
  return {
    fdb: reading(every(values[1], readEntry), why),
    vlans: reading(every(values[2], readVlans), `${why} The kernel may be without VLAN filtering.`),
  };
});
