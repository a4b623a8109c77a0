/** Policies and rules of the packet filter that are new or gone, in the words of the check. */
import type { NetnsObservation } from '../../check/observation.ts';
import { RULE_FIELDS } from '../../check/read/firewall/compare.ts';
import {
  type FirewallChain,
  type FirewallRule,
  type FirewallTable,
  firewallFacts,
  isBuiltIn,
  tableOf,
} from '../../check/read/firewall.ts';
import type { Candidate, Change, Entry } from '../model.ts';
import { literal } from '../yaml.ts';

/** Each table once, iptables' in its own words; undefined when a tool that would know failed. */
function tablesOf(netns: NetnsObservation | undefined): FirewallTable[] | undefined {
  if (netns === undefined) return [];
  const facts = firewallFacts(netns);
  if (!facts.nft.ok || !facts.iptables.ok) return undefined;
  const names = [...facts.iptables.value, ...facts.nft.value].map(({ family, name }) => `${family} ${name}`);
  return [...new Set(names)].flatMap((each) => {
    const [family, name] = each.split(' ') as [string, string];
    const table = tableOf(facts, family, name);
    return table.ok && table.value !== undefined ? [table.value] : [];
  });
}

/** What the rule demands and does; undefined where a part of it is known by name alone. */
function ruleFields(rule: FirewallRule): Entry | undefined {
  if (rule.hidden.length > 0) return undefined;
  const fields = RULE_FIELDS.flatMap((field): [string, unknown][] => {
    const value = rule[field];
    if (value === undefined || value.length === 0) return [];
    if (typeof value === 'string') return [[field, literal(value)]];
    const texts = value.map(literal);
    return [[field, texts.length === 1 ? texts[0] : texts]];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** Counters change with every packet. */
const words = (rule: FirewallRule): string =>
  JSON.stringify([RULE_FIELDS.map((field) => rule[field] ?? null), rule.hidden]);

function without(rules: readonly FirewallRule[], others: readonly FirewallRule[]): FirewallRule[] {
  const left = others.map(words);
  return rules.filter((rule) => {
    const at = left.indexOf(words(rule));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function chainEntries(
  table: FirewallTable,
  chain: FirewallChain,
  old: FirewallChain | undefined,
): Candidate[] {
  const { family, name } = table;
  const place = { firewall: name, ...(family === 'ip' ? {} : { family }), chain: chain.name };
  const builtIn = isBuiltIn(family, name, chain.name);
  // A chain that iptables has from the start is ACCEPT before anybody has touched it.
  const policyBefore = old === undefined ? (builtIn ? 'accept' : undefined) : old.policy;
  const policy =
    (chain.policy === 'accept' || chain.policy === 'drop') && chain.policy !== policyBefore
      ? [{ entry: { ...place, policy: chain.policy } }]
      : [];
  const rules = (list: readonly FirewallRule[], more: Entry): Candidate[] =>
    list.flatMap((each) => {
      const rule = ruleFields(each);
      return rule === undefined ? [] : [{ entry: { ...place, rule, ...more } }];
    });
  const added = rules(without(chain.rules, old?.rules ?? []), {});
  const gone = rules(without(old?.rules ?? [], chain.rules), { absent: true });
  const made = old === undefined && !builtIn && policy.length === 0 && added.length === 0;
  return [...policy, ...(made ? [{ entry: place }] : []), ...added, ...gone];
}

/** A chain that is gone; one that iptables has from the start is then as nobody has touched it. */
function goneEntries({ family, name }: FirewallTable, chain: FirewallChain): Candidate[] {
  const place = { firewall: name, ...(family === 'ip' ? {} : { family }), chain: chain.name };
  if (!isBuiltIn(family, name, chain.name)) return [{ entry: { ...place, absent: true } }];
  return chain.policy === 'drop' ? [{ entry: { ...place, policy: 'accept' } }] : [];
}

export function firewallEntries(change: Change): Candidate[] {
  const [before, after] = [tablesOf(change.before), tablesOf(change.after)];
  if (before === undefined || after === undefined) return [];
  const same = (one: FirewallTable) => (other: FirewallTable) =>
    one.family === other.family && one.name === other.name;
  const chainOf = (table: FirewallTable | undefined, chain: FirewallChain) =>
    table?.chains.find(({ name }) => name === chain.name);
  const here = after.flatMap((table) => {
    const old = before.find(same(table));
    return table.chains.flatMap((chain) => chainEntries(table, chain, chainOf(old, chain)));
  });
  const gone = before.flatMap((table) => {
    const now = after.find(same(table));
    return table.chains
      .filter((chain) => chainOf(now, chain) === undefined)
      .flatMap((chain) => goneEntries(table, chain));
  });
  return [...here, ...gone];
}
