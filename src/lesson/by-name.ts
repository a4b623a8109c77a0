/**
 * Names in the order that people expect: `2-cable` before `10-way-out`. Pure. Names of plain letters, digits, dashes and
 * dots are compared here; the collator, which knows all others, takes longer to load than a course to list.
 */
let collator: Intl.Collator | undefined;

const PLAIN = /^[A-Za-z0-9.-]+$/;
const PIECES = /\d+|[^\d]/g;

const piecesOf = (name: string): readonly string[] => name.match(PIECES) ?? [];

/** Case counts only where nothing else differs: then small letters stand first. */
function comparePlain(a: string, b: string): number {
  const left = piecesOf(a);
  const right = piecesOf(b);
  let byCase = 0;
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [one, other] = [left[at]!, right[at]!];
    if (one === other) continue;
    if (/^\d/.test(one) && /^\d/.test(other)) {
      const [first, second] = [BigInt(one), BigInt(other)];
      if (first !== second) return first < second ? -1 : 1;
      continue;
    }
    const [small, otherSmall] = [one.toLowerCase(), other.toLowerCase()];
    if (small !== otherSmall) return small < otherSmall ? -1 : 1;
    byCase ||= one === small ? -1 : 1;
  }
  return left.length - right.length || byCase;
}

/** A new list. */
export function sortedByName(names: readonly string[]): string[] {
  if (!names.every((name) => PLAIN.test(name))) {
    collator ??= new Intl.Collator('en', { numeric: true });
    return names.toSorted(collator.compare);
  }
  return names.toSorted(comparePlain);
}
