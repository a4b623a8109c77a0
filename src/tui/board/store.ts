/** The board's state for the screen: the line to the host, the view, the size, the time. */
import type { Link } from '../../board/link.ts';
import type { BoardWords } from '../../page/words/board/choose.ts';
import type { KeyPress } from '../model/keys.ts';
import { press } from './press.ts';
import { type BoardView, FIRST_VIEW, type OwnHost, type Screen, type Seen, seenOf } from './view.ts';
import { pasteInto } from './writing.ts';

export interface BoardStore {
  getState(): { seen: Seen | undefined; screen: Screen; view: BoardView };
  subscribe(listener: () => void): () => void;
  press(key: KeyPress): void;
  paste(text: string): void;
  /** Something that the instructor must hear of; stays until the next key. */
  tell(text: string | undefined): void;
  resize(): void;
  close(): void;
}

export interface BoardStoreOptions {
  link: Link;
  words: BoardWords;
  host?: OwnHost | undefined;
  /** Milliseconds between two looks at the clock. */
  tickMs: number;
  size: () => { columns: number; rows: number };
  now: () => number;
  /** Makes a new name for what is said. */
  id: () => string;
  quit: () => void;
}

export function createBoardStore({
  link,
  words,
  host,
  tickMs,
  size,
  now,
  id,
  quit,
}: BoardStoreOptions): BoardStore {
  let view = FIRST_VIEW;
  const listeners = new Set<() => void>();
  const worked = () => {
    const screen = { ...size(), now: now() };
    return { seen: seenOf(view, link.getState(), words, screen, host), screen, view };
  };
  let state = worked();
  const update = () => {
    state = worked();
    for (const listener of listeners) listener();
  };
  const stop = link.subscribe(update);
  const clock = setInterval(update, tickMs);

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press(key) {
      const { seen } = state;
      if (!seen) {
        // Nothing to look at yet: only to leave, or to try again.
        if (key.char === 'q' || key.name === 'escape' || (key.ctrl && key.char === 'c')) quit();
        else if (key.char === 'r') link.retry();
        return;
      }
      const next = press(seen, key, id);
      view = next.view;
      for (const effect of next.effects) {
        if (effect.effect === 'say') link.say(effect.event);
        else if (effect.effect === 'look') link.look(effect.learner, effect.lesson, effect.cell);
        else if (effect.effect === 'retry') link.retry();
        else quit();
      }
      if (view.open === undefined) link.lookAway();
      update();
    },
    paste(text) {
      view = pasteInto(view, text);
      update();
    },
    tell(text) {
      const { notice: _, ...without } = view;
      view = text === undefined ? without : { ...view, notice: text };
      update();
    },
    resize: update,
    close() {
      stop();
      clearInterval(clock);
    },
  };
}
