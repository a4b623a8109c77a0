/** What holds in this sandbox of what was done in shells, once their commands have been done again there. */
import type { Cell } from '../../lesson/model.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Sandbox } from '../../sandbox/contract.ts';
import { checkCell } from '../check-cell.ts';
import type { CheckEngine } from '../engine.ts';
import type { SessionEvent } from '../events.ts';
import type { CellRun } from '../outcome.ts';
import { inShort } from '../quick/perform.ts';
import type { HandWork } from '../replay.ts';
import type { CellState } from '../state.ts';
import { watchedChecks } from '../watched/verdicts.ts';

export interface VerifyOptions {
  sandbox: Sandbox;
  work: HandWork;
  known: CellState;
  /** Commands that ended otherwise than before. */
  differs: readonly string[];
  run: CellRun | undefined;
  emit: (event: SessionEvent) => void;
  clock: Clock;
  signal: AbortSignal;
  engine?: CheckEngine | undefined;
}

/** @returns false where the cell passed before and does not now. */
export async function verifyHandWork(options: VerifyOptions): Promise<boolean> {
  const { work, known, emit, clock, differs } = options;
  const { cell, left } = work;
  const repeated = () =>
    emit({
      at: clock.now(),
      type: 'hand-repeated',
      cell: cell.id,
      left: left.map(({ text }) => text),
      differs,
    });
  if (known.status === 'passed') return passedBefore(options, repeated);
  if (known.status === 'failed' || known.status === 'broken') {
    for (const event of await look(options, inShort(cell))) emit(event);
    repeated();
    return true;
  }
  repeated();
  const held = new Set(known.held);
  const checks = watchedChecks(cell).filter(({ id }) => held.has(id));
  const events =
    checks.length === 0 ? [] : await look(options, inShort({ ...cell, expects: checks, outputs: [] }));
  const verdicts = events.flatMap((event) =>
    event.type === 'check-judged' && event.verdict.state === 'pass' && held.has(event.verdict.check)
      ? [event.verdict]
      : [],
  );
  if (verdicts.length > 0)
    emit({ at: clock.now(), type: 'checks-watched', cell: cell.id, verdicts, withdrawn: [], passed: false });
  return true;
}

/** What it comes to is told at once, or not at all. */
async function look(
  { sandbox, run, clock, signal, engine }: VerifyOptions,
  cell: Cell,
): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  const emit = (event: SessionEvent) => void events.push(event);
  await checkCell({ sandbox, cell, run, values: 'anew', emit, clock, signal, ...(engine && { engine }) });
  return events;
}

const holds = (events: readonly SessionEvent[]): boolean =>
  events.every((event) => event.type !== 'check-judged' || event.verdict.state === 'pass');

/** Where the learner's commands do not bring it about once more, what the author would write may. */
async function passedBefore(options: VerifyOptions, repeated: () => void): Promise<boolean> {
  const { sandbox, work, emit, clock, signal } = options;
  const { cell, instead } = work;
  const first = await look(options, cell);
  if (signal.aborted) return true;
  if (holds(first) || instead === undefined) {
    for (const event of first) emit(event);
    repeated();
    return holds(first);
  }
  const { timeoutMs, background } = cell;
  await sandbox.run(cell.host, instead, { timeoutMs, signal, ...(background && { background }) });
  const second = await look(options, cell);
  if (signal.aborted) return true;
  if (holds(second)) emit({ at: clock.now(), type: 'cell-replayed', cell: cell.id, ran: true });
  else for (const event of second) emit(event);
  return holds(second);
}
