/** The rules that a map shows: who translates addresses, and whether what would be forwarded is dropped. */
import type { NetnsObservation } from '../check/observation.ts';
import type { FirewallRule, FirewallTable } from '../check/read/firewall.ts';
import { firewallFacts } from '../check/read/firewall.ts';
import type { FirewallMark } from './model.ts';

const TRANSLATIONS = ['masquerade', 'snat', 'dnat', 'redirect'] as const;

/** Each table once: those of iptables in its own words, which name what nft shows only as `xt`. */
function tablesOf(netns: NetnsObservation): FirewallTable[] {
  const { nft, iptables } = firewallFacts(netns);
  const known = iptables.ok ? iptables.value : [];
  const same = (one: FirewallTable) =>
    known.some((other) => other.family === one.family && other.name === one.name);
  return [...known, ...(nft.ok ? nft.value.filter((table) => !same(table)) : [])];
}

function sentence(action: string, rule: FirewallRule): string {
  const parts: string[] = [action];
  const add = (word: string, values: readonly string[]) => {
    if (values.length > 0) parts.push(`${word} ${values.join(',')}`);
  };
  add('from', rule.source);
  add('to', rule.destination);
  add('in', rule.in);
  add('out', rule.out);
  if (rule.dport.length > 0) parts.push(`${rule.protocol[0] ?? 'port'} ${rule.dport.join(',')}`);
  if (rule.to !== undefined && rule.to !== '') parts.push(`→ ${rule.to}`);
  return parts.join(' ');
}

export function marksOf(netns: NetnsObservation): FirewallMark[] {
  const marks: FirewallMark[] = [];
  for (const table of tablesOf(netns))
    for (const chain of table.chains) {
      const forward = table.name === 'filter' && chain.name.toUpperCase() === 'FORWARD';
      if (forward && chain.policy === 'drop')
        marks.push({ kind: 'forward-drop', text: `${chain.name} policy drop` });
      for (const rule of chain.rules) {
        const kind = TRANSLATIONS.find((one) => one === rule.action);
        if (kind !== undefined) marks.push({ kind, text: sentence(kind, rule) });
      }
    }
  return marks;
}
