import { expect, test } from 'vitest';
import type { InstructorEvent } from '../../../src/board/events.ts';
import type { LinkState } from '../../../src/board/link.ts';
import { outlineOf } from '../../../src/board/outline.ts';
import { presented } from '../../../src/commands/class/present.ts';
import { fakeLesson } from '../../tui/fake-lesson.ts';
import { FakeSession } from '../../tui/fake-session.ts';

function setUp(lessons = [outlineOf(fakeLesson())]) {
  const said: InstructorEvent[] = [];
  const lesson = fakeLesson();
  const session = new FakeSession(lesson);
  const state = { connection: 'open', skewMs: 0, unheard: 0, course: { title: '', lessons } } as LinkState;
  const link = { getState: () => state, say: (event: InstructorEvent) => void said.push(event) };
  return { lesson, said, session: presented(session, link) };
}

test('the class is told where the presenter is, once a step', async () => {
  const { lesson, said, session } = setUp();
  expect(session.presenting).toBe(true);
  const blocks = lesson.blocks.map((_, block) => block);
  for (const block of blocks) session.act({ do: 'move', block });
  const steps = said.map((event) => (event.type === 'where' ? event.place.step : -1));
  expect(said.every((event) => event.type === 'where' && event.place.lesson === lesson.id)).toBe(true);
  expect(new Set(steps).size).toBe(lesson.steps.length);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  const before = said.length;
  await session.close();
  session.act({ do: 'move', block: 0 });
  expect(said.length).toBe(before);
});

test('of a lesson that the class does not have, nothing is said', () => {
  const { said, session } = setUp([]);
  session.act({ do: 'move', block: 3 });
  expect(said).toEqual([]);
});
