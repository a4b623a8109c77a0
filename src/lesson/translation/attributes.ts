/** What a translation's fence says of its cell must be what the original says; what it leaves out is the original's. */
import type { AttributeName } from '../definitions.ts';
import type { Faults, Span } from '../faults.ts';
import type { Header } from '../header.ts';
import type { Cell } from '../model.ts';

const OF_CELL: { readonly [Name in Exclude<AttributeName, 'when'>]: (cell: Cell) => unknown } = {
  on: (cell) => cell.host,
  timeout: (cell) => cell.timeoutMs,
  background: (cell) => cell.background,
  interactive: (cell) => cell.interactive,
  exit: (cell) => cell.exit,
  points: (cell) => cell.points,
  needs: (cell) => cell.needs.join(','),
};

export function compareAttributes({ values, spans }: Header, cell: Cell, head: Span, faults: Faults): void {
  for (const [name, of] of Object.entries(OF_CELL)) {
    const given = values[name as AttributeName];
    if (given === undefined || String(given) === String(of(cell))) continue;
    faults.error(
      'differs-from-original',
      spans[name as AttributeName] ?? head,
      `The original’s \`${cell.id}\` (line ${cell.place.line}) says something else for \`${name}\`.`,
      'write the same, or take it away: attributes are the original’s',
    );
  }
}
