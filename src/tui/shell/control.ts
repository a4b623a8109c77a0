/** What the keys ask of the shells, carried out: the link between the view, which is data, and the panes, which live. */
import type { Session } from '../../session/session.ts';
import type { Effect } from '../model/effect.ts';
import { frameOf, panesOf } from '../model/frame.ts';
import { toggleMap } from '../model/map.ts';
import type { MouseEvent, Target } from '../model/mouse.ts';
import { withoutShell, withShell } from '../model/shell.ts';
import { typeInShell } from '../model/shell-keys.ts';
import { mouseBytes } from '../model/shell-mouse.ts';
import type { ShellView } from '../model/shell-view.ts';
import type { LessonView } from '../model/view.ts';
import type { Motion } from '../terminal/mouse.ts';
import type { CreateEmulator } from './emulator.ts';
import { NO_SHELLS, type ShellPicture, shellPanes } from './panes.ts';

export interface ShellControl {
  /** True when the effect was one of the shells'. */
  carryOut(effect: Effect): boolean;
  /** Takes what is typed while a shell has the focus, and gives back the rest. */
  take(chunk: string): string;
  /** What is done in a shell is done for the cell that the reader is at, also where they have only scrolled to it. */
  follow(view: LessonView): void;
  /** True: the program in the shell has taken what the mouse did. */
  mouse(event: MouseEvent, target: Target): boolean;
  /** Which moves of the mouse the program that has the keys wants to know. */
  motion(view: LessonView): Motion;
  picture(view: LessonView): ShellPicture;
  fit(view: LessonView, size: { columns: number; rows: number }): void;
  stop(): void;
}

export interface ShellControlOptions {
  session: Session;
  createEmulator: CreateEmulator;
  colours: boolean;
  blink: boolean;
  /** The view as it is now; undefined when the lesson is not on the screen any more. */
  view: () => LessonView | undefined;
  show: (view: LessonView, effects?: readonly Effect[]) => void;
  onChange: () => void;
  failed: (error: unknown) => void;
}

const FOCUS = { in: '\x1b[I', out: '\x1b[O' };

type Typing = LessonView & { shell: ShellView };

/** Keys are the program's. */
const typesIn = (view: LessonView): view is Typing =>
  view.mode.name === 'read' && view.shell !== undefined && view.shell.focus && !view.shell.scrolling;

export function shellControl(options: ShellControlOptions): ShellControl {
  const { session, createEmulator, colours, blink, view, show, onChange, failed } = options;
  const remove = (at: number) => {
    const now = view();
    if (now) show(withoutShell(now, at, panes.asked(0).tabs));
  };
  const panes = shellPanes({ session, createEmulator, colours, blink, onChange, onClosed: remove });

  const askPlaces = async () => {
    const places = await panes.places();
    const now = view();
    if (now?.mode.name === 'read') show({ ...now, mode: { name: 'places', places, selected: 0 } });
  };

  /** The tab that was told last that keys come to it. */
  let focused: number | undefined;
  let pressedAt: Target['cell'];
  const tellFocus = (tab: number | undefined) => {
    if (tab === focused) return;
    if (focused !== undefined && panes.asked(focused).focus) panes.type(focused, FOCUS.out);
    if (tab !== undefined && panes.asked(tab).focus) panes.type(tab, FOCUS.in);
    focused = tab;
  };

  const control: ShellControl = {
    carryOut(effect) {
      const now = view();
      const tab = now?.shell?.tab ?? 0;
      switch (effect.effect) {
        case 'shell-open':
          if (now) show(withShell(now, panes.open(effect.place)));
          return true;
        case 'shell-type':
          panes.type(tab, effect.data);
          return true;
        case 'shell-scroll':
          panes.scroll(tab, effect.rows);
          return true;
        case 'shell-close':
          panes.close(tab);
          remove(tab);
          return true;
        case 'shell-again':
          panes.again(tab);
          return true;
        case 'places':
          void askPlaces().catch(failed);
          return true;
        case 'map-toggle':
          if (now) {
            const { view: next, effects } = toggleMap(now);
            show(next, effects);
          }
          return true;
        default:
          return false;
      }
    },
    take(chunk) {
      const now = view();
      if (!now?.shell?.focus || now.mode.name !== 'read') return chunk;
      const typed = typeInShell(now.shell, chunk, panes.asked(now.shell.tab));
      const { notice, armed, ...kept } = now;
      // Most keys change nothing but what the shell will answer: for them nothing is drawn.
      if (typed.shell === now.shell && notice === undefined && armed === undefined)
        for (const effect of typed.effects) control.carryOut(effect);
      else show({ ...kept, shell: typed.shell }, typed.effects);
      return typed.rest;
    },
    mouse(event, { cell }) {
      const now = view();
      if (!now || !typesIn(now)) return false;
      // A button that was pressed over the shell is let go for it too, wherever that is.
      const at = cell ?? (event.down ? undefined : pressedAt);
      pressedAt = event.down ? cell : undefined;
      if (at === undefined) return false;
      const data = mouseBytes(event, at, panes.asked(now.shell.tab));
      if (data) panes.type(now.shell.tab, data);
      return data !== undefined;
    },
    motion(now) {
      const { mouse } = typesIn(now) ? panes.asked(now.shell.tab) : { mouse: 'none' };
      return mouse === 'drag' || mouse === 'any' ? mouse : 'none';
    },
    follow(now) {
      const { shell, current } = now;
      tellFocus(typesIn(now) ? now.shell.tab : undefined);
      if (shell && current !== undefined && current !== session.getState().block)
        session.act({ do: 'move', block: current });
    },
    picture: ({ shell }) => (shell ? panes.picture(shell.tab) : NO_SHELLS),
    fit(next, { columns, rows }) {
      const { shell } = frameOf(columns, rows, panesOf(next));
      if (shell) panes.fit(shell.columns, shell.rows);
    },
    stop: () => panes.stop(),
  };
  return control;
}
