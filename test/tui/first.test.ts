/** As much of a lesson is laid out for its first frame as is seen of it: what is seen is the same as with the whole of it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { findLessonFiles } from '../../src/lesson/files.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { createLayout } from '../../src/page/layout/lesson.ts';
import type { Style } from '../../src/page/layout/style.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { initialState } from '../../src/session/reduce.ts';
import { lessonFooter } from '../../src/tui/chrome/footer.ts';
import { windowLines } from '../../src/tui/chrome/window.ts';
import { firstOfLesson } from '../../src/tui/first/lesson.ts';
import { frameOf, GUTTER } from '../../src/tui/model/frame.ts';
import { openView } from '../../src/tui/model/open-view.ts';
import { topRow } from '../../src/tui/model/scroll.ts';
import { stopsOf } from '../../src/tui/model/stops.ts';

const style: Style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const textOf = (line: readonly { text: string }[]) => line.map(({ text }) => text).join('');

const files = await findLessonFiles(join(PACKAGE_ROOT, 'lessons'));

test.each(
  files.filter(({ id }) => /^0[1-4]-/.test(id)).map(({ file }) => [file.slice(PACKAGE_ROOT.length), file]),
)('%s, wherever the learner was', async (_, file) => {
  const lesson = await requireLesson(file, vocabulary);
  const sizes = [
    { columns: 80, rows: 24 },
    { columns: 160, rows: 48 },
    { columns: 60, rows: 100 },
  ];
  for (const size of sizes) {
    const frame = frameOf(size.columns, size.rows);
    const layout = createLayout(style);
    for (const block of [0, ...stopsOf(lesson)]) {
      const state = { ...initialState(lesson, 0), block };
      const view = openView(lesson, block);
      const laid = layout(lesson, state, view, frame.page, 0);
      const window = windowLines(
        { laid, view, lesson, state },
        topRow(view, laid, frame.rows),
        frame.rows,
        frame.page + GUTTER,
        style,
      );
      const footer = lessonFooter(
        view,
        { lesson, state, laid, rows: frame.rows, words: en },
        size.columns,
        style,
      );
      const first = firstOfLesson({ lesson, state }, size, 0, style).map(textOf);
      const seen = first.slice(2, -1).map((text) => text.slice(0, textOf(window[0]!).length));
      expect(first).toHaveLength(size.rows);
      for (const [at, line] of window.entries())
        expect(first[at + 2]!.startsWith(textOf(line).trimEnd())).toBe(true);
      expect(seen).toHaveLength(window.length);
      expect(first.at(-1)).toBe(textOf(footer));
    }
  }
});

test('most of a lesson is not laid out', async () => {
  const { file } = files.find(({ id }) => id === '01-namespaces')!;
  const lesson = await requireLesson(file, vocabulary);
  const blocks: number[] = [];
  const counted = {
    ...lesson,
    blocks: new Proxy(lesson.blocks, {
      get(target, name, all) {
        if (typeof name === 'string' && /^\d+$/.test(name)) blocks.push(Number(name));
        return Reflect.get(target, name, all);
      },
    }),
  };
  const laid = createLayout(style)(counted, initialState(lesson, 0), openView(lesson, 0), 76, 0, {
    from: -1,
    enough: (rows) => rows > 22,
  });
  expect(laid.page.height).toBeGreaterThan(22);
  expect(Math.max(...blocks)).toBeLessThan(lesson.blocks.length / 2);
});
