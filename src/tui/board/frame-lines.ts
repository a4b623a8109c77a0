/** The head and the foot of the board: how the class stands, which views there are, which keys make sense now. */
import { paceSays, timerLeft } from '../../board/view/says.ts';
import { clock } from '../../board/view/time.ts';
import { handsOf, totalsOf } from '../../board/view/totals.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, fit, type Line, lineWidth, type Span, span } from '../../page/text/line.ts';
import { graphemes, textWidth } from '../../page/text/width.ts';
import { type Hint, keyLine } from '../chrome/key-line.ts';
import { safe } from './safe.ts';
import { type Seen, TABS, type Writing } from './view.ts';

export function headLine(seen: Seen, style: Style): Line {
  const { board, words, columns, now, course } = seen;
  const { theme, glyphs } = style;
  const { present, all, by } = totalsOf(board.rows);
  const hands = handsOf(board.rows).length;
  const timer = timerLeft(board, now);
  const pieces: Span[][] = [];
  if (board.ended) pieces.push([span(words.end.ended, theme.notice)]);
  if (timer)
    pieces.push([
      span(`${safe(timer.label)} `, theme.dim),
      span(
        timer.leftMs > 0 ? clock(timer.leftMs + 999) : words.timer.over,
        timer.leftMs > 60_000 ? theme.strong : theme.fail,
      ),
    ]);
  if (hands > 0) pieces.push([span(`! ${words.hands.title} ${hands}`, theme.notice)]);
  if (by.stuck > 0) pieces.push([span(`${words.filter.stuck} ${by.stuck}`, theme.fail)]);
  pieces.push([span(words.present(present, all), theme.text)]);
  // Where there is no room for the place, at least that not everything is open.
  const pace =
    columns >= 110 ? paceSays(board.pace, board.where, course, words) : words.pace[board.pace.mode];
  if (columns >= 110 || board.pace.mode !== 'free') pieces.push([span(safe(pace), theme.dim)]);
  const right: Span[] = [];
  for (const piece of pieces) {
    const next = right.length > 0 ? [...right, span(` ${glyphs.dot} `, theme.dim), ...piece] : piece;
    if (lineWidth(next) > columns * 0.72) break;
    right.splice(0, right.length, ...next);
  }
  const room = Math.max(0, columns - lineWidth(right) - 2);
  return [
    ...fit(clip([span(` ${safe(board.title)}`, theme.title)], room), room),
    span(' '),
    ...right,
    span(' '),
  ];
}

/** The rule under the head bears the names of the views. */
export function tabsLine({ view, words, columns, questions }: Seen, style: Style): Line {
  const { theme, glyphs } = style;
  const waiting = questions.filter(({ answered }) => !answered).length;
  const line: Span[] = [span(glyphs.rule, theme.border)];
  for (const [at, tab] of TABS.entries()) {
    const count = tab === 'questions' && waiting > 0 ? ` (${waiting})` : '';
    const text = ` ${at + 1} ${words.view[tab]}${count} `;
    line.push(span(text, view.tab === tab ? theme.selected : theme.dim), span(glyphs.rule, theme.border));
  }
  return clip(
    [...line, span(glyphs.rule.repeat(Math.max(0, columns - lineWidth(line))), theme.border)],
    columns,
    glyphs.rule,
  );
}

function promptOf(writing: Writing, { words, names, board }: Seen): string {
  const nameOf = (id: string) => safe(names.get(id) ?? board.rows.find((row) => row.id === id)?.name ?? id);
  switch (writing.what) {
    case 'search':
      return words.ask.search;
    case 'announce':
      return words.ask.announce;
    case 'timer':
      return words.ask.timer;
    case 'poll-question':
      return words.ask.pollQuestion;
    case 'poll-choices':
      return words.ask.pollChoices;
    case 'hint':
      return writing.to === undefined ? words.ask.hintAll : words.ask.hintTo(nameOf(writing.to));
    case 'answer':
      return words.ask.answer(nameOf(writing.learner));
  }
}

function writeLine(writing: Writing, text: string, seen: Seen, { theme }: Style): Line {
  const { columns, words, view } = seen;
  const prompt = ` ${promptOf(writing, seen)}${words.colon}`;
  const after = [span('   Enter', theme.key), span(` ${words.keys.send}`, theme.dim)];
  const room = Math.max(8, columns - textWidth(prompt) - lineWidth(after) - 2);
  // The end of what is typed is what the writer looks at.
  let shown = safe(text);
  while (textWidth(shown) > room) shown = graphemes(shown).slice(1).join('');
  const notice = view.notice ? [span(`  ${view.notice}`, theme.notice)] : after;
  return clip([span(prompt, theme.key), span(shown), span(' ', '7'), ...notice], columns);
}

export function footLine(seen: Seen, style: Style): Line {
  const { view, words, columns, link, open, board } = seen;
  const { theme } = style;
  const { keys } = words;
  if (view.mode.name === 'write') return writeLine(view.mode.writing, view.mode.text, seen, style);
  if (view.mode.name === 'sure') {
    const question =
      view.mode.of === 'end' ? words.end.sure : words.detail.removeSure(safe(open?.name ?? ''));
    const answers = [
      span('  y', theme.key),
      span(` ${keys.yes}`, theme.dim),
      span('   n', theme.key),
      span(` ${keys.no}`, theme.dim),
    ];
    return [...clip([span(` ${question}`, theme.notice)], columns - lineWidth(answers)), ...answers];
  }
  if (link.connection !== 'open') {
    const seconds = Math.max(0, Math.ceil(((link.againAt ?? 0) + link.skewMs - seen.now) / 1000));
    const said = link.refused
      ? words.refused[link.refused.code]
      : `${words.connection.lost} ${words.connection.again(seconds)}`;
    const more = link.unheard > 0 ? ` ${words.connection.unheard(link.unheard)}.` : '';
    return clip(
      [span(` ${said}${more}`, theme.notice), span('  r', theme.key), span(` ${keys.again}`, theme.dim)],
      columns,
    );
  }
  if (view.notice !== undefined) return clip([span(` ${view.notice}`, theme.notice)], columns);
  const hints: Hint[] =
    view.mode.name === 'choose'
      ? [
          ['Enter', keys.choose],
          ['↑↓', keys.move],
          ['Esc', keys.cancel],
        ]
      : view.mode.name === 'help'
        ? [
            ['↑↓', keys.move],
            ['Esc', keys.close],
          ]
        : open
          ? [
              ['Esc', keys.close],
              ['h', keys.hint],
              ...(open.hand ? [['u', keys.lower] as Hint] : []),
              ...(open.consent.outputs || open.consent.transcript ? [['Enter', keys.look] as Hint] : []),
              ['x', keys.remove],
              ['?', keys.help],
            ]
          : [
              ...(view.tab === 'questions'
                ? ([
                    ['Enter', keys.answer],
                    ['A', keys.said],
                  ] as Hint[])
                : []),
              ...(view.tab === 'board'
                ? ([
                    ['Enter', keys.open],
                    ['/', keys.search],
                  ] as Hint[])
                : []),
              ...(view.tab === 'failing'
                ? ([
                    ['Enter', keys.open],
                    ['H', keys.hintAll],
                  ] as Hint[])
                : []),
              ...(view.tab === 'presenter'
                ? ([
                    ['>', keys.on],
                    ['<', keys.back],
                  ] as Hint[])
                : []),
              ['a', keys.announce],
              ['p', keys.pace],
              ['t', board.timer ? keys.stop : keys.timer],
              ['v', keys.poll],
              ['f', keys.filter],
              ['s', keys.sort],
              ['h', keys.hint],
              ...(seen.host ? ([['i', words.invitation.key]] as Hint[]) : []),
              ['q', keys.quit],
              ['?', keys.help],
            ];
  return keyLine(hints, columns, style);
}
