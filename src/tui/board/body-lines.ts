/** What stands between head and foot. Always as many rows as there are. */
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, type Line, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { helpLines } from './help-lines.ts';
import { learnerLines } from './learner-lines.ts';
import {
  boardLines,
  failingLines,
  pollLines,
  presenterLines,
  questionLines,
  windowAt,
} from './list-lines.ts';
import { safe } from './safe.ts';
import type { Seen, Tab } from './view.ts';

const VIEWS: Readonly<Record<Tab, (seen: Seen, style: Style) => Line[]>> = {
  board: boardLines,
  questions: questionLines,
  failing: failingLines,
  polls: pollLines,
  presenter: presenterLines,
};

function choiceLines({ view, height, columns }: Seen, { theme, glyphs }: Style): Line[] {
  if (view.mode.name !== 'choose') return [];
  const { title, choices, at } = view.mode;
  const room = Math.max(1, height - 1);
  const top = windowAt(choices.length, at, room);
  return [
    [span(` ${title}`, theme.subheading)],
    ...choices
      .slice(top, top + room)
      .map(
        ({ text }, index): Line =>
          clip(
            [
              span(top + index === at ? `${glyphs.current} ` : '  ', theme.bar),
              span(safe(text), top + index === at ? theme.selected : theme.text),
            ],
            columns,
          ),
      ),
  ];
}

function invitationLines({ host, words, columns, view }: Seen, { theme }: Style): Line[] {
  const indent = { first: [span('  ')], rest: [span('  ')] };
  const rows = (lines: readonly string[], tone: string) =>
    lines.flatMap((line) =>
      line === ''
        ? [EMPTY]
        : wrapText(safe(line.trim().replace(/ {2,}/g, ' ')), Math.max(20, columns - 4), tone, indent),
    );
  const own = view.mode.name === 'invitation' && !view.hidden ? (host?.own ?? []) : [];
  return [
    [span(` ${words.invitation.title}`, theme.subheading)],
    EMPTY,
    ...rows(host?.invitation ?? [], theme.strong),
    ...(own.length > 0 ? [EMPTY, [span(` ${words.invitation.own}`, theme.subheading)], EMPTY] : []),
    ...rows(own, theme.text),
  ];
}

/** Before anybody has joined there is nothing else to say. */
const isEmpty = ({ host, board, view }: Seen) =>
  host !== undefined && board.rows.length === 0 && view.tab === 'board' && !board.ended;

export function bodyLines(seen: Seen, style: Style): Line[] {
  const { view, height, columns, words, open } = seen;
  const lines =
    view.mode.name === 'help'
      ? helpLines(columns, words, style).slice(view.mode.top, view.mode.top + height)
      : view.mode.name === 'choose'
        ? choiceLines(seen, style)
        : view.mode.name === 'invitation' || isEmpty(seen)
          ? invitationLines(seen, style)
          : open
            ? learnerLines(seen, open, style)
            : VIEWS[view.tab](seen, style);
  return [
    ...lines.slice(0, height),
    ...Array.from({ length: Math.max(0, height - lines.length) }, () => EMPTY),
  ];
}
