/** The packet filter of one namespace: nft's tables, those of iptables in iptables' own words. */
import type { NetnsObservation, ToolResult } from '../observation.ts';
import { readIptables } from './firewall/iptables.ts';
import type { FirewallTable } from './firewall/model.ts';
import { readNft } from './firewall/nft.ts';
import { once, type Reading, read, saying, toolFailure, unread } from './reading.ts';

export type { FirewallChain, FirewallRule, FirewallTable } from './firewall/model.ts';

export interface FirewallFacts {
  nft: Reading<readonly FirewallTable[]>;
  iptables: Reading<readonly FirewallTable[]>;
  /** Read only where nft shows less than all of them. */
  ip6tables: Reading<readonly FirewallTable[]>;
}

function tablesOf(
  tool: string,
  result: ToolResult | undefined,
  parse: (text: string) => FirewallTable[] | undefined,
): Reading<readonly FirewallTable[]> {
  const failure = toolFailure(tool, result);
  if (failure !== undefined || result === undefined) return unread(failure ?? `${tool} was not run.`);
  if (result.exit !== 0) return unread(`${tool} failed${saying(result)}.`);
  const tables = parse(result.stdout);
  return tables ? read(tables) : unread(`the answer of ${tool} could not be read.`);
}

export const firewallFacts = once(
  (netns: NetnsObservation): FirewallFacts => ({
    nft: tablesOf('nft', netns.nft, readNft),
    iptables: tablesOf('iptables-save', netns.iptables, readIptables),
    ip6tables: tablesOf('ip6tables-save', netns.ip6tables, (text) => readIptables(text, 'ip6')),
  }),
);

/** Chains that iptables finds in every namespace, touched or not; their policy is then ACCEPT. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
};

export function isBuiltIn(family: string, table: string, chain: string): boolean {
  return (family === 'ip' || family === 'ip6') && (BUILT_IN[table]?.includes(chain) ?? false);
}

/** One table; undefined when the namespace has none of that name. Unread when a tool that would know failed. */
export function tableOf(
  facts: FirewallFacts,
  family: string,
  name: string,
): Reading<FirewallTable | undefined> {
  const find = (tables: readonly FirewallTable[]) =>
    tables.find((table) => table.family === family && table.name === name);
  if (family === 'ip' && facts.iptables.ok) {
    const known = find(facts.iptables.value);
    if (known) return read(known);
  }
  if (!facts.nft.ok) return facts.nft;
  const known = find(facts.nft.value);
  // What only iptables would have shown: a legacy table is invisible to nft.
  if (!known && family === 'ip' && name in BUILT_IN && !facts.iptables.ok) return facts.iptables;
  return read(known);
}
