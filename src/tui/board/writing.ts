/** What is written in the last row, and what becomes of it. Pure. */
import { LIMITS } from '../../board/limits.ts';
import { readClock } from '../../board/view/time.ts';
import { graphemes } from '../../page/text/width.ts';
import { chord, type KeyPress } from '../model/keys.ts';
import { only, saying, type Update } from './update.ts';
import type { BoardView, Seen, Writing } from './view.ts';

export function startWriting(view: BoardView, writing: Writing): BoardView {
  const text = writing.what === 'search' ? view.query.text : '';
  return { ...view, mode: { name: 'write', writing, text } };
}

/** A search is seen while it is written. */
function withText(view: BoardView, writing: Writing, text: string): BoardView {
  const query = writing.what === 'search' ? { ...view.query, text } : view.query;
  return { ...view, query, mode: { name: 'write', writing, text: text.slice(0, LIMITS.text) } };
}

/** A text that was pasted is one text: its line ends send nothing. */
export function pasteInto(view: BoardView, text: string): BoardView {
  if (view.mode.name !== 'write') return view;
  const { writing, text: before } = view.mode;
  return withText(view, writing, before + text.replace(/\s+/g, ' '));
}

/** `5 Coffee`, `1:30`, `90s`: the time, and what for. */
function readTimer(text: string): { durationMs: number; label: string } | undefined {
  const [time = '', ...label] = text.trim().split(/\s+/);
  const durationMs = readClock(time);
  return durationMs === undefined ? undefined : { durationMs, label: label.join(' ').slice(0, LIMITS.title) };
}

function send(seen: Seen, writing: Writing, text: string, id: () => string): Update {
  const { view, words } = seen;
  const done: BoardView = { ...view, mode: { name: 'look' }, notice: words.say.sent };
  const { notice: _, ...quiet } = done;
  switch (writing.what) {
    case 'search':
      return only(quiet);
    case 'announce':
      return saying(done, { type: 'announced', id: id(), text });
    case 'hint': {
      const { to, lesson, cell } = writing;
      const at = lesson !== undefined && cell !== undefined ? { lesson, cell } : {};
      return saying(done, { type: 'hint', id: id(), ...(to === undefined ? {} : { to }), ...at, text });
    }
    case 'answer':
      return saying(done, {
        type: 'question-answered',
        learner: writing.learner,
        question: writing.question,
        text,
      });
    case 'timer': {
      const timer = readTimer(text);
      if (!timer) return only({ ...view, notice: words.timer.wrong });
      return saying(quiet, {
        type: 'timer',
        durationMs: timer.durationMs,
        label: timer.label || words.timer.usual,
      });
    }
    case 'poll-question':
      return only(startWriting(view, { what: 'poll-choices', question: text }));
    case 'poll-choices': {
      const choices = text
        .split('|')
        .map((one) => one.trim())
        .filter(Boolean);
      if (choices.length < 2 || choices.length > LIMITS.choices)
        return only({ ...view, notice: words.poll.wrong });
      return saying(done, { type: 'poll-opened', id: id(), question: writing.question, choices });
    }
  }
}

export function pressInWriting(seen: Seen, key: KeyPress, id: () => string): Update {
  const { view } = seen;
  if (view.mode.name !== 'write') return only(view);
  const { writing, text } = view.mode;
  const pressed = chord(key);
  if (pressed === 'escape') {
    const query = writing.what === 'search' ? { ...view.query, text: '' } : view.query;
    return only({ ...view, query, mode: { name: 'look' } });
  }
  if (pressed === 'enter') {
    const written = text.trim();
    if (written === '' && writing.what !== 'search') return only({ ...view, mode: { name: 'look' } });
    return send(seen, writing, written, id);
  }
  if (pressed === 'backspace') return only(withText(view, writing, graphemes(text).slice(0, -1).join('')));
  if (pressed === 'ctrl-u') return only(withText(view, writing, ''));
  if (pressed === 'ctrl-w') return only(withText(view, writing, text.replace(/\S+\s*$/, '')));
  if (key.name === 'char' && !key.ctrl && !key.alt) return only(withText(view, writing, text + key.char));
  return only(view);
}
