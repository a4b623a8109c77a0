import { expect, test } from 'vitest';
import { lessonText } from '../../src/page/find/lesson-text.ts';
import type { LibraryItem } from '../../src/page/library.ts';
import { type CourseView, courseView, pressInCourse, shownItems } from '../../src/tui/model/course.ts';
import { lesson } from './started.ts';

const item = (id: string, title: string, text?: string): LibraryItem => ({
  id,
  title,
  summary: '',
  finished: false,
  faulty: text === undefined,
  ...(text === undefined ? {} : { text }),
});
const items = [
  item('cable', 'A cable', lessonText(lesson)),
  item('bridge', 'A bridge', 'forwarding'),
  item('x', 'x'),
];

function pressed(view: CourseView, keys: string) {
  let last: ReturnType<typeof pressInCourse> = { view };
  for (const key of keys) {
    const name = ({ '\r': 'enter', '\x1b': 'escape', '\x7f': 'backspace' } as const)[key] ?? 'char';
    const char = name === 'char' ? key : '';
    last = pressInCourse(last.view, { name, char, ctrl: false, alt: false, shift: false });
  }
  return last;
}

test('the list is cut to the lessons that say it, in the title or in the text', () => {
  const ids = (keys: string) => shownItems(pressed(courseView(items), keys).view).map((one) => one.id);
  expect(ids('/BRIDGE')).toEqual(['bridge']);
  expect(ids('/which word')).toEqual(['cable']);
  expect(ids('/ip addr add')).toEqual([]);
  expect(ids('/zz\x7f\x7f')).toEqual(['cable', 'bridge', 'x']);
});

test('Enter keeps the search, then opens what is chosen; Esc shows all again and quits nothing', () => {
  const found = pressed(courseView(items), '/forw\r');
  expect(found.effect).toBeUndefined();
  expect(pressed(found.view, '\r').effect).toEqual({ effect: 'open', id: 'bridge' });
  const left = pressed(found.view, '\x1b');
  expect(left.effect).toBeUndefined();
  expect(shownItems(left.view)).toHaveLength(3);
  expect(left.view.selected).toBe(1);
  expect(pressed(left.view, '\x1b\x1b').effect).toBeUndefined();
  expect(pressed(left.view, 'q').effect).toEqual({ effect: 'quit' });
});

test('where nothing is found there is nothing to open', () => {
  expect(pressed(courseView(items), '/zebra\r\r').effect).toBeUndefined();
});
