/** What the packet filter of a node does with a packet at a hook: let pass, drop, refuse, or translate. Pure. */
import type { FirewallChain, FirewallRule, FirewallTable } from '../read/firewall.ts';
import { type BaseChain, baseChains, type Hook } from './hooks.ts';
import { type Passing, ruleMatches } from './rule-match.ts';
import type { Node } from './world.ts';

export interface Fate {
  verdict: 'accept' | 'drop' | 'reject';
  /** The rule or policy that decided, in words; for `drop` and `reject`. */
  by?: string;
  /** A rule that might apply, but asks for something that we cannot tell. */
  doubt?: string;
}

type Outcome = { rule: FirewallRule } | 'end' | 'return';

const DEEPEST = 32;

/** Walks a chain; `end` when nothing decided. `decides` says which actions end the walk. */
function walk(
  node: Node,
  table: FirewallTable,
  chain: FirewallChain,
  passing: Passing,
  decides: (action: string) => boolean,
  doubts: string[],
  depth = 0,
): Outcome {
  for (const rule of depth > DEEPEST ? [] : chain.rules) {
    const { action } = rule;
    if (action === undefined && rule.hidden.length === 0) continue;
    const likeness = ruleMatches(rule, passing, node);
    if (likeness === 'no') continue;
    const target =
      action === 'jump' || action === 'goto' ? table.chains.find((each) => each.name === rule.to) : undefined;
    if (likeness === 'maybe') {
      if (target !== undefined || action === undefined || decides(action)) doubts.push(rule.line);
      continue;
    }
    if (target !== undefined) {
      const inner = walk(node, table, target, passing, decides, doubts, depth + 1);
      if (typeof inner === 'object') return inner;
      if (action === 'goto') return 'end';
    } else if (action === 'return') return depth === 0 ? 'end' : 'return';
    else if (action !== undefined && decides(action)) return { rule };
  }
  return 'end';
}

/** The tables that a packet meets. */
const familiesOf = ({ packet }: Passing) =>
  packet.destination.family === 6 ? ['ip6', 'inet'] : ['ip', 'inet'];

/** The same when the hook has no chain at all: what an untouched namespace does. */
export function filter(
  node: Node,
  hook: Hook,
  passing: Passing,
  families: readonly string[] = familiesOf(passing),
): Fate {
  const chains = baseChains(node.observation);
  if (chains === undefined) return { verdict: 'accept', doubt: 'the packet filter could not be read' };
  const doubts: string[] = [];
  for (const base of chains) {
    if (base.nat || base.hook !== hook || !families.includes(base.table.family)) continue;
    const fate = decided(node, base, passing, doubts);
    if (fate !== undefined) return { ...fate, doubt: doubts[0] };
  }
  return { verdict: 'accept', doubt: doubts[0] };
}

function decided(node: Node, base: BaseChain, passing: Passing, doubts: string[]): Fate | undefined {
  const ends = ['accept', 'drop', 'reject'];
  const outcome = walk(node, base.table, base.chain, passing, (action) => ends.includes(action), doubts);
  if (typeof outcome === 'object') {
    const { rule } = outcome;
    if (rule.action === 'accept') return undefined;
    const counted =
      rule.packets === undefined || rule.packets === 0
        ? ''
        : `, which has met ${rule.packets} ${rule.packets === 1 ? 'packet' : 'packets'}`;
    return { verdict: rule.action === 'reject' ? 'reject' : 'drop', by: `the rule "${rule.line}"${counted}` };
  }
  if (base.chain.policy !== 'drop') return undefined;
  return {
    verdict: 'drop',
    by: `the policy of the chain ${base.chain.name} (table ${base.table.name}), which is drop`,
  };
}

export interface Translation {
  rule?: FirewallRule;
  /** A rule that might translate. */
  doubt?: string;
}

/** The translation that a packet meets at a hook; only the first packet of a connection is asked about. */
export function translation(node: Node, hook: Hook, passing: Passing): Translation {
  const doubts: string[] = [];
  const families = familiesOf(passing);
  const ends = ['accept', 'drop', 'dnat', 'snat', 'masquerade', 'redirect'];
  for (const base of baseChains(node.observation) ?? []) {
    if (!base.nat || base.hook !== hook || !families.includes(base.table.family)) continue;
    const outcome = walk(node, base.table, base.chain, passing, (action) => ends.includes(action), doubts);
    if (typeof outcome === 'object' && outcome.rule.action !== 'accept') return { rule: outcome.rule };
  }
  return { doubt: doubts[0] };
}
