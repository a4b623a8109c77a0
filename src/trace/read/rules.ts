/** What the rules say that took decisions: `nft -a list ruleset`, and for those of iptables its own words. Pure. */

export interface ChainText {
  hook?: string;
  policy?: string;
  /** In order, with the handle that a trace names it by. */
  rules: readonly { handle: string; line: string }[];
}

/** By `family table chain`. */
export type Ruleset = ReadonlyMap<string, ChainText>;

/** What a counter stands at says nothing of the rule. */
const COUNTED = /\bcounter packets \d+ bytes \d+/g;

export function readRuleset(nft: string | undefined, iptables: string | undefined): Ruleset {
  const chains = new Map<string, ChainText & { rules: { handle: string; line: string }[] }>();
  let table = '';
  let chain: (ChainText & { rules: { handle: string; line: string }[] }) | undefined;
  for (const raw of nft?.split('\n') ?? []) {
    const line = raw.trim();
    const opening = /^(table|chain|set|map|flowtable|counter|ct \w+) (.*?) ?\{(?: # handle \d+)?$/.exec(line);
    if (opening?.[1] === 'table') table = opening[2]!;
    else if (opening) {
      chain = opening[1] === 'chain' ? { rules: [] } : undefined;
      if (chain) chains.set(`${table} ${opening[2]}`, chain);
    } else if (chain) {
      const base = /^type \S+ hook (\w+) .*?priority .*?;(?: policy (\w+);)?/.exec(line);
      const rule = /^(.*) # handle (\d+)$/.exec(line);
      if (base) Object.assign(chain, { hook: base[1], policy: base[2] ?? 'accept' });
      else if (rule) chain.rules.push({ handle: rule[2]!, line: rule[1]!.replace(COUNTED, 'counter') });
    }
  }
  for (const [key, lines] of iptablesChains(iptables ?? '')) {
    const known = chains.get(key);
    // The same rules in the same order: only then are they the same.
    if (known?.rules.length === lines.length)
      known.rules = known.rules.map((rule, at) => ({ ...rule, line: lines[at]! }));
  }
  return chains;
}

function iptablesChains(save: string): Map<string, string[]> {
  const chains = new Map<string, string[]>();
  let table = '';
  for (const line of save.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1).trim();
    const rule = /^-A (\S+)/.exec(line);
    if (!rule) continue;
    const key = `ip ${table} ${rule[1]}`;
    chains.set(key, [...(chains.get(key) ?? []), line.trim()]);
  }
  return chains;
}
