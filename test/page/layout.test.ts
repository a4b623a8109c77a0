import { describe, expect, test } from 'vitest';
import type { Quiz } from '../../src/lesson/model.ts';
import { openEditor } from '../../src/page/editor/state.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { createLayout, type View } from '../../src/page/layout/lesson.ts';
import { anchorAt, blockSpan, rowOf, visible } from '../../src/page/layout/page.ts';
import { quizLines } from '../../src/page/layout/quiz.ts';
import type { Style } from '../../src/page/layout/style.ts';
import { type Line, lineText, lineWidth } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';
import { FakeSession, verdictOf } from '../tui/fake-session.ts';

const style: Style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const lesson = fakeLesson();
const closed: View = { current: undefined, unfolded: new Set(), opened: new Set() };
const cellBlock = (id: string) =>
  lesson.blocks.findIndex((block) => block.kind === 'cell' && block.cell.id === id);

async function played(): Promise<FakeSession> {
  const session = new FakeSession(lesson, { takesMs: 0, now: () => 0 });
  for (const cell of ['lay-cable', 'addresses', 'much']) session.act({ do: 'run-cell', cell });
  session.act({ do: 'show-hint', cell: 'addresses' });
  session.act({ do: 'show-solution', cell: 'addresses' });
  session.act({ do: 'answer-quiz', quiz: 'state', choice: 0 });
  await session.idle();
  return session;
}

function all(laid: ReturnType<ReturnType<typeof createLayout>>): Line[] {
  return visible(laid.page, 0, laid.page.height).map(({ line }) => line);
}

describe('the page', () => {
  test.each([30, 33, 40, 77, 100, 160])(
    'has no row wider than %i columns, whatever is open',
    async (width) => {
      const session = await played();
      for (const words of [en, zhCN]) {
        const layout = createLayout({ ...style, words });
        const open: View = {
          ...closed,
          current: cellBlock('addresses'),
          opened: new Set(['addresses', 'lay-cable']),
          unfolded: new Set(['much']),
        };
        const lines = all(layout(lesson, session.getState(), open, width, 0));
        expect(lines.filter((line) => lineWidth(line) > width).map(lineText)).toEqual([]);
      }
    },
  );

  test('says at the head of a cell what it and its checks are worth together', () => {
    const cells = lesson.cells.map((cell) => ({
      ...cell,
      points: 2,
      expects: cell.expects.map((check) => ({ ...check, points: 3 })),
    }));
    const blocks = lesson.blocks.map((block) =>
      block.kind === 'cell' ? { ...block, cell: cells.find(({ id }) => id === block.cell.id)! } : block,
    );
    const worth = { ...lesson, cells, blocks };
    const state = new FakeSession(worth, { takesMs: 0, now: () => 0 }).getState();
    const text = all(createLayout(style)(worth, state, closed, 100, 0)).map(lineText);
    const cell = cells.find(({ expects }) => expects.length > 0)!;
    const sum = 2 + 3 * cell.expects.length;
    expect(text.filter((line) => line.includes(`\u00b7 ${sum} points`))).not.toEqual([]);
  });

  test('says so where the lesson is in another language than the words around it', async () => {
    const state = (await played()).getState();
    const text = (words: typeof en, language: string) =>
      all(createLayout({ ...style, words })({ ...lesson, language }, state, closed, 60, 0))
        .map(lineText)
        .join('\n');
    expect(text(zhCN, 'en')).toContain('这一课按原文显示，是英语。');
    expect(text(en, 'zh-CN')).toContain('is shown as it was written, in Chinese');
    expect(text(zhCN, 'zh-TW')).not.toContain('按原文显示');
    expect(text(en, 'en')).not.toContain('as it was written');
  });

  test('draws a cell as a frame of one width', async () => {
    const layout = createLayout(style);
    const laid = layout(lesson, (await played()).getState(), closed, 60, 0);
    const { start, end } = blockSpan(laid.page, cellBlock('lay-cable'));
    const rows = visible(laid.page, start, end - start).map(({ line }) => lineText(line));
    const frame = rows.filter((row) => /^[╭│├╰]/.test(row));
    expect(frame.every((row) => lineWidth([{ text: row, style: '' }]) === 60)).toBe(true);
    expect(rows.join('\n')).toMatchInlineSnapshot(`
      "
      ╭─ 1 run ─────────────────────────────── ✓ passed · 1.2 s ─╮
      │ # both ends at once                                      │
      │ ip link add veth-client type veth peer name              │
      │ ↳ "veth-server"                                          │
      │ for i in 1 2 3; do echo "$i"; done                       │
      ├─ output ─────────────────────────────────────────────────┤
      │ veth-client@veth-server: UP                              │
      ╰──────────────────────────────────────────────────────────╯
        ✓ interface veth-client
        ✓ interface veth-server"
    `);
  });

  test('folds long output to its end, and shows all of it when unfolded', async () => {
    const layout = createLayout(style);
    const { getState } = await played();
    const folded = layout(lesson, getState(), closed, 80, 0);
    const unfolded = layout(lesson, getState(), { ...closed, unfolded: new Set(['much']) }, 80, 0);
    expect(folded.foldable.has('much')).toBe(true);
    const text = all(folded).map(lineText).join('\n');
    expect(text).toContain('100000');
    expect(text).not.toContain('│ 99000 ');
    expect(all(unfolded).map(lineText).join('\n')).toContain('│ 99000 ');
    expect(unfolded.page.height - folded.page.height).toBeGreaterThan(10_000);
  });

  test('gives the same parts again when nothing changed, and only others where something did', async () => {
    const layout = createLayout(style);
    const session = await played();
    const before = layout(lesson, session.getState(), closed, 80, 0);
    const same = layout(lesson, session.getState(), closed, 80, 5000);
    expect(same.page.parts.every((part, at) => part.lines === before.page.parts[at]!.lines)).toBe(true);
    session.tell({ type: 'hint-shown', cell: 'addresses', hint: 1 });
    const after = layout(lesson, session.getState(), closed, 80, 0);
    const changed = after.page.parts
      .filter((part, at) => part.lines !== before.page.parts[at]?.lines)
      .map((part) => part.block);
    expect(new Set(changed)).toEqual(new Set([cellBlock('addresses'), lesson.blocks.length]));
  });

  test('an anchor stays on its row when the output above it grows', async () => {
    const layout = createLayout(style);
    const session = await played();
    const before = layout(lesson, session.getState(), closed, 80, 0);
    const { start } = blockSpan(before.page, cellBlock('slow'));
    const anchor = anchorAt(before.page, start + 2);
    const line = visible(before.page, start + 2, 1)[0]!.line;
    const after = layout(lesson, session.getState(), { ...closed, unfolded: new Set(['much']) }, 80, 0);
    expect(rowOf(after.page, anchor)).toBeGreaterThan(start + 10_000);
    expect(visible(after.page, rowOf(after.page, anchor), 1)[0]!.line).toEqual(line);
  });

  test('puts the cursor where the editor has it, over wide characters and wrapped rows', () => {
    const layout = createLayout(style);
    const { getState } = new FakeSession(lesson);
    const at = (text: string, width: number) => {
      const laid = layout(
        lesson,
        getState(),
        { ...closed, editing: { cell: 'addresses', editor: openEditor(text) } },
        width,
        0,
      );
      const { start } = blockSpan(laid.page, cellBlock('addresses'));
      return { x: laid.cursor!.x, y: laid.cursor!.row - start };
    };
    // A gap, the head, then the first row.
    expect(at('ip', 40)).toEqual({ x: 4, y: 2 });
    expect(at('网络', 40)).toEqual({ x: 6, y: 2 });
    expect(at('one\ntwo', 40)).toEqual({ x: 5, y: 3 });
    expect(at('x'.repeat(40), 40)).toEqual({ x: 8, y: 3 });
    expect(at('x'.repeat(36), 40)).toEqual({ x: 4, y: 3 });
  });

  test('says of a cell that is half done how many of its checks hold, and what became of work by hand', () => {
    const session = new FakeSession(lesson);
    const text = () =>
      all(createLayout(style)(lesson, session.getState(), closed, 80, 0))
        .map(lineText)
        .join('\n');
    const { expects } = lesson.cells.find(({ id }) => id === 'lay-cable')!;
    expect(expects.length).toBeGreaterThan(1);
    const verdict = verdictOf(expects[0]!, true);
    const watched = { type: 'checks-watched', cell: 'lay-cable', withdrawn: [], passed: false } as const;
    session.tell({ ...watched, verdicts: [verdict] });
    expect(text()).toContain(`1 of ${expects.length} checks hold`);
    session.tell({ type: 'sandbox-ready', hosts: ['host'], durationMs: 1 });
    expect(text()).not.toContain('checks hold');
    expect(text()).toContain('What you had done in a shell went with the old sandbox');
    const rest = expects.map((check) => verdictOf(check, true));
    session.tell({ ...watched, verdicts: rest, passed: true });
    expect(text()).toContain('Done in a shell.');
    expect(text()).not.toContain('old sandbox');
    session.tell({ type: 'cell-replayed', cell: 'lay-cable', ran: true });
    expect(text()).toContain('not your commands');
  });

  test('a cell that failed after others were passed over says so, and how to make up for it', async () => {
    const session = new FakeSession(lesson, { takesMs: 0, now: () => 0 });
    const seen = () => all(createLayout(style)(lesson, session.getState(), closed, 200, 0)).map(lineText);
    session.act({ do: 'run-cell', cell: 'addresses', text: 'wrong' });
    await session.idle();
    expect(seen().filter((line) => line.trim() === en.notYetRun(1, 1))).toHaveLength(1);
    session.act({ do: 'run-cell', cell: 'lay-cable' });
    await session.idle();
    expect(seen().join('\n')).not.toContain('not run yet');
    // A solution is not proposed in the place of the learner's own work.
    session.act({ do: 'reset' });
    session.act({ do: 'run-cell', cell: 'lay-cable' });
    session.act({ do: 'run-cell', cell: 'slow' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    session.act({ do: 'interrupt' });
    await session.idle();
    expect(session.getState().cells.slow!.status).toBe('failed');
    expect(seen().map((line) => line.trim())).toContain(en.notYetDone(2));
  });

  test('says whether an answer is right also where there is no room behind it', () => {
    const question = {
      id: 'q',
      question: 'Which?',
      choices: [{ text: 'w'.repeat(50), right: true }],
      place: { file: '', line: 1 },
    };
    for (const width of [57, 58, 60, 66, 70])
      expect(
        quizLines(question as unknown as Quiz, 0, width, '', style)
          .map(lineText)
          .join('\n'),
      ).toContain('right');
  });

  test('a wrong answer gives nothing away, says how to go on, and the right one is there for the asking', () => {
    const question = {
      id: 'q',
      question: 'Which?',
      choices: [
        { text: 'one', right: true, because: 'it is' },
        { text: 'two', right: false, because: 'it is not' },
      ],
      place: { file: '', line: 1 },
    };
    const text = (answer: number | undefined, shown: boolean, width = 60) =>
      quizLines(question as unknown as Quiz, answer, width, '', style, shown)
        .map(lineText)
        .join('\n');
    expect(text(undefined, false)).not.toContain('shows the answer');
    expect(text(1, false)).toContain('s shows the answer, n goes on');
    expect(text(1, false)).not.toMatch(/✓|it is$/m);
    // However narrow: all of it can be read.
    expect(text(1, false, 40).replace(/[│\s]+/g, ' ')).toContain('n goes on.');
    expect(text(1, true)).toMatch(/answer shown.*✓ one.*it is.*✗ two.*it is not/s);
    expect(text(undefined, true)).toMatch(/✓ one/);
    expect(text(1, true)).not.toContain('Try another');
  });

  test('reads the words of choices and of their reasons as Markdown', () => {
    const question = {
      id: 'q',
      question: 'Which?',
      choices: [{ text: 'the port `p1`', right: true, because: 'look at `bridge link`, *there*' }],
      place: { file: '', line: 1 },
    };
    const text = quizLines(question as unknown as Quiz, 0, 60, '', style)
      .map(lineText)
      .join('\n');
    expect(text).toContain('the port p1');
    expect(text).toContain('look at bridge link, there');
  });

  test('lays out a screenful of 100,000 lines of output quickly', async () => {
    const layout = createLayout(style);
    const session = await played();
    const view = { ...closed, unfolded: new Set(['much']) };
    layout(lesson, session.getState(), view, 80, 0);
    const started = performance.now();
    for (let round = 0; round < 100; round++) {
      const { page } = layout(lesson, session.getState(), { ...view, current: round }, 80, round);
      visible(page, Math.floor((page.height * round) / 100), 21);
    }
    // A hundred frames; one of them may take 16 ms on a machine that does nothing else.
    expect((performance.now() - started) / 100).toBeLessThan(16);
  });
});
