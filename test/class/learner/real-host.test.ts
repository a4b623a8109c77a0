/** The learner against a real host that is killed, or stopped and started again, while they speak. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LearnerClassroom, openClassroom } from '../../../src/class/learner/classroom.ts';
import { beginMemory } from '../../../src/class/learner/memory.ts';
import { until } from '../helpers/scripted-host.ts';
import { hold, SECRET } from '../host/a-host.ts';

let state: string;
let classroom: LearnerClassroom | undefined;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'wirebook-real-'));
});
afterEach(async () => {
  await classroom?.close(0);
  rmSync(state, { recursive: true, force: true });
});

function learner(port: number) {
  classroom = openClassroom({
    memory: beginMemory(state, {
      address: '127.0.0.1',
      code: 'code',
      name: 'Ada',
      consent: { progress: true, outputs: false, transcript: false },
    }),
    address: { host: '127.0.0.1', port },
    secret: SECRET,
    verify: async () => true,
    version: 'test',
    pace: { firstWaitMs: 20, longestWaitMs: 100 },
  });
  return classroom;
}

test('each thing is in the class once and in order, however often the host was away', {
  timeout: 90_000,
}, async () => {
  await using held = await hold();
  // A class shows so many open questions of one learner.
  const asked: string[] = [];
  const heard = () => held.served.book.board(Date.now()).questions.map(({ text }) => text);
  const ada = learner(held.served.port);
  await until(() => ada.getState().connection.state === 'connected');
  let back: Promise<void> | undefined;
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 3; n++) {
      const text = `${round}/${n}`;
      ada.act({ do: 'ask', text });
      asked.push(text);
      // Some while the host goes away, some while it is away.
      if (n === 1) back = held.again();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await back;
    await until(() => ada.getState().unsent === 0 && ada.getState().connection.state === 'connected');
  }
  expect(heard()).toEqual(asked);
});

test('what was shared and was not agreed to by the time it came is not kept, and nothing after it is lost', async () => {
  await using held = await hold();
  const ada = learner(held.served.port);
  await until(() => ada.getState().connection.state === 'connected');
  ada.act({ do: 'share', consent: { progress: false, outputs: false, transcript: false } });
  ada.act({ do: 'hand', up: true });
  await until(() => ada.getState().unsent === 0);
  const { rows } = held.served.book.board(Date.now());
  expect(rows[0]).toMatchObject({ consent: { progress: false } });
  expect(rows[0]!.hand).toBeDefined();
});
