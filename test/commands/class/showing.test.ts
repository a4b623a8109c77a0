import { expect, test } from 'vitest';
import type { LinkState } from '../../../src/board/link.ts';
import { outlineOf } from '../../../src/board/outline.ts';
import type { ShownMap } from '../../../src/board/shown-map.ts';
import type { Need, Observation } from '../../../src/check/observation.ts';
import { showing } from '../../../src/commands/class/showing.ts';
import { recorded } from '../../map/fixture.ts';
import { recorded as followed } from '../../trace/recorded.ts';
import { fakeLesson } from '../../tui/fake-lesson.ts';
import { FakeSession } from '../../tui/fake-session.ts';

function setUp(lessons = [outlineOf(fakeLesson())]) {
  const shown: (ShownMap | undefined)[] = [];
  const lesson = fakeLesson();
  let cells = 0;
  const observe = async (_: readonly Need[]): Promise<Observation> =>
    recorded(cells === 0 ? 'cable-two' : 'cable');
  const session = new FakeSession(lesson, { takesMs: 0, observe });
  session.follow = async () => followed('dropped') as never;
  const state = { connection: 'open', skewMs: 0, unheard: 0, course: { title: '', lessons } } as LinkState;
  const link = { getState: () => state, show: (map: ShownMap | undefined) => void shown.push(map) };
  const own = showing(session, link);
  return {
    lesson,
    shown,
    own,
    run() {
      cells++;
      own.act({ do: 'run-cell', cell: lesson.cells[0]!.id });
    },
  };
}

const last = (shown: (ShownMap | undefined)[]) => expect.poll(() => shown.at(-1), { timeout: 20_000 });

test('the class is shown the network, and after a cell what that has changed, until the lesson is closed', async () => {
  const { lesson, shown, own, run } = setUp();
  await last(shown).toMatchObject({ lesson: lesson.id, changes: [] });
  run();
  await last(shown).toMatchObject({
    changes: expect.arrayContaining([expect.objectContaining({ mark: 'added', value: '10.0.0.11/24' })]),
  });
  await own.close();
  expect(shown.at(-1)).toBeUndefined();
});

test('of a lesson that the class does not have, nothing is shown', async () => {
  const { shown, own, run } = setUp([]);
  run();
  await own.idle();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(shown).toEqual([]);
  await own.close();
  expect(shown).toEqual([undefined]);
});

test('a packet is where the presenter is with it', async () => {
  const { lesson, shown, own } = setUp();
  await last(shown).toMatchObject({ lesson: lesson.id });
  await own.follow(lesson.cells[0]!.id);
  own.atHop?.(0);
  await last(shown).toMatchObject({ hop: { at: 0, of: expect.any(Number) } });
  own.atHop?.(1);
  await last(shown).toMatchObject({ hop: { at: 1 } });
  own.atHop?.(undefined);
  await last(shown).not.toHaveProperty('hop');
  await own.close();
});
