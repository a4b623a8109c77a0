/** The learners, a row each, under the steps of the lesson; and the lists of the other views. */
import type { LearnerRow } from '../../board/rows.ts';
import { cellOf, placeBeside, titleOf } from '../../board/view/places.ts';
import { rowSays } from '../../board/view/says.ts';
import { columnsOf, stepCounts, stepMark } from '../../board/view/steps.ts';
import { clock } from '../../board/view/time.ts';
import { pollBars } from '../../board/view/totals.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, fit, type Line, lineWidth, type Span, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { safe } from './safe.ts';
import { stepSign } from './signs.ts';
import type { Seen } from './view.ts';

/** The part of a list that is in sight, so that the chosen one is. */
export function windowAt(count: number, at: number, height: number): number {
  return Math.max(0, Math.min(count - height, at - Math.floor(height / 2)));
}

/** `1 ✓16 ●5 ✗3`, for as many steps as there is room. */
function stepsLine({ board, lesson, columns, words }: Seen, style: Style): Line {
  const { theme, glyphs } = style;
  if (!lesson) return EMPTY;
  const counts = stepCounts(board.rows, lesson);
  const line: Span[] = [span(' ')];
  for (const [at, { done, working, failing, step }] of counts.entries()) {
    const here = board.where?.lesson === lesson.id && board.where.step === step;
    const piece = [
      span(`${at + 1}`, here ? theme.selected : theme.dim),
      span(` ${glyphs.pass}${done}`, theme.pass),
      ...(working > 0 ? [span(` ${glyphs.chosen}${working}`, theme.running)] : []),
      ...(failing > 0 ? [span(` ${glyphs.fail}${failing}`, theme.fail)] : []),
    ];
    if (lineWidth(line) + lineWidth(piece) + 3 > columns) return [...line, span('…', theme.dim)];
    if (at > 0) line.push(span('   '));
    line.push(...piece);
  }
  return counts.length > 0 ? line : [span(` ${words.column.steps}`, theme.dim)];
}

const NUMBER = 7;

function widthsOf({ lesson, columns }: Seen) {
  const steps = lesson ? columnsOf(lesson) : [];
  const marks = steps.length * 2 + 1;
  const name = Math.max(14, Math.min(28, Math.floor(columns * 0.24)));
  return { steps, marks, name, now: Math.max(8, columns - name - marks - NUMBER - 6) };
}

function rowLine(seen: Seen, row: LearnerRow, chosen: boolean, style: Style): Line {
  const { words, course, now, names, lesson, columns } = seen;
  const { theme, glyphs } = style;
  const { steps, marks, name, now: wide } = widthsOf(seen);
  const { status, detail } = rowSays(row, course, now, words, glyphs);
  const tone = {
    stuck: theme.fail,
    working: theme.running,
    done: theme.pass,
    idle: theme.notice,
    waiting: theme.dim,
    away: theme.dim,
    left: theme.dim,
  }[row.status];
  const who = chosen
    ? theme.selected
    : row.status === 'away' || row.status === 'left'
      ? theme.dim
      : theme.text;
  const signs = steps.flatMap((column) => [
    stepSign(lesson ? stepMark(row, lesson.id, column) : 'none', style),
    span(' '),
  ]);
  return clip(
    [
      span(chosen ? `${glyphs.current} ` : '  ', theme.bar),
      ...(row.hand ? [span('! ', theme.notice)] : [span('  ')]),
      ...fit([span(safe(names.get(row.id) ?? row.name), who)], name),
      span(' '),
      ...fit([span(status, tone), span(detail === '' ? '' : `  ${safe(detail)}`, theme.dim)], wide),
      span(' '),
      ...fit(signs, marks),
      span(String(row.points).padStart(NUMBER - 1), theme.points),
    ],
    columns,
  );
}

export function boardLines(seen: Seen, style: Style): Line[] {
  const { words, rows, board, chosen, view, height, columns, lesson } = seen;
  const { theme, glyphs } = style;
  const { steps, marks, name, now } = widthsOf(seen);
  const { query } = view;
  const asked = [
    words.shownOf(rows.length, board.rows.length),
    query.check === undefined ? words.filter[query.filter] : words.onlyCheck,
    `${words.sort[query.sort]}${query.reversed ? ' ↑' : ''}`,
    ...(query.text === '' ? [] : [`/${query.text}`]),
  ].join(` ${glyphs.dot} `);
  const right = clip([span(asked, theme.dim)], Math.floor(columns * 0.62));
  const title = fit(
    [span(` ${safe(lesson?.title ?? '')}`, theme.subheading)],
    Math.max(0, columns - lineWidth(right) - 2),
  );
  const head: Line[] = [
    [...title, span(' '), ...right],
    stepsLine(seen, style),
    clip(
      [
        span('    '),
        ...fit([span(words.column.learner, theme.dim)], name),
        span(' '),
        ...fit([span(words.column.status, theme.dim)], now),
        span(' '),
        ...fit([span(steps.map((_, at) => `${(at + 1) % 10}`).join(' '), theme.dim)], marks),
        ...fit([span(words.column.points, theme.dim)], NUMBER - 1),
      ],
      columns,
    ),
  ];
  if (rows.length === 0)
    return [
      ...head,
      EMPTY,
      [span(`  ${board.rows.length === 0 ? words.nobody : words.nobodyFits}`, theme.dim)],
    ];
  const room = Math.max(1, height - head.length);
  const top = windowAt(rows.length, chosen, room);
  return [
    ...head,
    ...rows.slice(top, top + room).map((row, at) => rowLine(seen, row, top + at === chosen, style)),
  ];
}

/** Blocks of several rows, of which one is chosen: from so far up that it is whole in sight. */
function blocks(all: readonly Line[][], at: number, height: number): Line[] {
  const lines = all.flat();
  const start = all.slice(0, at).reduce((sum, one) => sum + one.length, 0);
  const end = start + (all[at]?.length ?? 0);
  const top = end > height ? Math.min(start, end - height) : 0;
  return lines.slice(top, top + height);
}

export function questionLines(seen: Seen, style: Style): Line[] {
  const { questions, words, names, now, course, columns, view, height } = seen;
  const { theme, glyphs } = style;
  if (questions.length === 0) return [EMPTY, [span(`  ${words.questions.none}`, theme.dim)]];
  const drawn = questions.map(({ learner, name, text, place, at, answered }, index) => {
    const here = index === view.at;
    const bar = span(here ? `${glyphs.current} ` : '  ', theme.bar);
    const when = answered ? words.questions.answered : words.ago(clock(now - at));
    return [
      clip(
        [
          bar,
          span(safe(names.get(learner) ?? name), here ? theme.selected : theme.strong),
          span(`  ${place ? `${titleOf(course, place)}  ` : ''}${when}`, theme.dim),
        ],
        columns,
      ),
      ...wrapText(safe(text), Math.max(10, columns - 4), answered ? theme.dim : theme.text, {
        first: [bar, span('  ')],
        rest: [bar, span('  ')],
      }),
      EMPTY,
    ];
  });
  return blocks(drawn, view.at, height);
}

/** A bar of so many columns, `share` of it full. */
function bar(share: number, columns: number, tone: string, { glyphs, theme }: Style): Span[] {
  const full = Math.round(share * columns);
  return [span(glyphs.full.repeat(full), tone), span(glyphs.empty.repeat(columns - full), theme.dim)];
}

export function failingLines(seen: Seen, style: Style): Line[] {
  const { board, failing, words, course, columns, view, height, lesson } = seen;
  const { theme, glyphs } = style;
  const wide = Math.max(10, Math.min(40, columns - 50));
  const counts = lesson ? stepCounts(board.rows, lesson) : [];
  const steps: Line[] = [
    [span(` ${safe(lesson?.title ?? '')}`, theme.subheading)],
    ...counts.map(
      ({ title, done, working, failing: fails, all }, at): Line =>
        clip(
          [
            span(` ${String(at + 1).padStart(2)} `, theme.dim),
            ...fit([span(safe(title))], Math.max(12, Math.min(40, columns - wide - 34))),
            span('  '),
            ...bar(all > 0 ? done / all : 0, wide, theme.pass, style),
            span(`  ${glyphs.pass}${done}`, theme.pass),
            span(` ${glyphs.chosen}${working}`, theme.running),
            ...(fails > 0 ? [span(` ${glyphs.fail}${fails}`, theme.fail)] : []),
            span(` / ${all}`, theme.dim),
          ],
          columns,
        ),
    ),
    EMPTY,
    [span(` ${words.failing.title}`, theme.subheading)],
  ];
  if (failing.length === 0) return [...steps, [span(`  ${words.failing.none}`, theme.dim)]].slice(0, height);
  const drawn = failing.map(({ lesson: of, cell, title, because, learners, broken }, index) => {
    const here = index === view.at;
    const mark = span(here ? `${glyphs.current} ` : '  ', theme.bar);
    const number = cellOf(course, of, cell)?.number;
    return [
      clip(
        [
          mark,
          span(`${broken ? glyphs.broken : glyphs.fail} `, broken ? theme.broken : theme.fail),
          span(`${words.failing.learners(learners.length)}  `, theme.strong),
          span(safe(words.inWords(title)), here ? theme.selected : theme.text),
          span(`  ${number === undefined ? safe(cell) : words.cell(number)}`, theme.dim),
          ...(broken ? [span(`  ${words.failing.broken}`, theme.broken)] : []),
        ],
        columns,
      ),
      ...(because === undefined
        ? []
        : [clip([mark, span(`    ${safe(words.inWords(because))}`, theme.dim)], columns)]),
    ];
  });
  const room = Math.max(3, height - steps.length);
  return [...steps.slice(0, Math.max(0, height - room)), ...blocks(drawn, view.at, room)];
}

export function pollLines(seen: Seen, style: Style): Line[] {
  const { polls, words, columns, view, height } = seen;
  const { theme, glyphs } = style;
  if (polls.length === 0) return [EMPTY, [span(`  ${words.poll.none}`, theme.dim)]];
  const wide = Math.max(10, Math.min(40, Math.floor(columns / 3)));
  const drawn = polls.map((poll, index) => {
    const here = index === view.at;
    const { bars, all } = pollBars(poll);
    const mark = span(here ? `${glyphs.current} ` : '  ', theme.bar);
    return [
      ...wrapText(safe(poll.question), Math.max(10, columns - 4), here ? theme.selected : theme.strong, {
        first: [mark],
        rest: [mark],
      }),
      ...bars.map(
        ({ choice, votes, share }): Line =>
          clip(
            [
              mark,
              span('  '),
              ...bar(share, wide, theme.current, style),
              span(` ${String(votes).padStart(4)}  `, theme.points),
              span(safe(choice)),
            ],
            columns,
          ),
      ),
      [
        mark,
        span(
          `  ${words.poll.votes(all)}, ${poll.open ? words.poll.open : words.poll.closed}`,
          poll.open ? theme.notice : theme.dim,
        ),
      ],
      EMPTY,
    ];
  });
  return blocks(drawn, view.at, height);
}

export function presenterLines(seen: Seen, style: Style): Line[] {
  const { board, course, words, link, columns, height } = seen;
  const { theme } = style;
  const { where } = board;
  const next = placeBeside(course, where, 1);
  const notes = (where && link.notes?.[where.lesson]?.[where.step]) || [];
  const wide = Math.max(20, Math.min(90, columns - 4));
  const indent = { first: [span('  ')], rest: [span('  ')] };
  const written = notes.flatMap((note) =>
    note
      .split('\n')
      .flatMap((line) => (line.trim() === '' ? [EMPTY] : wrapText(safe(line), wide, theme.text, indent))),
  );
  return [
    [span(` ${words.presenter.now}`, theme.dim)],
    [span(`  ${safe(where ? titleOf(course, where) : words.pace.nowhere)}`, theme.heading)],
    EMPTY,
    [span(` ${words.presenter.notes}`, theme.dim)],
    ...(written.length > 0 ? written : [[span(`  ${words.presenter.noNotes}`, theme.dim)]]),
    EMPTY,
    [span(` ${words.presenter.next}`, theme.dim)],
    [span(`  ${safe(next ? titleOf(course, next) : words.presenter.last)}`, theme.strong)],
  ].slice(0, height);
}
