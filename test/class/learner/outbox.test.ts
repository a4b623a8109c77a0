import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LearnerEvent } from '../../../src/board/events.ts';
import { openOutbox } from '../../../src/class/learner/outbox.ts';

let folder: string;
const path = () => join(folder, 'outbox.ndjson');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const moved = (step: number): LearnerEvent => ({ type: 'moved', lesson: 'a', step });
const output: LearnerEvent = { type: 'output', lesson: 'a', cell: 'c', text: 'ip link', output: 'private' };
const numbers = (outbox: { pending(): readonly { n: number }[] }) => outbox.pending().map(({ n }) => n);

test('what was said is there again after a crash, with its number, and its numbers go on', () => {
  const first = openOutbox(path());
  first.say(moved(1), 1);
  first.say(moved(2), 2);
  first.heard(1);
  // never closed
  const second = openOutbox(path());
  expect(second.pending()).toEqual([{ n: 2, at: 2, event: moved(2) }]);
  second.heard(2);
  const third = openOutbox(path());
  expect(third.pending()).toEqual([]);
  expect(third.say(moved(3), 3).n).toBe(3);
});

test('a record that a crash has torn takes nothing else with it', () => {
  const first = openOutbox(path());
  first.say(moved(1), 1);
  appendFileSync(path(), '{"n":2,"at":2,"eve');
  const second = openOutbox(path());
  expect(numbers(second)).toEqual([1]);
  second.say(moved(2), 2);
  expect(numbers(openOutbox(path()))).toEqual([1, 2]);
});

test('what is withdrawn before any connection had it leaves no trace, on the disk neither', () => {
  const outbox = openOutbox(path());
  outbox.say(moved(1), 1);
  outbox.say(output, 2);
  outbox.say(moved(2), 3);
  outbox.drop(({ type }) => type === 'output');
  expect(outbox.pending()).toEqual([
    { n: 1, at: 1, event: moved(1) },
    { n: 2, at: 3, event: moved(2) },
  ]);
  expect(readFileSync(path(), 'utf8')).not.toContain('private');
  expect(outbox.say(moved(3), 4).n).toBe(3);
});

test('what is withdrawn on its way leaves its number, empty', () => {
  const before = openOutbox(path());
  before.say(output, 1);
  const outbox = openOutbox(path());
  outbox.say(output, 2);
  outbox.sent(2);
  outbox.say(output, 3);
  outbox.say(moved(1), 4);
  outbox.drop(({ type }) => type === 'output');
  expect(outbox.pending()).toEqual([
    { n: 1, at: 1, event: { type: 'withdrawn' } },
    { n: 2, at: 2, event: { type: 'withdrawn' } },
    { n: 3, at: 4, event: moved(1) },
  ]);
  expect(readFileSync(path(), 'utf8')).not.toContain('private');
});

test('a host that has heard more than is remembered here has other things under those numbers', () => {
  const outbox = openOutbox(path());
  outbox.say(moved(1), 1);
  outbox.say(moved(2), 2);
  outbox.welcomed(7);
  expect(outbox.pending()).toEqual([
    { n: 8, at: 1, event: moved(1) },
    { n: 9, at: 2, event: moved(2) },
  ]);
  expect(numbers(openOutbox(path()))).toEqual([8, 9]);
});

test('what a connection was given counts as heard when the host says so', () => {
  const outbox = openOutbox(path());
  outbox.say(moved(1), 1);
  outbox.sent(1);
  outbox.welcomed(1);
  expect(outbox.pending()).toEqual([]);
});

test('days without a connection keep the latest of each kind, and the disk small', () => {
  const outbox = openOutbox(path());
  outbox.say({ type: 'question', id: 'q', text: 'Why?' }, 1);
  for (let n = 0; n < 6000; n++) outbox.say(moved(n), n);
  expect(outbox.pending().length).toBeLessThanOrEqual(2101);
  expect(outbox.pending()[0]!.event.type).toBe('question');
  expect(outbox.pending().at(-1)!.event).toEqual(moved(5999));
  expect(statSync(path()).size).toBeLessThan(400_000);
});

test('nobody else may read it', () => {
  openOutbox(path()).say(moved(1), 1);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});
