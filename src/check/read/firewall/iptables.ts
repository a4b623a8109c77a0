/** Rules from `iptables-save -c`: all that iptables knows, the matches and targets that nft cannot show included. */
import { emptyRule, type FirewallChain, type FirewallRule, type FirewallTable, plainMark } from './model.ts';

/** Splits as a shell would: `"the web"` is one word, `\"` inside it a quotation mark. */
export function words(line: string): string[] {
  const found = line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g);
  return [...found].map((word) => (word[1] === undefined ? word[2]! : word[1].replace(/\\(.)/g, '$1')));
}

type ListField = 'source' | 'destination' | 'in' | 'out' | 'protocol' | 'dport' | 'sport' | 'state' | 'mark';

const FIELDS: Readonly<Record<string, ListField>> = {
  '-s': 'source',
  '-d': 'destination',
  '-i': 'in',
  '-o': 'out',
  '-p': 'protocol',
  '--dport': 'dport',
  '--dports': 'dport',
  '--sport': 'sport',
  '--sports': 'sport',
  '--state': 'state',
  '--ctstate': 'state',
  '--mark': 'mark',
};

const TRANSLATIONS = new Set([
  '--to-destination',
  '--to-source',
  '--to-ports',
  '--set-xmark',
  '--set-mark',
  '--to',
]);

function normal(field: ListField, value: string): string[] {
  if (field === 'dport' || field === 'sport') return value.split(',').map((port) => port.replace(':', '-'));
  if (field === 'state') return value.toLowerCase().split(',');
  if (field === 'mark') return [plainMark(value)];
  return [value];
}

function readRule(line: string, args: readonly string[], isChain: (name: string) => boolean): FirewallRule {
  const rule = { ...emptyRule(line) };
  let negated = false;
  for (let i = 0; i < args.length; i++) {
    const option = args[i]!;
    if (option === '!') {
      negated = true;
      continue;
    }
    const field = FIELDS[option];
    const value = args[i + 1];
    if (field !== undefined && value !== undefined) {
      rule[field] = [...rule[field], ...normal(field, value).map((each) => (negated ? `!${each}` : each))];
      i++;
    } else if (option === '--comment' && value !== undefined) {
      rule.comment = value;
      i++;
    } else if ((option === '-j' || option === '-g') && value !== undefined) {
      rule.action = isChain(value) ? (option === '-j' ? 'jump' : 'goto') : value.toLowerCase();
      if (isChain(value)) rule.to = value;
      i++;
    } else if (TRANSLATIONS.has(option) && value !== undefined) {
      rule.to = option.startsWith('--set') ? plainMark(value) : value;
      i++;
    }
    negated = false;
  }
  return rule;
}

interface OpenTable {
  name: string;
  policies: Map<string, string | undefined>;
  lines: { chain: string; line: string; args: string[]; packets?: number; bytes?: number }[];
}

function close(table: OpenTable, family: 'ip' | 'ip6'): FirewallTable {
  const chains: FirewallChain[] = [...table.policies].map(([name, policy]) => ({
    name,
    policy,
    rules: table.lines
      .filter((each) => each.chain === name)
      .map((each) => ({
        ...readRule(each.line, each.args, (target) => table.policies.has(target)),
        packets: each.packets,
        bytes: each.bytes,
      })),
  }));
  return { family, name: table.name, chains };
}

/** The tables; undefined when the text is not what iptables-save writes. An untouched namespace gives no table. */
export function readIptables(save: string, family: 'ip' | 'ip6' = 'ip'): FirewallTable[] | undefined {
  const tables: FirewallTable[] = [];
  let open: OpenTable | undefined;
  for (const raw of save.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('*')) {
      if (open) return undefined;
      open = { name: line.slice(1), policies: new Map(), lines: [] };
      continue;
    }
    if (!open) return undefined;
    if (line === 'COMMIT') {
      tables.push(close(open, family));
      open = undefined;
      continue;
    }
    const chain = /^:(\S+) (\S+)(?: \[\d+:\d+\])?$/.exec(line);
    const rule = /^(?:\[(\d+):(\d+)\] )?(-A (\S+)(?: .*)?)$/.exec(line);
    if (chain) open.policies.set(chain[1]!, chain[2] === '-' ? undefined : chain[2]!.toLowerCase());
    else if (rule)
      open.lines.push({
        chain: rule[4]!,
        line: rule[3]!,
        args: words(rule[3]!).slice(2),
        packets: rule[1] === undefined ? undefined : Number(rule[1]),
        bytes: rule[2] === undefined ? undefined : Number(rule[2]),
      });
    else return undefined;
  }
  return open ? undefined : tables;
}
