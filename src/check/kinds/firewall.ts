/** `firewall`: chains, policies and rules, whether nft or iptables wrote them. */
import { z } from 'zod';
import { differencesOf } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, choice, matching, name } from '../fields.ts';
import { describeMatcher, match, oneLine } from '../matcher.ts';
import type { Difference, Judgement } from '../model.ts';
import type { NetnsObservation } from '../observation.ts';
import { findNetns, inNetns, placeWords } from '../place.ts';
import { compareRule, RULE_FIELDS } from '../read/firewall/compare.ts';
import {
  type FirewallRule,
  type FirewallTable,
  firewallFacts,
  isBuiltIn,
  tableOf,
} from '../read/firewall.ts';
import { explainFirewall } from '../why/firewall.ts';

const rule = () =>
  z.strictObject({
    source: matching('Source address or prefix; `"!10.0.0.0/8"` for all others.', '172.30.0.0/24').optional(),
    destination: matching('Destination address or prefix.', '172.30.0.12').optional(),
    in: matching('The interface it comes in by.', 'eth0').optional(),
    out: matching('The interface it goes out by.', '!bridge1').optional(),
    protocol: matching('tcp, udp, icmp, ...', 'tcp').optional(),
    dport: matching('Destination port; a range as `8000-9000`.', 80).optional(),
    sport: matching('Source port.', 53).optional(),
    action: matching(
      'accept, drop, reject, masquerade, dnat, snat, return, jump, ...',
      'masquerade',
    ).optional(),
    to: matching(
      'Where dnat, snat or redirect lead; the chain of a jump; the value of a mark.',
      '172.30.0.12:80',
    ).optional(),
    state: matching('States of the connection, in lower case.', 'established').optional(),
    mark: matching('The mark that the packet bears.', 7).optional(),
    comment: matching('The comment of the rule.', 'the web').optional(),
  });

const schema = () =>
  z.strictObject({
    firewall: name('The table: filter, nat, mangle, raw, or one that nft has.', 'filter'),
    family: choice('The family of the table.', ['ip', 'ip6', 'inet', 'bridge', 'arp']).optional(),
    chain: name('The chain; without it, any of the table.', 'FORWARD').optional(),
    policy: choice('What becomes of a packet that no rule has decided on.', ['accept', 'drop']).optional(),
    rule: rule()
      .optional()
      .meta({
        description: `A rule of the chain, in the same words whoever wrote it. Its fields: ${RULE_FIELDS.join(', ')}.`,
        examples: [{ source: '172.30.0.0/24', action: 'masquerade' }],
      }),
    counters: z
      .strictObject({
        packets: matching('Packets that the rule has met.', { gt: 0 }).optional(),
        bytes: matching('Their bytes.', { gt: 0 }).optional(),
      })
      .optional()
      .meta({
        description: 'What the rule has counted: `packets`, `bytes`.',
        examples: [{ packets: { gt: 0 } }],
      }),
    absent: absent('Such a rule (or the chain, where no rule is given)').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function ruleWords(spec: Spec): string {
  return RULE_FIELDS.flatMap((field) => {
    const wanted = spec.rule?.[field];
    return wanted === undefined ? [] : [`${field} ${describeMatcher(wanted)}`];
  }).join(', ');
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const table = `the table ${spec.family === undefined ? '' : `${spec.family} `}${spec.firewall}`;
  const chain = spec.chain === undefined ? table : `the chain ${spec.chain} of ${table}`;
  const parts: string[] = [];
  if (spec.policy !== undefined) parts.push(`has the policy ${spec.policy}`);
  if (spec.rule !== undefined) parts.push(`has ${spec.absent ? 'no' : 'a'} rule with ${ruleWords(spec)}`);
  for (const field of ['packets', 'bytes'] as const) {
    const wanted = spec.counters?.[field];
    if (wanted !== undefined) parts.push(`which has counted ${describeMatcher(wanted)} ${field}`);
  }
  if (parts.length > 0) return `${chain} ${placeWords(at)} ${parts.join(', ')}`;
  return `there is ${spec.absent ? 'not ' : ''}${chain} ${placeWords(at)}`;
}

function refuse(spec: Spec): string | undefined {
  if (spec.rule !== undefined && Object.keys(spec.rule).length === 0)
    return 'An empty `rule` asserts nothing.';
  if (spec.counters !== undefined && Object.keys(spec.counters).length === 0)
    return 'Empty `counters` assert nothing.';
  if (spec.policy !== undefined && spec.chain === undefined)
    return 'A policy is a chain’s: name the `chain`.';
  if (spec.counters !== undefined && spec.rule === undefined)
    return '`counters` are those of a rule: say which `rule`.';
  if (spec.counters !== undefined && spec.absent) return 'A rule that is not there counts nothing.';
  if (spec.policy !== undefined && spec.absent && spec.rule === undefined)
    return 'A chain that is not there has no policy.';
  return undefined;
}

const list = (rules: readonly FirewallRule[]) =>
  rules.length === 0 ? 'it has no rule' : oneLine(rules.map((each) => each.line).join('; '), 400);

/** Whether a rule is there as wanted. */
function judgeRule(spec: Spec, expected: string, rules: readonly FirewallRule[]): Judgement {
  const compared = rules.map((each) => compareRule(spec.rule ?? {}, each));
  const fitting = compared.filter((each) => each.fits === 'yes');
  const hidden = compared.find((each) => each.fits === 'unknown');
  const unknown = () =>
    broken(
      expected,
      `nft shows a part of a rule only by name (${hidden?.rule.line}), and iptables-save could not be read.`,
    );
  if (spec.absent) {
    if (fitting.length > 0) return fail(expected, fitting[0]!.rule.line);
    return hidden ? unknown() : pass(expected, list(rules));
  }
  const counters = fitting.map((each) => ({
    rule: each.rule,
    differences: differencesOf([
      { field: 'packets', expected: spec.counters?.packets, found: each.rule.packets },
      { field: 'bytes', expected: spec.counters?.bytes, found: each.rule.bytes },
    ]),
  }));
  const held = counters.find((each) => each.differences.length === 0);
  if (held) return pass(expected, held.rule.line);
  if (hidden) return unknown();
  if (counters[0]) return fail(expected, counters[0].rule.line, counters[0].differences);
  const nearest = [...compared].sort((a, b) => a.differences.length - b.differences.length)[0];
  const near = nearest && nearest.differences.length < Object.keys(spec.rule ?? {}).length;
  return fail(expected, list(rules), near ? nearest.differences : []);
}

function judgeChain(
  spec: Spec,
  expected: string,
  family: string,
  table: FirewallTable | undefined,
): Judgement {
  const chain = table?.chains.find((each) => each.name === spec.chain);
  const builtIn = spec.chain !== undefined && isBuiltIn(family, spec.firewall, spec.chain);
  const chains = table?.chains.map((each) => each.name).join(', ') ?? '';
  const there = !table
    ? `there is no table ${family} ${spec.firewall}`
    : chains === ''
      ? 'the table is empty'
      : `the chains are ${chains}`;
  const wholeTable = spec.chain === undefined;
  if (spec.rule === undefined && spec.policy === undefined) {
    const exists = wholeTable ? table !== undefined : chain !== undefined;
    return (exists !== (spec.absent ?? false) ? pass : fail)(expected, there);
  }
  // A chain that iptables has from the start is there though nobody has touched it.
  if (!wholeTable && !chain && !builtIn) return (spec.absent ? pass : fail)(expected, there);
  const policies: Difference[] = [];
  const policy = chain ? (chain.policy ?? 'none') : 'accept';
  if (spec.policy !== undefined && !match(spec.policy, policy).ok)
    policies.push({ field: 'policy', expected: spec.policy, found: policy });
  const rules = wholeTable ? (table?.chains ?? []).flatMap((each) => each.rules) : (chain?.rules ?? []);
  const judged =
    spec.rule === undefined ? pass(expected, `the policy is ${policy}`) : judgeRule(spec, expected, rules);
  if (judged.state === 'broken' || policies.length === 0) return judged;
  const found = spec.rule === undefined ? judged.found : `the policy is ${policy}; ${judged.found}`;
  return fail(expected, found, [...policies, ...judged.differences]);
}

function judge(spec: Spec, expected: string, netns: NetnsObservation): Judgement {
  const family = spec.family ?? 'ip';
  const table = tableOf(firewallFacts(netns), family, spec.firewall);
  return table.ok ? judgeChain(spec, expected, family, table.value) : broken(expected, table.why);
}

export const firewall = defineKind({
  name: 'firewall',
  summary: 'Tables, chains, policies, rules and their counters, in the same words for nft and iptables.',
  example: 'firewall: nat\nchain: POSTROUTING\nrule: {source: 172.30.0.0/24, action: masquerade}',
  schema,
  refuse,
  describe,
  needs: (_, { host }) => [{ read: 'nft', host }],
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns) => judge(spec, expected, netns));
  },
  explain(spec, look) {
    const found = findNetns(look, '');
    if (!found.ok || spec.absent || spec.rule === undefined) return undefined;
    return explainFirewall({ ...spec, rule: spec.rule }, found.value.netns);
  },
});
