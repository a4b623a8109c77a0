/** What was seen of a packet held against what a `path` check says of it, field by field. Pure. */
import { describeMatcher, type Matcher, match, oneLine } from '../matcher.ts';
import type { Difference } from '../model.ts';
import { bare, type PathFacts } from './facts.ts';
import { isAt, isHop, parseHop, type Seen, wayFits } from './hops.ts';
import { reachedOf, type Spec } from './spec.ts';

export const seenWords = (seen: readonly Seen[]) =>
  seen
    .filter(({ host }) => host !== '')
    .map((each) => `${each.interface} ${each.netns === '' ? `on ${each.host}` : `in ${each.netns}`}`)
    .join(', ') || 'nowhere';

const fits = (wanted: Matcher | undefined, found: string) =>
  wanted === undefined || match(wanted, found).ok || match(wanted, bare(found)).ok;

function translationDifferences(spec: Spec, { translations }: PathFacts): Difference[] {
  const { translated } = spec;
  if (translated === undefined) return [];
  const found =
    translations
      .map(({ end, before, after, host, netns }) => `${end} ${before} to ${after} in ${netns || host}`)
      .join(', ') || 'none';
  if (translated === false)
    return translations.length === 0 ? [] : [{ field: 'translated', expected: 'nothing', found }];
  return [translated].flat().flatMap((wanted) => {
    const end = wanted.source === undefined ? 'destination' : 'source';
    const isThere = translations.some(
      (each) =>
        each.end === end &&
        fits(wanted[end], each.before) &&
        fits(wanted.to, each.after) &&
        (wanted.at === undefined || isAt(wanted.at, each)),
    );
    if (isThere) return [];
    const at = wanted.at === undefined ? '' : ` in ${wanted.at}`;
    const expected = `${end} ${describeMatcher(wanted[end]!)} to ${describeMatcher(wanted.to)}${at}`;
    return [{ field: 'translated', expected, found }];
  });
}

function dropDifferences(spec: Spec, facts: PathFacts): Difference[] {
  const wanted = spec.dropped;
  if (wanted === undefined) return [];
  const { dropped, journey } = facts;
  if (dropped === undefined)
    return [{ field: 'dropped', expected: 'by a rule or policy', found: oneLine(journey.end.words) }];
  if (wanted === true) return [];
  const list: Difference[] = [];
  const where = dropped.netns || dropped.host;
  if (wanted.at !== undefined && !isAt(wanted.at, dropped))
    list.push({ field: 'dropped at', expected: wanted.at, found: where });
  if (wanted.hook !== undefined && wanted.hook !== dropped.hook)
    list.push({ field: 'dropped hook', expected: wanted.hook, found: dropped.hook ?? 'unknown' });
  const rule = dropped.line ?? `${dropped.decision.table} ${dropped.decision.chain}`;
  const names = [rule, dropped.decision.chain];
  if (wanted.rule !== undefined && !names.some((each) => match(wanted.rule!, each).ok))
    list.push({ field: 'dropped by', expected: describeMatcher(wanted.rule), found: rule });
  return list;
}

export function differences(spec: Spec, facts: PathFacts): Difference[] {
  const { way, back, bridges, journey } = facts;
  const list: Difference[] = [];
  const reached = journey.end.state === 'answered' || back.length > 0;
  for (const [field, wanted, seen] of [
    ['through', spec.through, way],
    ['back', spec.back, back],
  ] as const)
    if (wanted !== undefined && !wayFits(wanted, seen, bridges))
      list.push({ field, expected: wanted.join(', '), found: seenWords(seen) });
  const met = [...way, ...back].filter((seen) =>
    spec.avoids?.some((text) => isHop(parseHop(text) ?? { interface: '' }, seen)),
  );
  if (met.length > 0)
    list.push({ field: 'avoids', expected: spec.avoids!.join(', '), found: seenWords(met) });
  list.push(...translationDifferences(spec, facts), ...dropDifferences(spec, facts));
  if (reachedOf(spec) !== reached)
    list.push({
      field: 'reached',
      expected: String(reachedOf(spec)),
      found: `${reached}: ${oneLine(journey.end.words)}`,
    });
  return list;
}
