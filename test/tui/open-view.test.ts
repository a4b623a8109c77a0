import { expect, test } from 'vitest';
import { openView } from '../../src/tui/model/open-view.ts';
import { stopsOf } from '../../src/tui/model/stops.ts';
import { fakeLesson } from './fake-lesson.ts';

const lesson = fakeLesson();
const stops = stopsOf(lesson);

test('a lesson opens where the learner was, or at its beginning', () => {
  for (const stop of stops.filter((one) => one > 0))
    expect(openView(lesson, stop)).toMatchObject({ current: stop, follow: true, anchor: { part: 'body' } });
  expect(openView(lesson, 0)).toMatchObject({ current: stops[0], follow: false, anchor: { part: 'title' } });
});

test('where the lesson has other blocks since, at the last place before', () => {
  const last = stops.at(-1)!;
  expect(openView(lesson, last + 1).current).toBe(last);
  expect(openView(lesson, 10_000).current).toBe(last);
  const between = stops.findIndex((stop, at) => at > 0 && stop > stops[at - 1]! + 1);
  expect(between).toBeGreaterThan(0);
  expect(openView(lesson, stops[between]! - 1).current).toBe(stops[between - 1]);
});
