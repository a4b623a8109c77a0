/** The page by which learners without Linux come to a notebook on the class's own machine: a form, then a terminal. */
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';
import { languageOf } from '../../../lib/languages.ts';
import { OFFER } from '../../../page/words/offer/choose.ts';
import type { Refusal, Told } from '../socket.ts';
import { createDoor, type Given } from './door.ts';
import './join.css';
import { createKeys } from './keys.ts';
import { type Line, openLine } from './line.ts';

const lang = navigator.languages.map(languageOf).find((known) => known !== undefined) ?? 'en';
const words = OFFER[lang];
document.documentElement.lang = lang;
document.title = words.page.title;

const BACK = 'wirebook-back';
const at = (id: string): HTMLElement => document.getElementById(id)!;
const [room, keysRoom, news] = [at('terminal'), at('keys'), at('news')];

const LIGHT: ITheme = {
  background: '#fbfbfa',
  foreground: '#1b2128',
  cursor: '#1b2128',
  selectionBackground: '#b9d6f2',
  black: '#1b2128',
  red: '#b3261e',
  green: '#13703a',
  yellow: '#8a5300',
  blue: '#0b5cad',
  magenta: '#7a3ea8',
  cyan: '#0a6c74',
  white: '#566270',
  brightBlack: '#6b7785',
  brightRed: '#c4372e',
  brightGreen: '#1a8748',
  brightYellow: '#9c6200',
  brightBlue: '#1a6fc4',
  brightMagenta: '#8d4fbd',
  brightCyan: '#0f7f88',
  brightWhite: '#1b2128',
};
const DARK: ITheme = {
  background: '#14171c',
  foreground: '#e8ecf1',
  cursor: '#e8ecf1',
  selectionBackground: '#2f5c88',
};
const dark = matchMedia('(prefers-color-scheme: dark)');

let line: Line | undefined;
let terminal: Terminal | undefined;
let given: Given | undefined;

const door = createDoor(at('door'), {
  words: words.page,
  canGoBack: () => localStorage.getItem(BACK) !== null,
  enter(typed) {
    given = typed;
    start();
  },
  goBack() {
    given = undefined;
    start();
  },
  forget: () => localStorage.removeItem(BACK),
});
door.show();

function say(text: string): void {
  news.textContent = text;
  news.hidden = text === '';
}

function start(): void {
  door.hide();
  room.hidden = false;
  keysRoom.hidden = !matchMedia('(pointer: coarse)').matches;
  say(words.page.connecting);
  const fit = new FitAddon();
  const one = new Terminal({
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", Menlo, Consolas, monospace',
    fontSize: room.clientWidth < 600 ? 11 : 14,
    theme: dark.matches ? DARK : LIGHT,
    scrollback: 0,
    screenReaderMode: false,
    // What a program prints may look like a link; where it leads is not for it to say.
    linkHandler: { activate: () => undefined },
  });
  terminal = one;
  one.loadAddon(fit);
  one.open(room);
  fit.fit();
  const keys = createKeys(keysRoom, words.page.keys, (data) => {
    line?.type(data);
    one.focus();
  });
  const own = openLine({
    hello() {
      const back = localStorage.getItem(BACK);
      const { cols: columns, rows } = one;
      const who = given === undefined ? { back: back ?? '' } : given;
      return { type: 'hello', columns, rows, lang, ...who };
    },
    shown: (bytes) => one.write(bytes, () => own.say({ type: 'drawn', bytes: bytes.length })),
    told: (told) => take(told),
    connected(is) {
      // The program draws all of it again.
      if (is) one.reset();
      say(is ? '' : words.page.lost);
    },
  });
  line = own;
  one.onData((data) => own.type(keys.typed(data)));
  one.onBinary((data) => own.type(data));
  one.onResize(({ cols: columns, rows }) => own.say({ type: 'size', columns, rows }));
  const sized = new ResizeObserver(() => {
    if (terminal === one && !room.hidden) fit.fit();
  });
  sized.observe(room);
  one.focus();
}

function take(told: Told): void {
  if (told.type === 'welcome') {
    if (told.back !== undefined) localStorage.setItem(BACK, told.back);
    // From here on they come back by it, also after a lost connection.
    given = undefined;
    return;
  }
  leave();
  if (told.type === 'refused') {
    if (told.why === 'wrong-back') localStorage.removeItem(BACK);
    door.show(refusalText(told.why, told));
  } else door.show(told.why === 'left' ? words.left : endText(told.why));
}

function leave(): void {
  line?.close();
  line = undefined;
  terminal?.dispose();
  terminal = undefined;
  room.replaceChildren();
  room.hidden = true;
  keysRoom.hidden = true;
  say('');
}

function refusalText(why: Refusal, told: { again?: number; places?: number }): string {
  const { page } = words;
  switch (why) {
    case 'wrong-code':
      return page.wrongCode;
    case 'wrong-back':
      return page.wrongBack;
    case 'too-many-tries':
      return page.tooManyTries(told.again ?? 60);
    case 'name-needed':
      return page.nameNeeded;
    case 'name-taken':
      return words.nameTaken(given?.name ?? '');
    case 'full':
      return words.full(told.places ?? 1);
    case 'broken':
      return words.broken;
  }
}

function endText(why: Exclude<Extract<Told, { type: 'over' }>['why'], 'left'>): string {
  return why === 'kept' ? words.ended.kept('64 MiB') : words.ended[why];
}

dark.addEventListener('change', () => {
  if (terminal) terminal.options.theme = dark.matches ? DARK : LIGHT;
});
