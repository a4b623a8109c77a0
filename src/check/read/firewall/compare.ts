/** Holds a rule of the packet filter against what a check says of it. */
import { samePrefix } from '../../../lib/addresses.ts';
import { differencesOf } from '../../compare.ts';
import type { Matcher, MatchOptions } from '../../matcher.ts';
import type { Difference } from '../../model.ts';
import { type FirewallRule, plainMark } from './model.ts';

export const RULE_FIELDS = [
  'source',
  'destination',
  'in',
  'out',
  'protocol',
  'dport',
  'sport',
  'state',
  'mark',
  'action',
  'to',
  'comment',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
export type WantedRule = Partial<Record<RuleField, Matcher>>;

/** Compares what stands behind the `!` of both, or of neither. */
function negatable(same: (a: string, b: string) => boolean): MatchOptions {
  return {
    same: (a, b) =>
      a.startsWith('!') === b.startsWith('!') && same(a.replace(/^!\s*/, ''), b.replace(/^!\s*/, '')),
  };
}

const EVERYWHERE = ['0.0.0.0/0', '::/0', 'anywhere'];
const network = negatable((a, b) => samePrefix(a, b) || (b === 'any' && EVERYWHERE.includes(a)));

/** IANA numbers and second names; iptables-save writes a number where /etc/protocols is missing. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
  'ipv6-icmp': 'icmpv6',
};
const protocolOf = (text: string) => PROTOCOLS[text.toLowerCase()] ?? text.toLowerCase();
const lower = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const ports = negatable((a, b) => a.replace(':', '-') === b.replace(':', '-'));

const OPTIONS: Readonly<Partial<Record<RuleField, MatchOptions>>> = {
  source: network,
  destination: network,
  in: negatable((a, b) => a === b),
  out: negatable((a, b) => a === b),
  protocol: negatable((a, b) => protocolOf(a) === protocolOf(b)),
  dport: ports,
  sport: ports,
  state: negatable(lower),
  mark: negatable((a, b) => plainMark(a) === plainMark(b)),
  action: { same: lower },
};

/** A rule that says nothing of a property takes any packet. */
const ANY: ReadonlySet<RuleField> = new Set([
  'source',
  'destination',
  'in',
  'out',
  'protocol',
  'dport',
  'sport',
]);

function factOf(rule: FirewallRule, field: RuleField): { value: unknown; said: boolean } {
  const value = rule[field];
  if (Array.isArray(value)) {
    if (value.length > 0) return { value, said: true };
    return { value: ANY.has(field) ? 'any' : undefined, said: false };
  }
  return { value, said: value !== undefined };
}

/** What an xt match says, by its name; a target, written in capitals, hides only where it leads. */
const HIDES: Readonly<Record<string, readonly RuleField[]>> = {
  comment: ['comment'],
  conntrack: ['state', 'source', 'destination', 'sport', 'dport', 'protocol'],
  state: ['state'],
  mark: ['mark'],
  multiport: ['dport', 'sport'],
  tcp: ['dport', 'sport'],
  udp: ['dport', 'sport'],
  iprange: ['source', 'destination'],
  action: ['action', 'to'],
};

function hides(part: string, field: RuleField): boolean {
  if (part === field) return true;
  if (/^[A-Z]/.test(part)) return field === 'to';
  return (HIDES[part] ?? RULE_FIELDS).includes(field);
}

export interface RuleComparison {
  rule: FirewallRule;
  /** `unknown`: a part of the rule that the tool showed only by name decides. */
  fits: 'yes' | 'no' | 'unknown';
  differences: readonly Difference[];
}

export function compareRule(wanted: WantedRule, rule: FirewallRule): RuleComparison {
  const asked = RULE_FIELDS.filter((field) => wanted[field] !== undefined);
  const open = asked.filter(
    (field) => !factOf(rule, field).said && rule.hidden.some((part) => hides(part, field)),
  );
  const known = asked.filter((field) => !open.includes(field));
  const differences = differencesOf(
    known.map((field) => ({
      field,
      expected: wanted[field],
      found: factOf(rule, field).value,
      options: OPTIONS[field],
    })),
  );
  const fits = differences.length > 0 ? 'no' : open.length > 0 ? 'unknown' : 'yes';
  return { rule, fits, differences };
}
