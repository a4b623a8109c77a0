/** What is typed while a shell has the focus: bytes for it, but for one key that speaks to the pane. Pure. */
import { SHARE, type ShellView } from './shell-view.ts';

/** Ctrl-], as in telnet and virsh: programs hardly ever want it. Ctrl-5 sends the same where brackets are hard to type. */
export const LEADER = '\x1d';

/** What the program in the shell has asked of the keys. */
export interface Asked {
  applicationCursor: boolean;
  bracketedPaste: boolean;
  /** Which reports of the mouse: none, presses, also releases, also drags, also moves. */
  mouse: 'none' | 'x10' | 'vt200' | 'drag' | 'any';
  /** As text (DECSET 1006), so that no column is too far to the right. */
  sgr: boolean;
  /** To be told whether keys come to it (DECSET 1004). */
  focus: boolean;
  /** It has the whole screen to itself: there is nothing to scroll back to. */
  alternate: boolean;
  tabs: number;
  /** The shell that is shown has ended: there is nobody to type to. */
  ended: boolean;
}

export type ShellEffect =
  | { effect: 'shell-type'; data: string }
  | { effect: 'shell-scroll'; rows: number }
  | { effect: 'shell-close' }
  | { effect: 'shell-again' }
  | { effect: 'places' }
  | { effect: 'map-toggle' }
  /** Nothing of what happens here is shared with a class any more. */
  | { effect: 'unshare' };

export interface Typed {
  shell: ShellView;
  effects: ShellEffect[];
  /** What the shell does not take: the focus has gone elsewhere, or it is the mouse's. */
  rest: string;
}

/** Marks of a paste, mouse reports, cursor keys; any other sequence; or a single character. */
const TOKEN = /\x1b\[20[01]~|\x1b\[<[\d;]+[Mm]|\x1b\[[\d;?]*[ -/]*[@-~]|\x1bO[@-~]|\x1b\[M[\s\S]{3}|[\s\S]/gu;
const MOUSE = /^\x1b\[(<[\d;]+[Mm]|M[\s\S]{3})$/;
const CURSOR = /^\x1b(?:\[|O)([ABCDHF])$/;

const PASTE = { begin: '\x1b[200~', end: '\x1b[201~' };
const ALL = 1e6;

/** Keys of the pane that only change how it is looked at. */
const LOOKS: Readonly<Record<string, (shell: ShellView, asked: Asked) => ShellView>> = {
  [LEADER]: (shell) => ({ ...shell, focus: false }),
  '\x1b': (shell) => ({ ...shell, focus: false }),
  '\r': (shell) => ({ ...shell, focus: false }),
  n: (shell, asked) => ({ ...shell, tab: (shell.tab + 1) % Math.max(1, asked.tabs) }),
  p: (shell, asked) => ({ ...shell, tab: (shell.tab + asked.tabs - 1) % Math.max(1, asked.tabs) }),
  f: (shell) => ({ ...shell, full: !shell.full }),
  h: (shell) => ({ ...shell, focus: false, hidden: true }),
  '+': (shell) => ({ ...shell, full: false, share: Math.min(SHARE.most, shell.share + SHARE.step) }),
  '-': (shell) => ({ ...shell, full: false, share: Math.max(SHARE.least, shell.share - SHARE.step) }),
  s: (shell) => ({ ...shell, scrolling: true }),
};
const SAME: Readonly<Record<string, string>> = {
  '=': '+',
  '\t': 'n',
  '\x1b[C': 'n',
  '\x1b[D': 'p',
  '[': 's',
};

function commanded(shell: ShellView, key: string, asked: Asked): Typed {
  const view: ShellView = { ...shell, leader: false };
  const done = (effects: ShellEffect[] = [], next = view): Typed => ({ shell: next, effects, rest: '' });
  const look = LOOKS[SAME[key] ?? key];
  if (look) return done([], look(view, asked));
  if (/^[1-9]$/.test(key) && Number(key) <= asked.tabs) return done([], { ...view, tab: Number(key) - 1 });
  if (key === '\x1b[5~') return done([{ effect: 'shell-scroll', rows: -ALL }], { ...view, scrolling: true });
  if (key === 't') return done([{ effect: 'places' }], { ...view, focus: false });
  if (key === 'x') return done([{ effect: 'shell-close' }]);
  if (key === 'm') return done([{ effect: 'map-toggle' }]);
  if (key === 'X') return done([{ effect: 'unshare' }]);
  if (key === ']') return done([{ effect: 'shell-type', data: LEADER }]);
  return done();
}

/** A page is what the window shows; the model does not know how much that is, so it is counted in windows. */
export const WINDOW = 1000;

const SCROLLS: Readonly<Record<string, number>> = {
  '\x1b[A': -1,
  '\x1bOA': -1,
  k: -1,
  '\x1b[B': 1,
  '\x1bOB': 1,
  j: 1,
  '\x1b[5~': -WINDOW,
  b: -WINDOW,
  '\x1b[6~': WINDOW,
  ' ': WINDOW,
  '\x1b[H': -ALL,
  '\x1bOH': -ALL,
  g: -ALL,
  '\x1b[F': ALL,
  '\x1bOF': ALL,
  G: ALL,
};

function scrolled(shell: ShellView, key: string): Typed {
  const rows = SCROLLS[key];
  if (rows !== undefined) return { shell, effects: [{ effect: 'shell-scroll', rows }], rest: '' };
  return {
    shell: { ...shell, scrolling: false },
    effects: [{ effect: 'shell-scroll', rows: ALL }],
    rest: '',
  };
}

/** The bytes that the program in the shell expects for a key of ours. */
function bytesOf(key: string, asked: Asked): string {
  if (key === PASTE.begin || key === PASTE.end) return asked.bracketedPaste ? key : '';
  const cursor = CURSOR.exec(key)?.[1];
  return cursor === undefined ? key : `\x1b${asked.applicationCursor ? 'O' : '['}${cursor}`;
}

function ended(shell: ShellView, key: string): Typed {
  if (key === '\r') return { shell, effects: [{ effect: 'shell-again' }], rest: '' };
  if (key === 'x' || key === '\x04') return { shell, effects: [{ effect: 'shell-close' }], rest: '' };
  return { shell: key === '\x1b' ? { ...shell, focus: false } : shell, effects: [], rest: '' };
}

function oneKey(shell: ShellView, key: string, asked: Asked): Typed {
  if (key === PASTE.begin || key === PASTE.end) {
    const data = bytesOf(key, asked);
    return {
      shell: { ...shell, pasting: key === PASTE.begin },
      effects: data === '' ? [] : [{ effect: 'shell-type', data }],
      rest: '',
    };
  }
  if (shell.pasting) return { shell, effects: [{ effect: 'shell-type', data: key }], rest: '' };
  if (shell.leader) return commanded(shell, key, asked);
  if (key === LEADER) return { shell: { ...shell, leader: true }, effects: [], rest: '' };
  if (shell.scrolling) return scrolled(shell, key);
  if (asked.ended) return ended(shell, key);
  if (key === '\x1b[5;2~')
    return {
      shell: { ...shell, scrolling: true },
      effects: [{ effect: 'shell-scroll', rows: -WINDOW }],
      rest: '',
    };
  return { shell, effects: [{ effect: 'shell-type', data: bytesOf(key, asked) }], rest: '' };
}

/** Runs through a chunk of the keyboard; once the focus has left the shell, what follows is not the shell's. */
export function typeInShell(before: ShellView, chunk: string, asked: Asked): Typed {
  let shell = before;
  let rest = '';
  const effects: ShellEffect[] = [];
  for (const [key] of chunk.matchAll(TOKEN)) {
    if (!shell.focus || MOUSE.test(key)) {
      rest += key;
      continue;
    }
    const typed = oneKey(shell, key, asked);
    shell = typed.shell;
    for (const effect of typed.effects) {
      const last = effects.at(-1);
      // What is typed in one go is sent in one go.
      if (effect.effect === 'shell-type' && last?.effect === 'shell-type') last.data += effect.data;
      else effects.push({ ...effect });
    }
  }
  return { shell, effects, rest };
}
