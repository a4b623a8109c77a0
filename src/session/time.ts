/** How long a learner has been at a lesson: from what they do to what they do next, pauses left out. Pure. */
import type { SessionEvent } from './events.ts';
import type { SessionState } from './state.ts';

/** What only a learner does, or waits for. */
const ACTIVE: ReadonlySet<SessionEvent['type']> = new Set([
  'moved',
  'answer-edited',
  'cell-started',
  'cell-finished',
  'checks-finished',
  'command-entered',
  'hint-shown',
  'solution-shown',
  'quiz-answered',
  'quiz-shown',
]);
/** Whoever does nothing for longer is elsewhere. */
const PAUSE_MS = 5 * 60_000;

export function timed(state: SessionState, { type, at }: SessionEvent): SessionState {
  if (type === 'session-opened') return { ...state, activeAt: at };
  if (!ACTIVE.has(type) || !Number.isFinite(at)) return state;
  const gap = at - (state.activeAt ?? at);
  const more = gap > 0 && gap <= PAUSE_MS ? gap : 0;
  return { ...state, activeMs: (state.activeMs ?? 0) + more, activeAt: at };
}
