/** One learner: where they are, what fails, what they share, and a cell or the shells of theirs where they agree. */
import type { LearnerRow } from '../../board/rows.ts';
import { titleOf } from '../../board/view/places.ts';
import { consentSays, rowSays } from '../../board/view/says.ts';
import { clock } from '../../board/view/time.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, fit, hardWrap, type Line, span } from '../../page/text/line.ts';
import { createOutputReader } from '../../page/text/output.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { safe } from './safe.ts';
import { cellSign } from './signs.ts';
import type { Seen } from './view.ts';

/** Where they are, else the one in sight. */
const lessonOf = ({ course, lesson }: Seen, row: LearnerRow) =>
  course.lessons.find(({ id }) => id === row.place?.lesson) ?? lesson;

/** What of them can be looked at: the cells of the lesson, then their shells, whose `id` is empty. */
export function lookedAtOf(seen: Seen, row: LearnerRow): { lesson: string; id: string }[] {
  const lesson = lessonOf(seen, row);
  return lesson ? [...cellsOf(seen, row), { lesson: lesson.id, id: '' }] : [];
}

function cellsOf(seen: Seen, row: LearnerRow) {
  const theirs = lessonOf(seen, row);
  return (theirs?.steps ?? []).flatMap(({ cells, title }) =>
    cells.map((cell) => ({ ...cell, lesson: theirs!.id, title })),
  );
}

function output(text: string, columns: number, style: Style): Line[] {
  const reader = createOutputReader({ colours: style.theme.colours, base: { stdout: '', stderr: '' } });
  reader.push(text, 'stdout');
  return reader.lines().flatMap((line) => hardWrap(line, columns).map((row): Line => [span('    '), ...row]));
}

function lookedLines(
  seen: Seen,
  row: LearnerRow,
  cell: { lesson: string; id: string },
  style: Style,
): Line[] {
  const { link, words, columns } = seen;
  const { looked } = link;
  if (looked?.learner !== row.id || looked.lesson !== cell.lesson || looked.cell !== cell.id) return [];
  const said = (text: string): Line => [span(`    ${text}`, style.theme.dim)];
  if (cell.id === '') {
    if (!looked.agreed) return [];
    if (!looked.output) return [said(words.detail.nothingTyped)];
    // It grows at its end, which is what one wants to see.
    return output(looked.output, columns - 6, style).slice(-Math.max(1, seen.height - 1));
  }
  if (!looked.agreed) return [said(words.detail.notAgreed)];
  if (!looked.text && !looked.output) return [said(words.detail.nothingShared)];
  return [
    ...(looked.text ? [said(words.detail.wrote), ...output(looked.text, columns - 6, style)] : []),
    ...(looked.output ? [said(words.detail.printed), ...output(looked.output, columns - 6, style)] : []),
  ];
}

/** All rows of it, and which of them is that of the chosen cell. */
function whole(seen: Seen, row: LearnerRow, style: Style): { lines: Line[]; at: number; end: number } {
  const { words, course, now, columns, names, view, questions } = seen;
  const { theme, glyphs } = style;
  const { status, detail } = rowSays(row, course, now, words);
  const wide = Math.max(20, columns - 2);
  const fact = (label: string, text: string): Line =>
    clip([span(' '), ...fit([span(label, theme.dim)], 10), span(' '), span(safe(text))], columns);
  const lines: Line[] = [
    clip(
      [
        span(` ${safe(names.get(row.id) ?? row.name)}`, theme.title),
        span('  '),
        span(status, row.status === 'stuck' ? theme.fail : theme.notice),
        ...(row.hand ? [span(`  ${words.handFor(clock(now - row.hand.since))}`, theme.running)] : []),
      ],
      columns,
    ),
    fact(words.detail.at, row.place ? titleOf(course, row.place) : words.detail.nowhere),
    fact(words.column.points, `${row.points}, ${words.hints(row.hints)}`),
    ...(row.roster === undefined || view.hidden ? [] : [fact(words.detail.roster, row.roster)]),
    fact(words.detail.shares, consentSays(row.consent, words)),
  ];
  if (row.stuckOn) {
    lines.push(EMPTY, [span(` ${words.detail.failing}`, theme.subheading)]);
    for (const { title, because, state } of row.stuckOn.failing) {
      const sign = state === 'broken' ? span(glyphs.broken, theme.broken) : span(glyphs.fail, theme.fail);
      const after = { first: [span(' '), sign, span(' ')], rest: [span('   ')] };
      lines.push(...wrapText(safe(words.inWords(title)), wide, theme.text, after));
      if (because !== undefined)
        lines.push(
          ...wrapText(safe(words.inWords(because)), wide, theme.dim, {
            first: [span('   ')],
            rest: [span('   ')],
          }),
        );
    }
  } else if (detail !== '') lines.push(fact('', detail));
  const asked = questions.filter(({ learner, answered }) => learner === row.id && !answered);
  if (asked.length > 0) {
    lines.push(EMPTY, [span(` ${words.questions.title}`, theme.subheading)]);
    for (const { text } of asked)
      lines.push(...wrapText(safe(text), wide, theme.text, { first: [span(' ? ')], rest: [span('   ')] }));
  }
  lines.push(EMPTY, [span(` ${words.detail.cells}`, theme.subheading)]);
  let at = 0;
  let end = 0;
  const cells = cellsOf(seen, row);
  const all = lookedAtOf(seen, row);
  const chosen = Math.max(0, Math.min(view.cell, all.length - 1));
  for (const [index, cell] of cells.entries()) {
    const mark = row.cells[`${cell.lesson}/${cell.id}`];
    const here = index === chosen;
    if (here) at = lines.length;
    const more = [
      mark && mark.attempts > 1 ? words.tries(mark.attempts) : '',
      mark?.solution ? words.solutionSeen : '',
    ].filter(Boolean);
    lines.push(
      clip(
        [
          span(here ? `${glyphs.current} ` : '  ', theme.bar),
          cellSign(mark, style),
          span(` ${String(cell.number).padStart(2)}  ${safe(cell.id)}`, here ? theme.selected : theme.text),
          span(`  ${[safe(cell.title), ...more].join(', ')}`, theme.dim),
        ],
        columns,
      ),
    );
    if (here) {
      lines.push(...lookedLines(seen, row, cell, style));
      end = lines.length;
    }
  }
  const shells = all.at(-1);
  if (shells) {
    const here = chosen === all.length - 1;
    if (here) at = lines.length;
    lines.push(
      clip(
        [
          span(here ? `${glyphs.current} ` : '  ', theme.bar),
          span('$', theme.dim),
          span(`     ${words.detail.shells}`, here ? theme.selected : theme.text),
          span(row.consent.transcript ? '' : `  ${words.detail.notAgreedShells}`, theme.dim),
        ],
        columns,
      ),
    );
    if (here) {
      lines.push(...lookedLines(seen, row, shells, style));
      end = lines.length;
    }
  }
  return { lines, at, end };
}

export function learnerLines(seen: Seen, row: LearnerRow, style: Style): Line[] {
  const { lines, at, end } = whole(seen, row, style);
  const { height } = seen;
  // The chosen cell stays in sight, with as much as fits of what was looked at below it.
  const top = Math.min(at, Math.max(0, end - height));
  return lines.slice(top, top + height);
}
