/** A journal folded: header, what all events come to, and of every cell the last look at the hosts. Pure. */

import type { SessionEvent } from '../events.ts';
import { clipText } from '../output.ts';
import type { CellState, SessionState } from '../state.ts';
import { bounded, type Header } from './records.ts';

const OUTPUT_UNITS = 64 * 1024;
const TEXT_UNITS = 64 * 1024;

function smallCell(cell: CellState): CellState {
  const units = cell.output.reduce((sum, piece) => sum + piece.text.length, 0);
  const small = {
    ...cell,
    output:
      units <= OUTPUT_UNITS
        ? cell.output
        : [
            {
              stream: 'stdout' as const,
              text: clipText(cell.output.map((piece) => piece.text).join(''), OUTPUT_UNITS),
            },
          ],
  };
  if (small.text !== undefined) small.text = clipText(small.text, TEXT_UNITS);
  if (small.answer !== undefined) small.answer = clipText(small.answer, TEXT_UNITS);
  return small;
}

/**
 * @param events those that the journal holds now: of them only the last observation of each cell is kept, as it is
 *   evidence that may be judged again.
 */
export function snapshotLines(
  header: Header,
  state: SessionState | undefined,
  events: readonly SessionEvent[],
): string {
  const lines: unknown[] = [header];
  if (state !== undefined) {
    const { notices: _, ...kept } = state;
    const cells = Object.fromEntries(Object.entries(kept.cells).map(([id, cell]) => [id, smallCell(cell)]));
    lines.push({ snapshot: { ...kept, sandbox: { state: 'none' }, cells } });
    lines.push(...lastObservations(state, events), ...lastFollowed(events));
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Of each cell the packet that was followed last. */
function lastFollowed(events: readonly SessionEvent[]): SessionEvent[] {
  const last = new Map<string, SessionEvent>();
  for (const event of events) {
    if (event.type === 'packet-followed') last.set(event.cell, event);
    if (event.type === 'cell-started' && event.by !== 'replay') last.delete(event.cell);
    if (event.type === 'reset') last.clear();
  }
  return [...last.values()];
}

function lastObservations(state: SessionState, events: readonly SessionEvent[]): SessionEvent[] {
  const last = new Map<string, SessionEvent>();
  for (const event of events)
    if (event.type === 'checks-finished' && event.observation !== undefined) last.set(event.cell, event);
  // Of a cell that is under way it would end the checks too early.
  return [...last]
    .filter(([id]) => {
      const status = Object.hasOwn(state.cells, id) ? state.cells[id]?.status : 'waiting';
      return status === 'passed' || status === 'failed' || status === 'broken';
    })
    .map(([, event]) => bounded(event));
}
