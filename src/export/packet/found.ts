/**
 * The packets that were watched while the checks of a cell were looked at, or that the learner has followed. What a
 * journal says is not believed: what cannot be read as a capture is left out.
 */
import type { Observation } from '../../check/observation.ts';
import type { SessionEvent } from '../../session/events.ts';
import type { TraceCapture } from '../../trace/capture.ts';
import type { Trace } from '../../trace/model.ts';
import { traceOf } from '../../trace/trace.ts';

/** More of one cell only repeat themselves. */
const MOST_OF_A_CELL = 4;

function read(capture: unknown): Trace | undefined {
  try {
    const trace = traceOf(capture as TraceCapture);
    return trace.journeys.length > 0 ? trace : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function ofObservation(observation: Observation | undefined): Map<string, unknown> {
  const traces: unknown = isObject(observation) ? observation.traces : undefined;
  return new Map(isObject(traces) ? Object.entries(traces) : []);
}

/** @returns of each cell the traces since it was run last. */
export function tracesOf(events: readonly SessionEvent[]): Map<string, Trace[]> {
  const captures = new Map<string, Map<string, unknown>>();
  for (const event of events) {
    if (event.type === 'cell-started' && event.by !== 'replay') captures.delete(event.cell);
    if (event.type === 'reset') captures.clear();
    if (event.type === 'rewound') for (const cell of event.cells) captures.delete(cell);
    const found =
      event.type === 'packet-followed'
        ? new Map<string, unknown>([[event.key, event.capture]])
        : event.type === 'checks-finished' || event.type === 'checks-watched'
          ? ofObservation(event.observation)
          : undefined;
    if (found === undefined || found.size === 0 || !('cell' in event)) continue;
    captures.set(event.cell, new Map([...(captures.get(event.cell) ?? []), ...found]));
  }
  return new Map(
    [...captures].map(([cell, all]) => [
      cell,
      [...all.values()]
        .slice(-MOST_OF_A_CELL)
        .map(read)
        .filter((trace) => trace !== undefined),
    ]),
  );
}
