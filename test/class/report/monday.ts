/** A class of five on a Monday, as the log tells of it. */
import type { ClassEvent, Entry, Speaker } from '../../../src/board/events.ts';
import { cell, joined, logOf, MINUTE, NOON } from '../../board/a-class.ts';

const failing = (check: string, because?: string) => ({
  check,
  kind: 'interface',
  state: 'fail' as const,
  title: `${check} is up`,
  ...(because === undefined ? {} : { because }),
});

type Said = [Speaker, ClassEvent, number];
const on = (minute: number, from: Speaker, event: ClassEvent): Said => [from, event, NOON + minute * MINUTE];
const by = (who: string): Speaker => `learner:${who}`;

export const MONDAY: Entry[] = logOf(
  on(0, 'host:1', { type: 'class-opened', id: 'monday', title: 'Cables on Monday' }),
  ...['ada', 'bob', 'eve', 'kim', 'tom'].flatMap((who, index): Said[] => [
    on(index, 'host:1', joined(who, who === 'kim' ? undefined : `${who}@school.test`)),
    on(index, 'host:1', { type: 'connected', learner: who, host: 'h1' }),
  ]),
  // Ada does all there is, with one hint.
  on(5, by('ada'), { type: 'lesson-opened', lesson: '01-veth', hash: 'h1' }),
  on(6, by('ada'), cell('01-veth', 'make', 'passed')),
  on(
    8,
    by('ada'),
    cell('01-veth', 'look', 'failed', { attempts: 1, failing: [failing('veth-a', 'no such device')] }),
  ),
  on(
    9,
    by('ada'),
    cell('01-veth', 'look', 'failed', {
      attempts: 1,
      hints: 1,
      failing: [failing('veth-a', 'no such device')],
    }),
  ),
  on(10, by('ada'), cell('01-veth', 'look', 'passed', { attempts: 2, hints: 1 })),
  on(11, by('ada'), { type: 'moved', lesson: '01-veth', step: 1 }),
  on(13, by('ada'), cell('01-veth', 'address', 'passed')),
  on(14, by('ada'), cell('01-veth', 'ping', 'passed')),
  on(14, by('ada'), {
    type: 'lesson-finished',
    lesson: '01-veth',
    activeMs: 9 * MINUTE,
    points: { earned: 12, possible: 12 },
  }),
  on(15, by('ada'), { type: 'lesson-opened', lesson: '02-bridge', hash: 'h2' }),
  on(16, by('ada'), cell('02-bridge', 'add', 'passed')),
  on(17, by('ada'), cell('02-bridge', '__proto__', 'passed')),
  on(17, by('ada'), {
    type: 'lesson-finished',
    lesson: '02-bridge',
    activeMs: 2 * MINUTE,
    points: { earned: 6, possible: 6 },
  }),
  // Bob fails at the second step, three runs, a solution, and goes.
  on(5, by('bob'), { type: 'lesson-opened', lesson: '01-veth', hash: 'h1' }),
  on(7, by('bob'), cell('01-veth', 'make', 'passed')),
  on(8, by('bob'), cell('01-veth', 'look', 'passed', { solution: true })),
  on(9, by('bob'), { type: 'moved', lesson: '01-veth', step: 1 }),
  ...[1, 2, 3].map((attempts) =>
    on(
      9 + attempts,
      by('bob'),
      cell('01-veth', 'address', 'failed', {
        attempts,
        earned: 1,
        failing: [failing('veth-b', 'no address'), failing('veth-c')],
      }),
    ),
  ),
  on(13, by('bob'), { type: 'question', id: 'q', text: 'Why?' }),
  on(14, by('bob'), { type: 'left' }),
  on(14, 'host:1', { type: 'disconnected', learner: 'bob', host: 'h1' }),
  // Eve is cut twice: once for a moment, once for five minutes, and comes back to another host. Her machine cannot look.
  on(5, by('eve'), { type: 'lesson-opened', lesson: '01-veth', hash: 'h1' }),
  on(6, 'host:1', { type: 'disconnected', learner: 'eve', host: 'h1' }),
  on(6.5, 'host:1', { type: 'connected', learner: 'eve', host: 'h1' }),
  on(8, 'host:1', { type: 'disconnected', learner: 'eve', host: 'h1' }),
  on(13, 'host:2', { type: 'connected', learner: 'eve', host: 'h2' }),
  on(13, 'host:1', { type: 'disconnected', learner: 'eve', host: 'h1' }),
  on(
    14,
    by('eve'),
    cell('01-veth', 'make', 'broken', {
      failing: [{ check: 'veth-a', kind: 'interface', state: 'broken', title: 'veth-a is up' }],
    }),
  ),
  on(15, by('eve'), { type: 'hand', up: true }),
  // Kim says that she has earned a thousand points.
  on(6, by('kim'), { type: 'lesson-opened', lesson: '01-veth', hash: 'h1' }),
  on(7, by('kim'), cell('01-veth', 'make', 'passed', { earned: 1000 })),
  // Tom is taken out.
  on(9, 'instructor:x', { type: 'removed', learner: 'tom' }),
  on(16, 'instructor:x', { type: 'poll-opened', id: 'p', question: 'Faster?', choices: ['yes', 'no'] }),
  on(17, by('ada'), { type: 'vote', poll: 'p', choice: 1 }),
  on(20, 'instructor:x', { type: 'class-ended' }),
  ...['ada', 'eve', 'kim'].map((who) => on(20, 'host:1', { type: 'disconnected', learner: who, host: 'h1' })),
);
