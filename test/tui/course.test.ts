import { expect, test } from 'vitest';
import { lessonText } from '../../src/page/find/lesson-text.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import type { LibraryItem } from '../../src/page/library.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { courseRows, lastHelpTop } from '../../src/tui/chrome/course-screen.ts';
import { type CourseView, courseView, pressInCourse, shownItems } from '../../src/tui/model/course.ts';
import { pressOf } from '../../src/tui/model/keys.ts';
import { lesson } from './started.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };

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

test('the help scrolls to its end, and what leads out of it does nothing else', () => {
  const press = (view: CourseView, name: string) => pressInCourse(view, pressOf(name), () => 7);
  let { view } = press(courseView(items), '?');
  expect(view.help).toBe(0);
  for (const name of ['pagedown', 'down']) view = press(view, name).view;
  expect(view).toMatchObject({ help: 7, selected: 0 });
  expect(press(view, 'up').view.help).toBe(6);
  const left = press(view, 'enter');
  expect(left).toMatchObject({ view: { selected: 0 } });
  expect(left.view.help).toBeUndefined();
  expect(left.effect).toBeUndefined();
});

test('the keys at the bottom are those of the help while it is open', () => {
  const seen = { columns: 80, rows: 24, now: 0 };
  const rows = (help: number) => courseRows(seen, { ...courseView(items), help }, 'A course', style);
  const footer = (view: CourseView) => lineText(courseRows(seen, view, 'A course', style).footer);
  expect(footer({ ...courseView(items), help: 0 })).toMatch(/scroll.*Esc close/);
  expect(footer(courseView(items))).toContain('Enter open');
  const last = lastHelpTop(seen, style);
  expect(last).toBeGreaterThan(0);
  expect(lineText(rows(last).body.at(-2)!)).toContain('?');
});
