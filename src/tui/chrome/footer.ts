/** The last row: the keys that make sense now, most useful first; or what was just said or asked. */
import { lessonTitle } from '../../board/notebook/pace.ts';
import type { Cell } from '../../lesson/model.ts';
import { mapWords } from '../../map/words.ts';
import { findOnPage, sameMatch } from '../../page/find/matches.ts';
import { whatOpens } from '../../page/layout/checks.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, fit, type Line, lineWidth, pressable, type Span, span } from '../../page/text/line.ts';
import { graphemes, textWidth } from '../../page/text/width.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { nextHint } from '../../session/hints.ts';
import { sendsPackets } from '../../session/sends-packets.ts';
import type { CellState } from '../../session/state.ts';
import type { Context } from '../model/context.ts';
import { isMapBeside, panesOf } from '../model/frame.ts';
import { primary } from '../model/primary.ts';
import { cellAt, quizAt } from '../model/stops.ts';
import type { LessonView, Mode } from '../model/view.ts';
import { type Hint, keyLine } from './key-line.ts';
import { printoutFooter } from './printout.ts';

function question(
  { question, cells = 0, step: of, lesson = '', cell }: Extract<Mode, { name: 'ask' }>,
  { classroom, lesson: here, lessons = [] }: Context,
  columns: number,
  style: Style,
): Line {
  const { words, theme } = style;
  const course = classroom?.course ?? { title: '', lessons: [] };
  const text = {
    reset: of === undefined && cell === undefined ? words.ask.reset : words.ask.afresh,
    'quit-running': words.ask.quitRunning,
    rewind: words.ask.rewind,
    'catch-up': words.ask.catchUp(cells),
    restore: words.ask.restore,
    skip: words.ask.skip,
    follow: words.class.follow.step(here.steps[of ?? 0]?.title ?? here.title),
    'follow-lesson': words.class.follow.lesson(
      lessons.find(({ id }) => id === lesson)?.title ?? lessonTitle(course, lesson),
    ),
  }[question];
  const { keys } = words;
  const choices: Hint[] = question === 'reset' && cell !== undefined ? [['c', keys.thisCell]] : [];
  if (question === 'reset' && of !== undefined) choices.push(['s', keys.thisStep]);
  choices.push(['y', choices.length > 0 ? keys.wholeLesson : keys.yes], ['n', keys.no]);
  const answers = choices.flatMap(([key, does], at) =>
    pressable([span(`${at > 0 ? '   ' : ''}${key}`, theme.key), span(` ${does}`, theme.dim)], key),
  );
  // However long a title is: what can be answered stands there.
  return [
    ...clip([span(` ${text}`, theme.notice)], columns - lineWidth(answers) - 2),
    span('  '),
    ...answers,
  ];
}

/** There is an answer that has not run yet. */
function written(cell: Cell, { answer, text }: CellState): boolean {
  return answer !== undefined && answer.trim() !== cell.text.trim() && answer !== text;
}

function readingHints(view: LessonView, context: Context, style: Style): Hint[] {
  const { keys } = style.words;
  const cell = cellAt(context.lesson, view.current);
  const state = cell && context.state.cells[cell.id];
  const hints: Hint[] = [];
  const does = primary(view, context);
  const failed = state?.status === 'failed' || state?.status === 'broken';
  if (does === 'stop') hints.push(['x', keys.interrupt]);
  else if (does === 'answer') {
    const { id, choices } = quizAt(context.lesson, view.current)!;
    hints.push([`1-${choices.length}`, keys.answer], ['n', keys.next]);
    if (context.state.quizzes[id]) hints.push(['s', keys.showAnswer]);
  } else {
    const words = {
      run: failed ? keys.retry : keys.run,
      write: failed ? keys.retry : keys.write,
      'go-on': keys.next,
      'next-lesson': keys.nextLesson,
      show: keys.show,
    };
    hints.push(['Enter', words[does]]);
  }
  if (does !== 'show' && cell && state) {
    // Written and left, or brought back from an editor: to be run there is no need to go in again.
    if (does === 'write' && written(cell, state)) hints.push(['Ctrl-R', keys.run]);
    if (state.status === 'passed') hints.push(['a', keys.again]);
    const more = failed ? whatOpens(state.verdicts) : undefined;
    if (more) hints.push(['o', more === 'why' ? keys.why : keys.more]);
    // What another cell left undone is not mended by trying again.
    if (failed && does === 'run') hints.push(['n', keys.next]);
    if (nextHint(cell, state) !== undefined && state.status !== 'passed') hints.push(['h', keys.hint]);
    if (cell.solution !== undefined && failed)
      hints.push(['s', state.solutionShown ? keys.take : keys.solution]);
    if (cell.expects.length > 0 && failed) hints.push(['c', keys.check]);
    if (context.laid.foldable.has(cell.id))
      hints.push(['f', view.unfolded.has(cell.id) ? keys.fold : keys.unfold]);
    if (state.printout) hints.push(['F', style.words.printout.key]);
  }
  if (context.classroom) hints.push(['C', style.words.class.keys.class]);
  if (view.map && cell && sendsPackets(cell)) hints.push(['>', mapWords(style.words.name).keys.packet]);
  hints.push(
    ['↑↓', keys.scroll],
    ['t', keys.shell],
    ['l', keys.list],
    ['q', keys.quit],
    ['m', mapWords(style.words.name).keys.name],
    ['v', keys.steps],
    [':', keys.palette],
    ['?', keys.help],
  );
  return hints;
}

function classHints(
  { page }: Extract<Mode, { name: 'class' }>,
  { classroom }: Context,
  style: Style,
): Hint[] {
  const { keys } = style.words;
  const own = style.words.class;
  const back: Hint = ['Esc', page === 'menu' ? keys.close : own.keys.back];
  if (page === 'messages') return [['↑↓', keys.scroll], back];
  if (page === 'ask') return [['Enter', own.ask.send], back];
  if (page === 'poll' && !classroom?.poll?.open) return [back];
  return [['Enter', page === 'share' ? own.keys.toggle : own.keys.choose], ['↑↓', keys.move], back];
}

/** `3 of 12`, or that there is none. */
function findCount(view: LessonView, { laid }: Context, style: Style): string {
  const { words } = style;
  if (!view.find) return '';
  const matches = findOnPage(laid.page, view.find.text);
  const here = matches.findIndex((one) => sameMatch(one, view.find?.at));
  return matches.length === 0 ? words.find.none : words.find.count(here + 1, matches.length);
}

function findPrompt(view: LessonView, text: string, context: Context, columns: number, style: Style): Line {
  const { theme, words } = style;
  const after: Span[] = [
    span(text.trim() === '' ? '' : `  ${findCount(view, context, style)}`, theme.notice),
    span('   Enter', theme.key),
    span(` ${words.find.keep}`, theme.dim),
    span('   Esc', theme.key),
    span(` ${words.find.end}`, theme.dim),
  ];
  // The end of what is typed is what the writer looks at.
  const room = Math.max(1, columns - 3 - lineWidth(after));
  let shown = text;
  while (textWidth(shown) > room) shown = graphemes(shown).slice(1).join('');
  return clip([span(' /', theme.key), span(shown), span(' ', '7'), ...after], columns);
}

const MOST_ROWS = 4;

/** What is said in whole, when one row is too short for it: it may be why nothing works any more. */
export function longNotice(view: LessonView, columns: number, style: Style): Line[] | undefined {
  if (view.notice === undefined || view.mode.name === 'ask' || view.mode.name === 'find') return undefined;
  const indent = { first: [span(' ')], rest: [span(' ')] };
  const rows = wrapText(view.notice, columns - 1, style.theme.notice, indent);
  if (rows.length < 2) return undefined;
  const shown = rows.slice(0, MOST_ROWS);
  return shown.map((row) => fit(row, columns));
}

export function lessonFooter(view: LessonView, context: Context, columns: number, style: Style): Line {
  const { keys } = style.words;
  if (view.mode.name === 'ask') return question(view.mode, context, columns, style);
  if (view.mode.name === 'find') return findPrompt(view, view.mode.text, context, columns, style);
  if (view.notice !== undefined) return clip([span(` ${view.notice}`, style.theme.notice)], columns);
  if (view.mode.name === 'printout') return printoutFooter(view.mode, columns, style);
  if (view.mode.name === 'write') {
    return keyLine(
      [
        ['Ctrl-R', keys.run],
        ['Enter', keys.newline],
        ['Esc', keys.leave],
        ['Ctrl-Z', keys.undo],
      ],
      columns,
      style,
    );
  }
  if (view.mode.name === 'class') return keyLine(classHints(view.mode, context, style), columns, style);
  if (view.mode.name === 'handbook')
    return keyLine(
      [
        ['↑↓', keys.move],
        ['Tab', view.mode.kind === 'word' ? style.words.handbook.commands : style.words.handbook.words],
        ['Esc', keys.close],
      ],
      columns,
      style,
    );
  if (view.mode.name === 'palette')
    return keyLine(
      [
        ['Enter', keys.run],
        ['↑↓', keys.move],
        ['Esc', keys.close],
      ],
      columns,
      style,
    );
  if (view.mode.name === 'steps' || view.mode.name === 'places')
    return keyLine(
      [
        ['Enter', view.mode.name === 'places' ? keys.open : keys.goThere],
        ...(view.mode.name === 'steps' ? [['r', keys.restore] as const] : []),
        ['↑↓', keys.move],
        ['Esc', keys.close],
      ],
      columns,
      style,
    );
  if (view.mode.name === 'help' || view.mode.name === 'notes')
    return keyLine(
      [
        ['↑↓', keys.scroll],
        ['Esc', keys.close],
      ],
      columns,
      style,
    );
  if (view.map && !isMapBeside(columns, panesOf(view)))
    return keyLine(
      [
        ['↑↓', keys.scroll],
        ['>', mapWords(style.words.name).keys.packet],
        ['M', mapWords(style.words.name).keys.routes],
        ['m', keys.close],
        ['?', keys.help],
      ],
      columns,
      style,
    );
  if (view.find) {
    const count = findCount(view, context, style);
    const said = clip([span(` ${view.find.text.trim()}  ${count}  `, style.theme.notice)], columns >> 1);
    const hints: Hint[] = [
      ['n', style.words.find.next],
      ['N', style.words.find.before],
      ['Esc', style.words.find.end],
      ['?', keys.help],
    ];
    return [...said, ...keyLine(hints, columns - lineWidth(said), style)];
  }
  return keyLine(readingHints(view, context, style), columns, style);
}
