/** The figures as people read them: the ratio first, then what it is made of. */
import type { Bench, Comparison, Outcome } from './bench.ts';

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const amount = ({ unit }: Comparison, value: number): string =>
  unit === 'ms' ? ms(value) : `${value.toFixed(1)} MB`;

function comparisonLine(one: Comparison): string {
  const aim = one.aim === undefined ? '' : `  aim ${one.aim}: ${one.ratio <= one.aim ? 'kept' : 'MISSED'}`;
  const ratio = one.ratio.toFixed(one.ratio < 0.1 ? 3 : 2).padStart(7);
  return `  ${ratio} x  ${one.ours} ${amount(one, one.value)} / ${one.against} ${amount(one, one.reference)}${aim}\n`;
}

export function table({ title }: Bench, { results, comparisons, absent, notes }: Outcome): string {
  const spread = results.map(
    ({ name, median, least, most, rounds }) =>
      `           ${name}: ${ms(median)} (${ms(least)} to ${ms(most)}, ${rounds} rounds)\n`,
  );
  return [
    `${title}\n`,
    ...comparisons.map(comparisonLine),
    ...spread,
    ...absent.map(({ name, absent }) => `        -  ${name}: ${absent}\n`),
    ...(notes ?? []).map((note) => `           ${note}\n`),
    '\n',
  ].join('');
}
