/** Lesson, cells and checks as lines that also read well aloud: no frames, no cursor, words for every state. */
import type { Verdict } from '../check/model.ts';
import type { Block, Cell, Lesson } from '../lesson/model.ts';
import { worthOf } from '../lesson/worth.ts';
import { cellText, hintLines, pastLines, solutionLines } from '../page/layout/cell.ts';
import { checkLines } from '../page/layout/checks.ts';
import { languageLines } from '../page/layout/language.ts';
import { shownVerdicts, statusSpans } from '../page/layout/status.ts';
import type { Style } from '../page/layout/style.ts';
import { lessonNumbers } from '../page/lesson-numbers.ts';
import type { Library, LibraryItem } from '../page/library.ts';
import { codeLines, renderInline, renderMarkdown } from '../page/markdown/render.ts';
import { EMPTY, type Line, span } from '../page/text/line.ts';
import type { Words } from '../page/words/choose.ts';
import { ago, limit } from '../page/words/time.ts';
import type { CellState, SessionState } from '../session/state.ts';

export interface PlainStyle extends Style {
  columns: number;
}

export function courseList(
  library: Library,
  items: readonly LibraryItem[],
  now: number,
  style: PlainStyle,
): Line[] {
  const { words, theme, glyphs } = style;
  const detail = (item: LibraryItem): string => {
    if (item.faulty) return words.course.faulty;
    if (!item.cells) return words.course.never;
    const pieces = [words.course.cells(item.cells.passed, item.cells.total)];
    if (item.points && item.points.possible > 0)
      pieces.push(words.points(item.points.earned, item.points.possible));
    if (item.finished) pieces.push(words.course.finished);
    if (item.openedAt !== undefined) pieces.push(words.course.opened(ago(item.openedAt, now, words)));
    return pieces.join(` ${glyphs.dot} `);
  };
  const numbers = lessonNumbers(items);
  const widest = Math.max(2, ...numbers.map((number) => number.length));
  return [
    [span(library.title, theme.heading)],
    ...items.map(
      (item, at): Line => [
        span(`${numbers[at]!.padStart(widest)}  ${item.title}`),
        span(`  (${detail(item)})`, theme.dim),
      ],
    ),
  ];
}

export function lessonTitle(lesson: Lesson, style: PlainStyle): Line[] {
  const title = [span(lesson.title, style.theme.heading)];
  return [
    title,
    ...(lesson.summary ? renderMarkdown(lesson.summary, style.columns, style) : []),
    ...languageLines(lesson, style.columns, style),
  ];
}

export function cellIntro(cell: Cell, state: CellState, style: PlainStyle): Line[] {
  const { words, theme, glyphs } = style;
  const worth = worthOf(cell);
  const head: Line = [
    span(`[${cell.number}] ${words.role[cell.role]}`, theme.strong),
    span(` ${words.on(cell.host)}`, theme.dim),
    ...(worth > 0 ? [span(` ${glyphs.dot} ${words.pointsOf(worth)}`, theme.points)] : []),
    span(` ${glyphs.dot} `, theme.dim),
    ...statusSpans(cell, state, style, state.startedAt ?? 0),
  ];
  return [
    head,
    ...codeLines(cellText(cell, state), cell.language, style.columns, style).map((line) => [
      span('  '),
      ...line,
    ]),
  ];
}

export function quizIntro(
  block: Extract<Block, { kind: 'quiz' }>,
  state: SessionState,
  style: PlainStyle,
): Line[] {
  const { words, theme, glyphs } = style;
  const { quiz } = block;
  const answered = state.quizzes[quiz.id];
  const shown = state.quizzesShown?.includes(quiz.id) === true && !answered?.right;
  return [
    [span(words.quiz.title, theme.strong)],
    ...renderMarkdown(quiz.question, style.columns, style),
    ...quiz.choices.flatMap((choice, at): Line[] => {
      const chosen = answered?.choice === at;
      const told = chosen || (shown && choice.right);
      const mark = told
        ? `${choice.right ? glyphs.pass : glyphs.fail} ${choice.right ? words.quiz.right : words.quiz.wrong}: `
        : '';
      const because =
        told && choice.because
          ? renderInline(
              choice.because,
              style.columns,
              { first: [span('     ')], rest: [span('     ')], style: theme.dim },
              style,
            )
          : [];
      return [
        ...renderInline(
          choice.text,
          style.columns,
          { first: [span(`  ${at + 1}. ${mark}`)], rest: [span('     ')], style: '' },
          style,
        ),
        ...because,
      ];
    }),
    ...(answered?.right || shown
      ? []
      : [[span((answered ? words.plain.chooseWays : words.plain.choose)(quiz.choices.length), theme.dim)]]),
  ];
}

export function blockLines(block: Block, state: SessionState, style: PlainStyle): Line[] {
  switch (block.kind) {
    case 'prose':
      return renderMarkdown(block.markdown, style.columns, style);
    case 'code':
      return codeLines(block.text, block.language, style.columns, style);
    case 'quiz':
      return quizIntro(block, state, style);
    case 'cell':
      return cellIntro(block.cell, state.cells[block.cell.id]!, style);
  }
}

/** How a cell went: why it stopped, its checks, its state. Its output was printed as it came. */
export function cellResult(cell: Cell, state: CellState, opened: boolean, style: PlainStyle): Line[] {
  const { words, theme } = style;
  const lines: Line[] = [];
  if (state.outcome === 'timeout')
    lines.push([span(words.outcome.timeout(limit(cell.timeoutMs)), theme.fail)]);
  else if (state.outcome && state.outcome !== 'exited')
    lines.push([span(words.outcome[state.outcome], theme.fail)]);
  else if (state.exit) lines.push([span(words.exit(state.exit), theme.dim)]);
  const verdicts = shownVerdicts(cell, state);
  lines.push(
    ...checkLines(verdicts, opened, style.columns, {
      ...style,
      words: { ...words, opens: words.plain.why, opensMore: words.plain.why },
    }),
  );
  lines.push(...pastLines(state, style.columns, style));
  lines.push([span(`[${cell.number}] `), ...statusSpans(cell, state, style, 0)]);
  return lines;
}

/** The last one of those that were shown. */
export function hint(cell: Cell, shown: readonly number[], style: PlainStyle): Line[] {
  const before = hintLines(cell, shown.slice(0, -1), style.columns, style).length;
  return hintLines(cell, shown, style.columns, style).slice(before);
}

export function solution(cell: Cell, style: PlainStyle): Line[] {
  return solutionLines(cell, style.columns, style);
}

/** What was done in a shell has come to: which checks hold now and did not before, and which do not that are to all along. */
export function meanwhile(before: CellState, now: CellState, { notice, say }: Words): string[] {
  const fresh = (wanted: Verdict['state']): string => {
    const inIt = (state: CellState) => state.verdicts.filter((verdict) => verdict.state === wanted);
    const known = new Set(inIt(before).map((verdict) => verdict.check));
    return inIt(now)
      .flatMap(({ check, title }) => (known.has(check) ? [] : [say(title)]))
      .join('; ');
  };
  const [holding, broken] = [fresh('pass'), fresh('fail')];
  return [
    ...(holding === '' ? [] : [notice.nowHolds(holding, 1)]),
    ...(broken === '' ? [] : [notice.nowBroken(broken, 1)]),
  ];
}

/** Where the learner is, in one line. */
export function statusLine(lesson: Lesson, state: SessionState, { words, glyphs }: PlainStyle): Line {
  const passed = lesson.cells.filter((cell) => state.cells[cell.id]?.status === 'passed').length;
  const pieces = [
    lesson.title,
    words.course.cells(passed, lesson.cells.length),
    words.sandbox[state.sandbox.state],
  ];
  if (state.points.possible > 0) pieces.push(words.points(state.points.earned, state.points.possible));
  return [span(pieces.join(` ${glyphs.dot} `))];
}

export function ending(lesson: Lesson, state: SessionState, style: PlainStyle): Line[] {
  const { words, theme } = style;
  const passed = lesson.cells.filter((cell) => state.cells[cell.id]?.status === 'passed').length;
  const lines: Line[] = [
    EMPTY,
    [span(words.done.title, theme.heading)],
    [span(words.done.cells(passed, lesson.cells.length))],
  ];
  if (state.points.possible > 0) lines.push([span(words.points(state.points.earned, state.points.possible))]);
  return lines;
}

/** @param inClass what can be done in a live class too */
export function helpText(style: PlainStyle, inClass = false): Line[] {
  const { help, commands } = style.words.plain;
  return [
    [span(commands, style.theme.strong)],
    ...Object.entries({ ...help, ...(inClass ? style.words.class.plain.help : {}) }).map(
      ([name, does]): Line => [span(`  ${name.padEnd(10)}`, style.theme.key), span(does)],
    ),
  ];
}
