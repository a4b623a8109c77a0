/** A packet filter's rules in one form, whichever tool wrote them. */

/** What a rule says of one property of a packet. A negated value starts with `!`, as in `iptables -S`. */
export interface FirewallRule {
  source: readonly string[];
  destination: readonly string[];
  in: readonly string[];
  out: readonly string[];
  protocol: readonly string[];
  dport: readonly string[];
  sport: readonly string[];
  /** Connection states in lower case: `established`. */
  state: readonly string[];
  mark: readonly string[];
  comment?: string;
  /** Lower case: accept, drop, reject, masquerade, dnat, snat, return, jump, goto, mark, log, ...; undefined: only counts. */
  action?: string;
  /** Translation of dnat, snat and redirect; target of jump and goto; value of mark. */
  to?: string;
  packets?: number;
  bytes?: number;
  /** Names of the parts that the tool showed only by name: what they demand is not known. */
  hidden: readonly string[];
  /** Conditions beside those above, by nft's names (`icmp type`, `tcp flags`): the rule is for fewer packets than it looks. */
  conditions: readonly string[];
  /** Of ICMP, as nft writes them: `nd-neighbor-solicit`; undefined when no type is asked for. */
  icmpTypes?: readonly string[];
  /** The rule in the words of its tool, for the evidence. */
  line: string;
}

export interface FirewallChain {
  name: string;
  /** Lower case; undefined for a chain that no hook calls. */
  policy?: string;
  rules: readonly FirewallRule[];
}

export interface FirewallTable {
  family: string;
  name: string;
  chains: readonly FirewallChain[];
}

export function emptyRule(line: string): FirewallRule {
  return {
    source: [],
    destination: [],
    in: [],
    out: [],
    protocol: [],
    dport: [],
    sport: [],
    state: [],
    mark: [],
    hidden: [],
    conditions: [],
    line,
  };
}

/** `0x7` and `7` are one mark; with a mask: `0x7/0xff`. */
export function plainMark(text: string): string {
  const [value, mask] = text.split('/');
  const hex = (each: string) => (/^(0x[0-9a-f]+|\d+)$/i.test(each) ? `0x${Number(each).toString(16)}` : each);
  if (mask === undefined || /^0xffffffff$/i.test(mask)) return hex(value!);
  return `${hex(value!)}/${hex(mask)}`;
}
