/**
 * IPv4 and IPv6 addresses and prefixes: read, write in the canonical form (RFC 5952), compare, contain.
 * Small on purpose; what is not an address is `undefined`, never an exception.
 */

export interface Address {
  family: 4 | 6;
  /** The address as a number, 32 or 128 bits. */
  value: bigint;
}

export interface Prefix extends Address {
  /** Bits of the network part. */
  length: number;
}

const BITS = { 4: 32, 6: 128 } as const;

function parseFour(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // No leading zeros: some tools read them as octal.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

/** `last`: whether these are the last groups of an address, which may end as IPv4 is written. */
function groupsOf(text: string, last: boolean): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const four = last && index === parts.length - 1 ? parseFour(part) : undefined;
      if (four === undefined) return undefined;
      groups.push(four >> 16n, four & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function parseSix(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce(
    (value, group) => (value << 16n) | group,
    0n,
  );
}

/** `10.0.0.1`, `fe80::1`; a zone (`%eth0`) is not part of an address and is refused. */
export function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  const value = trimmed.includes(':') ? parseSix(trimmed) : parseFour(trimmed);
  return value === undefined ? undefined : { family: trimmed.includes(':') ? 6 : 4, value };
}

/** `10.0.0.0/24`; an address alone is its own /32 or /128. Host bits may be set: see `network`. */
export function parsePrefix(text: string): Prefix | undefined {
  const [head, tail, ...more] = text.trim().split('/');
  const address = parseAddress(head!);
  if (!address || more.length > 0) return undefined;
  if (tail === undefined) return { ...address, length: BITS[address.family] };
  if (!/^\d{1,3}$/.test(tail) || Number(tail) > BITS[address.family]) return undefined;
  return { ...address, length: Number(tail) };
}

/** The prefix with its host bits cleared: 10.0.0.11/24 becomes 10.0.0.0/24. */
export function network(prefix: Prefix): Prefix {
  const host = BigInt(BITS[prefix.family] - prefix.length);
  return { ...prefix, value: (prefix.value >> host) << host };
}

export function contains(outer: Prefix, inner: Address | Prefix): boolean {
  const length = 'length' in inner ? inner.length : BITS[inner.family];
  if (outer.family !== inner.family || length < outer.length) return false;
  const host = BigInt(BITS[outer.family] - outer.length);
  return outer.value >> host === inner.value >> host;
}

function formatSix(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  // RFC 5952: the longest run of at least two zero groups is `::`, the first of equal ones.
  let start = -1;
  let longest = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === '0') end++;
    if (end - i > longest) {
      start = i;
      longest = end - i;
    }
  }
  if (start < 0) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`;
}

export function formatAddress(address: Address): string {
  if (address.family === 6) return formatSix(address.value);
  return [24n, 16n, 8n, 0n].map((shift) => (address.value >> shift) & 255n).join('.');
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix)}/${prefix.length}`;
}

/** Two spellings of one address. Texts that are no addresses are never the same. */
export function sameAddress(a: string, b: string): boolean {
  const one = parseAddress(a);
  const two = parseAddress(b);
  return one !== undefined && two !== undefined && one.family === two.family && one.value === two.value;
}

/** Two spellings of one address with prefix length; `10.0.0.1` and `10.0.0.1/32` are the same. */
export function samePrefix(a: string, b: string): boolean {
  const one = parsePrefix(a);
  const two = parsePrefix(b);
  return (
    one !== undefined &&
    two !== undefined &&
    one.family === two.family &&
    one.value === two.value &&
    one.length === two.length
  );
}

/** Two spellings of one MAC address: case and `-` for `:` do not matter. */
export function sameMac(a: string, b: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replaceAll('-', ':');
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(plain(a)) && plain(a) === plain(b);
}
