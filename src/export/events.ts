/**
 * The events of a walk in time. A long journal has been folded: of what came before, each cell's last run is known, with
 * when it began and how long it took. Pure.
 */
import type { SessionEvent } from '../session/events.ts';
import type { CellState } from '../session/state.ts';
import type { Walk } from './model.ts';

/** The last run of a cell, told by its state. */
function lastRun(cell: CellState): SessionEvent[] {
  const { id, startedAt, text } = cell;
  if (startedAt === undefined || text === undefined || cell.by === undefined || cell.by === 'replay')
    return [];
  const end = startedAt + (cell.durationMs ?? 0);
  return [
    { at: startedAt, type: 'cell-started', cell: id, text, by: cell.by },
    ...cell.output.map(
      (piece): SessionEvent => ({
        at: end,
        type: 'output',
        cell: id,
        stream: piece.stream,
        text: piece.text,
      }),
    ),
    {
      at: end,
      type: 'cell-finished',
      cell: id,
      outcome: cell.outcome ?? 'exited',
      exit: cell.exit ?? null,
      stdout: '',
      stderr: '',
      durationMs: cell.durationMs ?? 0,
    },
    ...cell.verdicts.map((verdict): SessionEvent => ({ at: end, type: 'check-judged', cell: id, verdict })),
  ];
}

export function timeline({ state, events }: Walk): SessionEvent[] {
  const told = new Set(
    events.flatMap((event) => (event.type === 'cell-started' && event.by !== 'replay' ? [event.cell] : [])),
  );
  const folded = Object.values(state.cells)
    .filter((cell) => !told.has(cell.id))
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
    .flatMap(lastRun);
  return [...folded, ...events];
}
