/** Rules from `nft -j list ruleset` (libnftables-json, schema version 1). */
import { isJson, type Json, number, text } from '../json.ts';
import { emptyRule, type FirewallRule, type FirewallTable, plainMark } from './model.ts';

/** A right-hand side as texts: `80`, `8000-9000`, `10.0.0.0/8`, each element of a set; undefined for what is not understood. */
function values(raw: unknown): string[] | undefined {
  if (typeof raw === 'string' || typeof raw === 'number') return [String(raw)];
  const list = Array.isArray(raw) ? raw : isJson(raw) && Array.isArray(raw.set) ? raw.set : undefined;
  if (list) {
    const each = list.map(values);
    return each.some((one) => one === undefined) ? undefined : each.flatMap((one) => one ?? []);
  }
  if (!isJson(raw)) return undefined;
  if (isJson(raw.prefix)) {
    const address = text(raw.prefix.addr);
    const length = number(raw.prefix.len);
    return address === undefined || length === undefined ? undefined : [`${address}/${length}`];
  }
  if (Array.isArray(raw.range) && raw.range.length === 2) return [raw.range.map(String).join('-')];
  // An element of a set with a comment or a time-out.
  if (isJson(raw.elem)) return values(raw.elem.val);
  return undefined;
}

type ListField = 'source' | 'destination' | 'in' | 'out' | 'protocol' | 'dport' | 'sport' | 'state' | 'mark';

const PAYLOAD: Readonly<Record<string, ListField>> = {
  saddr: 'source',
  daddr: 'destination',
  protocol: 'protocol',
  nexthdr: 'protocol',
  dport: 'dport',
  sport: 'sport',
};
const META: Readonly<Record<string, ListField>> = {
  iifname: 'in',
  iif: 'in',
  oifname: 'out',
  oif: 'out',
  l4proto: 'protocol',
  mark: 'mark',
};

/** Which property the left-hand side is; the mask where it is `mark & mask`; the protocol that a port implies. */
function property(left: unknown): { field: ListField; mask?: number; protocol?: string } | undefined {
  if (!isJson(left)) return undefined;
  if (isJson(left.payload)) {
    const protocol = text(left.payload.protocol) ?? '';
    const field = PAYLOAD[text(left.payload.field) ?? ''];
    if (field === undefined || protocol === 'ether' || protocol === 'arp') return undefined;
    const isPort = field === 'dport' || field === 'sport';
    return { field, protocol: isPort && protocol !== 'th' ? protocol : undefined };
  }
  if (isJson(left.meta)) {
    const field = META[text(left.meta.key) ?? ''];
    return field && { field };
  }
  if (isJson(left.ct)) return left.ct.key === 'state' ? { field: 'state' } : undefined;
  if (Array.isArray(left['&'])) {
    const inner = property(left['&'][0]);
    return inner && { ...inner, mask: number(left['&'][1]) };
  }
  return undefined;
}

/** How nft calls a left-hand side that is none of our properties: `icmp type`, `ct direction`, `fib`. */
function nameOf(left: unknown): string {
  if (!isJson(left)) return '?';
  if (isJson(left.payload))
    return `${text(left.payload.protocol) ?? 'payload'} ${text(left.payload.field) ?? ''}`.trim();
  const [kind = '?'] = Object.keys(left);
  const inner = left[kind];
  return isJson(inner) && typeof inner.key === 'string' ? `${kind} ${inner.key}` : kind;
}

export const ICMP_TYPE: ReadonlySet<string> = new Set(['icmp type', 'icmpv6 type']);

function addMatch(rule: FirewallRule, match: Json): void {
  const what = property(match.left);
  if (!what) {
    const types = ICMP_TYPE.has(nameOf(match.left)) && match.op !== '!=' ? values(match.right) : undefined;
    if (types !== undefined) rule.icmpTypes = types;
    rule.conditions = [...rule.conditions, nameOf(match.left)];
    return;
  }
  const found = values(match.right);
  if (!found) {
    rule.hidden = [...rule.hidden, what.field];
    return;
  }
  const not = match.op === '!=' ? '!' : '';
  const shown = found.map((value) => {
    if (what.field === 'mark')
      return not + plainMark(what.mask === undefined ? value : `${value}/${what.mask}`);
    return not + (what.field === 'state' ? value.toLowerCase() : value);
  });
  rule[what.field] = [...rule[what.field], ...shown];
  if (what.protocol && rule.protocol.length === 0) rule.protocol = [what.protocol];
}

function translation(raw: unknown): string | undefined {
  if (!isJson(raw)) return undefined;
  const address = values(raw.addr)?.[0];
  const port = values(raw.port)?.[0];
  if (address === undefined) return port;
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function addStatement(rule: FirewallRule, key: string, value: unknown): void {
  if (key === 'match' && isJson(value)) addMatch(rule, value);
  else if (key === 'counter' && isJson(value)) {
    rule.packets = number(value.packets);
    rule.bytes = number(value.bytes);
  } else if (key === 'jump' || key === 'goto') {
    rule.action = key;
    rule.to = isJson(value) ? text(value.target) : undefined;
  } else if (['accept', 'drop', 'return', 'reject', 'masquerade', 'continue', 'queue', 'log'].includes(key)) {
    rule.action = key;
    if (key === 'masquerade') rule.to = translation(value);
  } else if (['dnat', 'snat', 'redirect', 'tproxy'].includes(key)) {
    rule.action = key;
    rule.to = translation(value);
  } else if (key === 'mangle' && isJson(value) && isJson(value.key) && isJson(value.key.meta)) {
    if (value.key.meta.key === 'mark') {
      rule.action ??= 'mark';
      const mark = values(value.value)?.[0];
      rule.to ??= mark === undefined ? undefined : plainMark(mark);
    }
  } else if (key === 'xt' && isJson(value)) {
    // nft shows only the name of what iptables put there.
    const name = text(value.name) ?? '?';
    if (value.type === 'target') rule.action = name.toLowerCase();
    rule.hidden = [...rule.hidden, name];
  } else if (key === 'vmap') rule.hidden = [...rule.hidden, 'action'];
}

function readRule(raw: Json): FirewallRule {
  const statements = Array.isArray(raw.expr) ? raw.expr.filter(isJson) : [];
  const rule = emptyRule('');
  for (const statement of statements)
    for (const [key, value] of Object.entries(statement)) addStatement(rule, key, value);
  rule.comment = text(raw.comment);
  rule.line = describe(rule);
  return rule;
}

/** The rule in words near to iptables': nft's own text is not in its JSON. */
function describe(rule: FirewallRule): string {
  const parts: string[] = [];
  for (const field of [
    'in',
    'out',
    'protocol',
    'source',
    'destination',
    'sport',
    'dport',
    'state',
    'mark',
  ] as const)
    if (rule[field].length > 0) parts.push(`${field} ${rule[field].join(',')}`);
  if (rule.conditions.length > 0) parts.push(`if ${rule.conditions.join(', ')}`);
  if (rule.hidden.length > 0) parts.push(`(${rule.hidden.join(', ')})`);
  if (rule.action !== undefined) parts.push(rule.action);
  if (rule.to !== undefined) parts.push(rule.to);
  return parts.join(' ') || 'a rule without condition or verdict';
}

/** The tables; undefined when the text is not what nft writes. */
export function readNft(json: string): FirewallTable[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isJson(parsed) || !Array.isArray(parsed.nftables)) return undefined;
  const tables = new Map<string, { family: string; name: string; chains: Map<string, OpenChain> }>();
  for (const item of parsed.nftables.filter(isJson)) {
    const { table, chain, rule } = item;
    if (isJson(table)) {
      const at = placeOf(table, 'name');
      if (at === undefined) return undefined;
      tables.set(at.key, { family: at.family, name: at.table, chains: new Map() });
    } else if (isJson(chain)) {
      const open = tables.get(placeOf(chain, 'table')?.key ?? '');
      const name = text(chain.name);
      if (!open || name === undefined) return undefined;
      const policy = text(chain.policy) ?? (chain.hook === undefined ? undefined : 'accept');
      open.chains.set(name, { name, policy, rules: [] });
    } else if (isJson(rule)) {
      const open = tables.get(placeOf(rule, 'table')?.key ?? '')?.chains.get(text(rule.chain) ?? '');
      if (!open) return undefined;
      open.rules.push(readRule(rule));
    }
  }
  return [...tables.values()].map((table) => ({ ...table, chains: [...table.chains.values()] }));
}

interface OpenChain {
  name: string;
  policy?: string;
  rules: FirewallRule[];
}

function placeOf(
  raw: Json,
  field: 'name' | 'table',
): { key: string; family: string; table: string } | undefined {
  const family = text(raw.family);
  const table = text(raw[field]);
  return family === undefined || table === undefined
    ? undefined
    : { key: `${family} ${table}`, family, table };
}
