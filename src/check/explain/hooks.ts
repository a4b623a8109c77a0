/** Which chains the kernel calls at which hook: the base chains of all tables of a namespace, in their order. */
import type { NetnsObservation } from '../observation.ts';
import type { FirewallChain, FirewallTable } from '../read/firewall.ts';
import { firewallFacts } from '../read/firewall.ts';
import { isJson, number, text } from '../read/json.ts';
import { once } from '../read/reading.ts';

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

export interface BaseChain {
  table: FirewallTable;
  chain: FirewallChain;
  hook: string;
  /** `nat` chains translate, all others may drop. */
  nat: boolean;
  priority: number;
}

/** Priorities of iptables' tables (the kernel's enum nf_ip_hook_priorities); nat differs by hook, which does not matter here. */
const PRIORITY: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  nat: -100,
  filter: 0,
  security: 50,
};

function nftHooks(json: string | undefined): Map<string, { hook: string; nat: boolean; priority: number }> {
  const hooks = new Map<string, { hook: string; nat: boolean; priority: number }>();
  let items: unknown;
  try {
    items = (JSON.parse(json ?? '') as { nftables?: unknown } | null)?.nftables;
  } catch {
    return hooks;
  }
  for (const item of Array.isArray(items) ? items : []) {
    const chain = isJson(item) && isJson(item.chain) ? item.chain : undefined;
    const hook = text(chain?.hook);
    if (chain === undefined || hook === undefined) continue;
    const key = `${text(chain.family)} ${text(chain.table)} ${text(chain.name)}`;
    hooks.set(key, { hook, nat: chain.type === 'nat', priority: number(chain.prio) ?? 0 });
  }
  return hooks;
}

/** All base chains of a namespace; undefined when the packet filter could not be read. */
export const baseChains = once((netns: NetnsObservation): readonly BaseChain[] | undefined => {
  const facts = firewallFacts(netns);
  if (!facts.nft.ok && !facts.iptables.ok) return undefined;
  const nft = facts.nft.ok ? facts.nft.value : [];
  // iptables' own words say more: nft shows some of its matches by name only.
  const own = [facts.iptables, facts.ip6tables].flatMap((each) => (each.ok ? each.value : []));
  const hooks = nftHooks(netns.nft?.stdout);
  const rest = nft.filter(
    (table) => !own.some((each) => each.family === table.family && each.name === table.name),
  );
  const ofIptables = own.flatMap((table) =>
    table.chains
      .filter((chain) => chain.policy !== undefined)
      .map((chain) => ({
        table,
        chain,
        hook: chain.name.toLowerCase(),
        nat: table.name === 'nat',
        priority: PRIORITY[table.name] ?? 0,
      })),
  );
  const ofNft = rest.flatMap((table) =>
    table.chains.flatMap((chain) => {
      const called = hooks.get(`${table.family} ${table.name} ${chain.name}`);
      return called === undefined ? [] : [{ table, chain, ...called }];
    }),
  );
  return [...ofIptables, ...ofNft].sort((a, b) => a.priority - b.priority);
});
