/** Enter leads through a lesson to its end, and the keys at the bottom say what stands there. */
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import type { CheckVocabulary } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { createLayout } from '../../src/page/layout/lesson.ts';
import { visible } from '../../src/page/layout/page.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { initialState } from '../../src/session/reduce.ts';
import type { CellState } from '../../src/session/state.ts';
import { lessonFooter } from '../../src/tui/chrome/footer.ts';
import type { Context } from '../../src/tui/model/context.ts';
import { pressOf } from '../../src/tui/model/keys.ts';
import { openView } from '../../src/tui/model/open-view.ts';
import { topRow } from '../../src/tui/model/scroll.ts';
import { pressKey } from '../../src/tui/model/update.ts';
import type { LessonView } from '../../src/tui/model/view.ts';

const style = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const anything: CheckVocabulary = { kinds: ['ping'], parse: (_kind, fields) => ({ ok: true, spec: fields }) };
const learnt = Array.from({ length: 40 }, (_, at) => `- thing ${at} was learnt`).join('\n');
const TEXT = `---
title: A lesson with much at its end
---
## Do
\`\`\`sh {.run #look}
ip link
\`\`\`
\`\`\`yaml {.expect}
- ping: 10.0.0.12
  points: 3
\`\`\`

## What you have learnt

${learnt}
`;

const ROWS = 12;

function reader(cell: Partial<CellState>) {
  const parsed = parseLesson('a/lesson.md', new TextEncoder().encode(TEXT), anything);
  if (!parsed.ok) throw new Error('faults');
  const { lesson } = parsed;
  const fresh = initialState(lesson, 0);
  const state = { ...fresh, cells: { look: { ...fresh.cells.look!, ...cell } } };
  const layout = createLayout(style);
  const laid = (view: LessonView) => layout(lesson, state, view, 78, 0);
  const context = (view: LessonView): Context => ({
    lesson,
    state,
    laid: laid(view),
    rows: ROWS,
    words: en,
    columns: 80,
  });
  let view = openView(
    lesson,
    lesson.blocks.findIndex(({ kind }) => kind === 'cell'),
  );
  return {
    press: (key: string) => {
      view = pressKey(view, pressOf(key), context(view)).view;
    },
    seen: () => {
      const { page } = laid(view);
      return visible(page, topRow(view, laid(view), ROWS), ROWS).map(({ line }) => lineText(line));
    },
    footer: () => lineText(lessonFooter(view, context(view), 80, style)),
    toggle: () => {
      view = { ...view, unfolded: new Set(['look']) };
    },
  };
}

const failed = (more: Partial<Verdict>): Partial<CellState> => ({
  status: 'failed',
  verdicts: [
    {
      check: 'a',
      kind: 'ping',
      state: 'fail',
      title: 'a ping',
      expected: 'a ping',
      found: 'no reply',
      differences: [],
      points: 3,
      looks: 1,
      durationMs: 1,
      host: 'host',
      netns: '',
      place: { file: 'l.md', line: 1, column: 1 },
      ...more,
    },
  ],
});

test('what stands after the last cell is read to the end, and no row of it is skipped', () => {
  const { press, seen } = reader({ status: 'passed' });
  const read = new Set<string>(seen());
  for (let presses = 0; presses < 12; presses++) {
    press('enter');
    for (const row of seen()) read.add(row);
  }
  const told = Array.from({ length: 40 }, (_, at) => `thing ${at} was learnt`);
  expect(told.filter((one) => ![...read].some((row) => row.includes(one)))).toEqual([]);
  expect(seen().join('\n')).toContain('The lesson is finished.');
});

test('a cell says all points that it has to give, those of its checks too', () => {
  expect(reader({}).seen().join('\n')).toContain('3 points');
});

test('opening a failed check is offered where it shows more', () => {
  const offered = (more: Partial<Verdict>) => {
    const { seen, footer } = reader(failed(more));
    return [/o (says|shows)[^\n]*/.exec(seen().join('\n'))?.[0].trim(), / o (why|more) /.exec(footer())?.[1]];
  };
  expect(offered({})).toEqual([undefined, undefined]);
  expect(offered({ expected: 'something else than its title' })).toEqual([
    'o shows what was expected',
    'more',
  ]);
  expect(offered({ explanation: { cause: 'eth0 is DOWN.', steps: [], advice: '' } })).toEqual([
    'o says why',
    'why',
  ]);
});

test('who cannot mend a cell that is not theirs is told how to go on', () => {
  expect(reader(failed({})).footer()).toMatch(/Enter try again {3}n go on/);
});

test('long output: the key says what it does', () => {
  const output = Array.from({ length: 60 }, (_, at) => ({ text: `row ${at}\n`, stream: 'stdout' as const }));
  const { footer, toggle } = reader({ status: 'passed', output } as unknown as Partial<CellState>);
  expect(footer()).toContain('f unfold');
  toggle();
  expect(footer()).toContain('f fold');
});
