/** A disk that has no room for a while: what was done meanwhile is not lost, and who asks is told. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SessionEvent } from '../../src/session/events.ts';
import { openJournal } from '../../src/session/journal.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import { cell, lessonOf } from './fake-lesson.ts';

const lesson = lessonOf([cell('one', 'touch /a'), cell('two', '', { role: 'task' })]);
const whileFull: readonly SessionEvent[] = [
  { at: 2, type: 'cell-started', cell: 'one', text: 'touch /a', by: 'learner' },
  {
    at: 3,
    type: 'cell-finished',
    cell: 'one',
    outcome: 'exited',
    exit: 0,
    stdout: '',
    stderr: '',
    durationMs: 4,
  },
  { at: 4, type: 'checks-started', cell: 'one' },
  {
    at: 5,
    type: 'checks-finished',
    cell: 'one',
    observation: { at: '2026-01-01T00:00:00.000Z', hosts: {}, probes: {} },
  },
  { at: 6, type: 'answer-edited', cell: 'two', text: 'ip link set lo up' },
];

function withoutRoom(does: () => void): void {
  const real = fs.writeSync;
  try {
    fs.writeSync = () => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    syncBuiltinESMExports();
    does();
  } finally {
    fs.writeSync = real;
    syncBuiltinESMExports();
  }
}

test('what could not be written is there once there is room, and until then it is said', () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'wirebook-full-'));
  const path = join(folder, 'cable.ndjson');
  const journal = openJournal({ path, lesson });
  const told: string[] = [];
  journal.onTrouble = (why) => told.push(why);
  let state = initialState(lesson, 0);
  const append = (event: SessionEvent) => {
    state = reduce(state, event, lesson);
    journal.append(event, state);
  };
  withoutRoom(() => whileFull.forEach(append));
  expect(told).toEqual(['no room is left on the disk']);
  expect(journal.trouble).toBe('no room is left on the disk');
  append({ at: 8, type: 'moved', block: 1 });
  expect(journal.trouble).toBeUndefined();
  journal.close();
  const again = openJournal({ path, lesson });
  expect(again.restored!.state.cells).toMatchObject({
    one: { status: 'passed' },
    two: { answer: 'ip link set lo up' },
  });
  again.close();
  fs.rmSync(folder, { recursive: true });
});
