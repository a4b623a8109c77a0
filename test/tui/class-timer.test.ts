import { expect, test } from 'vitest';
import { FakeClassroom } from './fake-classroom.ts';
import { lesson, started } from './started.ts';

test('a timer begins with the time of now, not with that of the last key', () => {
  let now = 0;
  const classroom = new FakeClassroom(lesson);
  const { store, press } = started({ classroom, now: () => now });
  press('j');
  now = 100_000;
  classroom.set({ timer: { label: 'Exercise', endsAt: now + 60_000 } });
  expect(store.getState().now).toBe(now);
  press('q');
});
