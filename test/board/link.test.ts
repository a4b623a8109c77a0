import { describe, expect, test } from 'vitest';
import { createLink, type WireEvents } from '../../src/board/link.ts';
import type { FromInstructor, Hello, ToInstructor } from '../../src/board/messages.ts';
import { board, COURSE, learner } from './people.ts';

/** A line whose other end the test holds, and a clock that it turns. */
function setUp() {
  let time = 1_000_000;
  const timers = new Set<{ at: number; then: () => void }>();
  const lines: { on: WireEvents; sent: (FromInstructor | Hello)[]; closed: boolean }[] = [];
  const link = createLink({
    key: 'k',
    board: 'b',
    protocol: 1,
    now: () => time,
    after(ms, then) {
      const timer = { at: time + ms, then };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    connect(on) {
      const line = { on, sent: [] as (FromInstructor | Hello)[], closed: false };
      lines.push(line);
      return {
        send: (text) => void line.sent.push(JSON.parse(text)),
        close() {
          line.closed = true;
          on.closed();
        },
      };
    },
  });
  const turn = (ms: number) => {
    const end = time + ms;
    for (;;) {
      const next = [...timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      time = Math.max(time, next.at);
      timers.delete(next);
      next.then();
    }
    time = end;
  };
  const last = () => lines.at(-1)!;
  const say = (message: ToInstructor) => last().on.message(JSON.stringify(message));
  const welcome = (heard = 0) => {
    last().on.opened();
    say({ type: 'welcome', course: COURSE, board: board({ now: time + 5000 }), heard });
  };
  return { link, lines, last, say, welcome, turn };
}

test('says hello, takes the board, and knows how far the host’s clock is from its own', () => {
  const { link, last, welcome } = setUp();
  expect(link.getState().connection).toBe('connecting');
  welcome();
  expect(last().sent).toEqual([{ type: 'hello', as: 'instructor', protocol: 1, key: 'k', board: 'b' }]);
  expect(link.getState()).toMatchObject({ connection: 'open', skewMs: 5000, course: COURSE });
});

test('patches are put in', () => {
  const { link, say, welcome } = setUp();
  welcome();
  const before = link.getState().board!.rows.length;
  say({ type: 'patch', rows: [learner('new', 'New')], gone: [] });
  expect(link.getState().board!.rows.length).toBe(before + 1);
});

test('what the host has not heard is said again after the connection comes back, and nothing twice', () => {
  const { link, lines, last, say, welcome, turn } = setUp();
  welcome();
  link.say({ type: 'announced', id: '1', text: 'one' });
  link.say({ type: 'announced', id: '2', text: 'two' });
  say({ type: 'heard', n: 1 });
  expect(link.getState().unheard).toBe(1);
  last().on.closed('reset');
  expect(link.getState()).toMatchObject({ connection: 'lost', why: 'reset' });
  // Said while nobody listens.
  link.say({ type: 'announced', id: '3', text: 'three' });
  turn(10_000);
  expect(lines.length).toBe(2);
  // The host had the second one; its answer was lost.
  welcome(2);
  const again = last().sent.filter(({ type }) => type === 'say');
  expect(again).toMatchObject([{ n: 3, event: { id: '3' } }]);
  say({ type: 'heard', n: 3 });
  expect(link.getState()).toMatchObject({ connection: 'open', unheard: 0 });
});

test('tries again at longer and longer times, and at once when somebody says so', () => {
  const { link, lines, last, turn } = setUp();
  const tries: number[] = [];
  for (let at = 0; at < 60_000; at += 100) {
    if (!link.getState().againAt) last().on.closed();
    const before = lines.length;
    turn(100);
    if (lines.length > before) {
      tries.push(at);
      last().on.closed();
    }
  }
  const gaps = tries.map((at, n) => at - (tries[n - 1] ?? 0));
  expect(gaps[0]).toBeLessThan(1000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(10_100);
  expect(tries.length).toBeGreaterThan(8);
  const count = lines.length;
  link.retry();
  expect(lines.length).toBe(count + 1);
});

test('a wrong key is final; too many tries are not', () => {
  const { link, lines, last, say, turn } = setUp();
  last().on.opened();
  say({ type: 'refused', code: 'too-many-tries', again: 30, next: [] });
  expect(link.getState().connection).toBe('lost');
  turn(29_000);
  expect(lines.length).toBe(1);
  turn(2000);
  expect(lines.length).toBe(2);
  last().on.opened();
  say({ type: 'refused', code: 'wrong-code', next: [] });
  last().on.closed();
  turn(120_000);
  expect(link.getState()).toMatchObject({ connection: 'refused', refused: { code: 'wrong-code' } });
  expect(lines.length).toBe(2);
});

test('a line on which nothing comes is dead, though nobody has said so', () => {
  const { link, lines, last, welcome, say, turn } = setUp();
  welcome();
  for (let n = 0; n < 10; n++) {
    turn(8000);
    say({ type: 'pong' });
  }
  expect(lines.length).toBe(1);
  turn(40_000);
  expect(lines[0]!.closed).toBe(true);
  expect(lines.length).toBeGreaterThan(1);
  last().on.opened();
  welcome();
  expect(link.getState().connection).toBe('open');
  link.close();
  turn(100_000);
});

test('an old line has nothing to say any more', () => {
  const { link, lines, welcome } = setUp();
  welcome();
  link.retry();
  lines[0]!.on.message(JSON.stringify({ type: 'patch', rows: [learner('ghost', 'Ghost')], gone: [] }));
  expect(link.getState().board!.rows.some(({ id }) => id === 'ghost')).toBe(false);
});

test('a step is shown as soon as it is said, also while it is on its way, and as the host has it in the end', () => {
  const { link, say, welcome } = setUp();
  welcome();
  const place = { lesson: '02-cable', step: 2 };
  link.say({ type: 'where', place });
  expect(link.getState().board!.where).toEqual(place);
  // The host has told of something else before it heard this.
  const { rows: _, ...board_ } = board();
  say({ type: 'patch', rows: [], gone: [], board: board_ });
  expect(link.getState().board!.where).toEqual(place);
  say({ type: 'heard', n: 1 });
  const elsewhere = { lesson: '02-cable', step: 3 };
  say({ type: 'patch', rows: [], gone: [], board: { ...board_, where: elsewhere } });
  expect(link.getState().board!.where).toEqual(elsewhere);
});

describe('what is looked at', () => {
  const sharing = (transcript: boolean) =>
    learner('s', 'Sven Larsen', { consent: { progress: true, outputs: false, transcript } });
  const asked = { type: 'look', learner: 's', lesson: '02-cable', cell: '' } as const;
  const answer = (output: string) => ({ ...asked, type: 'cell' as const, agreed: true, text: '', output });
  function looking() {
    const line = setUp();
    line.welcome();
    line.say({ type: 'patch', rows: [sharing(true)], gone: [] });
    line.link.look('s', '02-cable', '');
    const looks = () => line.last().sent.filter(({ type }) => type === 'look');
    return { ...line, looks };
  }

  test('is asked for again when something of that learner changed, one look at a time, until one looks away', () => {
    const { link, say, turn, looks } = looking();
    expect(looks()).toEqual([asked]);
    const changed = () => say({ type: 'patch', rows: [sharing(true)], gone: [] });
    changed();
    turn(5000);
    expect(looks()).toHaveLength(1);
    say(answer('$ ip link\n'));
    turn(1000);
    expect(looks()).toEqual([asked, asked]);
    // What was seen stays until there is something newer.
    expect(link.getState().looked?.output).toBe('$ ip link\n');
    say(answer('$ ip link\n1: lo'));
    expect(link.getState().looked?.output).toBe('$ ip link\n1: lo');
    say({ type: 'patch', rows: [learner('x', 'Somebody else')], gone: [] });
    turn(5000);
    expect(looks()).toHaveLength(2);
    link.lookAway();
    expect(link.getState().looked).toBeUndefined();
    changed();
    say(answer('late'));
    turn(5000);
    expect(looks()).toHaveLength(2);
    expect(link.getState().looked).toBeUndefined();
  });

  test('is gone at once when they share it no longer, whatever comes late, and when they are', () => {
    const { link, say } = looking();
    say(answer('secret'));
    say({ type: 'patch', rows: [sharing(false)], gone: [] });
    expect(link.getState().looked).toEqual({ ...asked, type: 'cell', agreed: false });
    say(answer('secret'));
    expect(JSON.stringify(link.getState())).not.toContain('secret');
    say({ type: 'patch', rows: [], gone: ['s'] });
    expect(link.getState().looked).toBeUndefined();
  });

  test('is asked for anew on another connection', () => {
    const { link, last, say, turn, looks, welcome } = looking();
    say(answer('before'));
    last().on.closed();
    turn(60_000);
    welcome();
    // The class that came back does not have them any more.
    expect(link.getState().looked).toBeUndefined();
    expect(looks()).toEqual([asked]);
  });
});
