/** Why a rule is not found: it stands in another chain, or in another family. */
import type { Explanation, ExplanationStep } from '../model.ts';
import type { NetnsObservation } from '../observation.ts';
import { compareRule, type WantedRule } from '../read/firewall/compare.ts';
import { firewallFacts } from '../read/firewall.ts';

export interface WantedPlace {
  firewall: string;
  family?: string;
  chain?: string;
  rule: WantedRule;
}

export function explainFirewall(wanted: WantedPlace, netns: NetnsObservation): Explanation | undefined {
  const facts = firewallFacts(netns);
  // iptables' own words first: nft repeats its tables with parts left out.
  const tables = [facts.iptables, facts.nft].flatMap((each) => (each.ok ? each.value : []));
  const found = tables
    .flatMap((table) => table.chains.map((chain) => ({ table, chain })))
    .find(({ chain }) => chain.rules.some((rule) => compareRule(wanted.rule, rule).fits === 'yes'));
  const here = `${wanted.family ?? 'ip'} ${wanted.firewall}${wanted.chain === undefined ? '' : ` ${wanted.chain}`}`;
  const place = found && `${found.table.family} ${found.table.name} ${found.chain.name}`;
  if (place === undefined || place === here || (wanted.chain === undefined && place.startsWith(`${here} `)))
    return undefined;
  const steps: ExplanationStep[] = [
    { question: `Is such a rule in ${here}?`, answer: 'No.', state: 'wrong' },
    { question: 'Is it elsewhere?', answer: `Yes, in ${place}.`, state: 'wrong' },
  ];
  return {
    cause: `Such a rule stands in ${place}, not in ${here}.`,
    advice: 'Each chain sees packets at one point of their way: choose the one that these packets pass.',
    steps,
  };
}
