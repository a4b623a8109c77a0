/** The neighbour table (ARP and neighbour discovery) as `ip -j neigh` shows it. */
import { type Json, text, texts } from './json.ts';

export interface Neighbour {
  address: string;
  dev?: string;
  /** undefined while nobody has answered. */
  mac?: string;
  /** `REACHABLE`, `STALE`, `FAILED`, `INCOMPLETE`, `PERMANENT`, ... */
  states: readonly string[];
}

export function readNeighbour(raw: Json): Neighbour | undefined {
  const address = text(raw.dst);
  if (address === undefined || !Array.isArray(raw.state)) return undefined;
  return { address, dev: text(raw.dev), mac: text(raw.lladdr), states: texts(raw.state) };
}
