/** What of a journal is handed in: all but what was typed in shells, which is the learner's own affair. Pure. */
import { isDeeds } from '../../session/deeds.ts';

const OF_SHELLS = /"type":"(command-typed|command-over|hand-repeated)"/;

/** The line, without what was typed; none where it is nothing else. */
export function handedIn(line: string): string[] {
  if (!OF_SHELLS.test(line) && !line.includes('"hand')) return [line];
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line);
  } catch {
    return [line];
  }
  if (OF_SHELLS.test(`"type":${JSON.stringify(value.type)}`)) return [];
  const holder = (value.snapshot ?? value) as Record<string, unknown>;
  if (isDeeds(holder.deeds)) holder.deeds = holder.deeds.filter(({ hand }) => hand === undefined);
  for (const cell of Object.values((holder.cells ?? {}) as Record<string, { handLeft?: unknown }>))
    if (typeof cell === 'object' && cell !== null) delete cell.handLeft;
  return [JSON.stringify(value)];
}
