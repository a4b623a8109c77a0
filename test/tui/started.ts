/** The store on a made-up session, its keys pressed by name. */

import type { Classroom } from '../../src/board/classroom.ts';
import type { Need, Observation } from '../../src/check/observation.ts';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import type { Library } from '../../src/page/library.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import type { Pty, PtyOptions } from '../../src/sandbox/contract.ts';
import type { CellState } from '../../src/session/state.ts';
import type { Screen } from '../../src/tui/model/app.ts';
import { primary } from '../../src/tui/model/primary.ts';
import type { Whole } from '../../src/tui/printout/control.ts';
import { createEmulator } from '../../src/tui/shell/emulator.ts';
import { createStore } from '../../src/tui/store.ts';
import { fakeLesson } from './fake-lesson.ts';
import { FakeSession } from './fake-session.ts';

export const lesson = fakeLesson();

export function started(
  options: {
    openPty?: (host: string, options: PtyOptions) => Promise<Pty>;
    observe?: (needs: readonly Need[]) => Promise<Observation>;
    editor?: (text: string) => Promise<string>;
    library?: Library;
    classroom?: Classroom;
    now?: () => number;
    takesMs?: number;
    tickMs?: number;
  } = {},
) {
  const { openPty, observe } = options;
  const session = new FakeSession(lesson, {
    takesMs: options.takesMs ?? 0,
    ...(openPty ? { openPty } : {}),
    ...(observe ? { observe } : {}),
  });
  const copies: string[] = [];
  const taken: Whole[] = [];
  const motions: string[] = [];
  let quits = 0;
  const crashes: unknown[] = [];
  const size = { columns: 80, rows: 24 };
  const store = createStore({
    ...(options.tickMs === undefined ? {} : { tickMs: options.tickMs }),
    library: options.library,
    classroom: options.classroom,
    style: { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en },
    outside: {
      page: async (whole) => void taken.push(whole),
      save: async (whole, path) => {
        if (path === 'there.txt')
          throw Object.assign(new Error('it is there'), { code: 'EEXIST', syscall: 'open' });
        taken.push(whole);
        return { path, bytes: 7 };
      },
      createEmulator,
      editor: options.editor ?? (async (text) => text),
      mouse: () => false,
      motion: (motion) => void motions.push(motion),
      copy: (text) => copies.push(text) > 0 && text.length < 1000,
      quit: () => void quits++,
      crash: (error) => void crashes.push(error),
      size: () => size,
      now: options.now ?? (() => 0),
    },
  });
  store.showSession(session);
  const screen = () => store.getState().screen as Extract<Screen, { name: 'lesson' }>;
  const press = (...names: string[]) => {
    for (const name of names) {
      const ctrl = name.startsWith('ctrl-');
      const base = ctrl ? name.slice(5) : name;
      const named = ['enter', 'escape', 'up', 'down'].includes(base);
      store.press({
        name: named ? (base as 'enter') : 'char',
        char: named ? '' : base,
        ctrl,
        alt: false,
        shift: false,
      });
    }
  };
  /** A cell that goes on until it is stopped has said so. */
  const isUnderWay = ({ status, output }: CellState) =>
    (status === 'running' || status === 'checking') && !output.some(({ text }) => text.includes('waiting'));
  const isBehind = () => {
    const { screen: seen } = store.getState();
    if (seen.name !== 'lesson') return false;
    const now = seen.session.getState();
    return seen.state !== now || Object.values(now.cells).some(isUnderWay);
  };
  /** Cells of this session take no time, and the screen follows within a frame: on a busy machine somewhat later. */
  const settle = async () => {
    const end = performance.now() + 10_000;
    do await new Promise((resolve) => setTimeout(resolve, 60));
    while (isBehind() && performance.now() < end);
  };
  const context = () => ({ lesson, state: screen().state, laid: screen().laid, rows: 21, words: en });
  /** Goes on until this cell or question is the current one. */
  const reach = (id: string) => {
    press('g');
    for (let steps = 0; steps < 20; steps++) {
      const block = lesson.blocks[screen().view.current!];
      const here = block?.kind === 'cell' ? block.cell.id : block?.kind === 'quiz' ? block.quiz.id : '';
      if (here === id && primary(screen().view, context()) !== 'show') return;
      press('n');
    }
    throw new Error(`${id} was never reached`);
  };
  return {
    session,
    store,
    screen,
    press,
    settle,
    reach,
    context,
    quits: () => quits,
    crashes,
    size,
    copies,
    taken,
    motions,
  };
}
