/** Starts the page: the line to the host, the state, and a drawing whenever one of them has changed. */
import { createLink, type Link, type ReportGot } from '../../../board/link.ts';
import { PROTOCOL, SOCKET } from '../../../board/socket.ts';
import { placeBeside } from '../../../board/view/places.ts';
import { handsOf, questionsOf } from '../../../board/view/totals.ts';
import { BOARD_LANGUAGES, boardWords } from '../../../page/words/board/choose.ts';
import { draw, h } from './dom.ts';
import { connectionView } from './header.ts';
import { pressOnMap } from './map.ts';
import { pageView } from './page.ts';
import { createId, PLAIN_UI, pageOf, type Theme, type Ui } from './state.ts';

/** How long what was just done is told. */
const NOTICE_MS = 4000;
/** Who hears the page hears what has come at most so often. */
const NEWS_MS = 8000;

const root = document.getElementById('page')!;
const news = document.getElementById('news')!;

/** Private windows may refuse storage; then nothing is remembered, and that is all. */
const remembered = {
  get(kind: 'local' | 'session', name: string): string | undefined {
    try {
      return (kind === 'local' ? localStorage : sessionStorage).getItem(`wirebook.${name}`) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(kind: 'local' | 'session', name: string, value: string): void {
    try {
      (kind === 'local' ? localStorage : sessionStorage).setItem(`wirebook.${name}`, value);
    } catch {}
  },
};

/** `#map`, or `#KEY/map` for a machine at the projector that has not had the key yet. */
const MAP = 'map';

function readHash(): { key: string | undefined; onMap: boolean } {
  const [first = '', second] = location.hash.slice(1).split('/');
  const isMap = first === MAP;
  const given = isMap ? '' : decodeURIComponent(first);
  return { key: given === '' ? undefined : given, onMap: isMap || second === MAP };
}

/** The key stands after #, which no server is sent; then it is taken out of the address, where others may read it. */
function takeKey(): string | undefined {
  const { key, onMap } = readHash();
  if (onMap) ui = { ...ui, mode: 'map' };
  if (key === undefined) return remembered.get('session', 'key');
  remembered.set('session', 'key', key);
  showHash();
  return key;
}

/** The map has an address of its own: it is there again after the page was loaded anew. */
function showHash(): void {
  const hash = ui.mode === 'map' ? `#${MAP}` : '';
  if (location.hash !== hash) history.replaceState(null, '', location.pathname + location.search + hash);
}

function followHash(): void {
  const { key, onMap } = readHash();
  if (key !== undefined) location.reload();
  else if (onMap !== (ui.mode === 'map')) set({ mode: onMap ? 'map' : 'board' });
}

let ui: Ui = {
  ...PLAIN_UI,
  theme: (remembered.get('local', 'theme') as Theme | undefined) ?? 'auto',
  language: remembered.get('local', 'language') ?? boardWords(navigator.language).name,
};
let link: Link | undefined;
let drawing = false;
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

function set(wanted: Partial<Ui> | ((ui: Ui) => Partial<Ui>)): void {
  const change = typeof wanted === 'function' ? wanted(ui) : wanted;
  ui = { ...ui, ...change };
  if (ui.open === undefined) delete ui.cell;
  if (ui.cell === undefined) link?.lookAway();
  link?.watch(ui.mode === 'map');
  showHash();
  if (change.theme) remembered.set('local', 'theme', change.theme);
  if (change.language) remembered.set('local', 'language', change.language);
  if (change.notice !== undefined) {
    clearTimeout(noticeTimer);
    noticeTimer = setTimeout(() => set({ notice: undefined }), NOTICE_MS);
  }
  schedule();
}

function schedule(): void {
  if (drawing) return;
  drawing = true;
  const go = () => {
    drawing = false;
    render();
  };
  // A page in the background has no frames; it must not be old when one comes back to it.
  if (document.hidden) setTimeout(go, 500);
  else requestAnimationFrame(go);
}

/** A dialog is opened and closed by the browser, which keeps the focus in it and gives it back after. */
function followDialog(id: string, open: boolean): void {
  const dialog = document.getElementById(id) as HTMLDialogElement | null;
  if (!dialog || dialog.open === open) return;
  if (open) dialog.showModal();
  else dialog.close();
}

function dress(): void {
  const { documentElement } = document;
  const words = boardWords(ui.language);
  documentElement.lang = words.name;
  if (ui.theme === 'auto') documentElement.removeAttribute('data-theme');
  else documentElement.dataset.theme = ui.theme;
}

function render(): void {
  dress();
  const words = boardWords(ui.language);
  const state = link?.getState();
  const page = link && state && pageOf(ui, state, link, set);
  if (page) {
    document.title = `${page.board.title} · Wirebook`;
    draw(root, pageView(page));
    followDialog('detail', ui.mode === 'board' && page.board.rows.some(({ id }) => id === ui.open));
    followDialog('compose', ui.compose !== undefined);
    return;
  }
  const said =
    link && state
      ? [
          connectionView({ link: state, words, retry: link.retry }),
          state.refused?.next.map((line) => h('p', {}, line)),
        ]
      : [h('p', {}, words.connection.keyless), h('p', {}, words.connection.keylessNext)];
  draw(root, [h('main', { class: 'alone' }, h('h1', {}, words.title), said)]);
}

/** What has newly come, gathered: a screen reader that is told each hand of a thousand says nothing else any more. */
function watchNews(client: Link): void {
  const known = { hands: new Set<string>(), questions: new Set<string>() };
  const fresh = { hands: 0, questions: 0 };
  let first = true;
  let connected = true;
  let lost = false;
  client.subscribe(() => {
    const { board, connection } = client.getState();
    if (connection === 'lost') lost = true;
    if (connection === 'open' && lost) {
      lost = false;
      connected = false;
    }
    if (!board) return;
    const hands = new Set(handsOf(board.rows).map(({ id }) => id));
    const questions = new Set(questionsOf(board).map(({ learner, id }) => `${learner} ${id}`));
    if (!first) {
      for (const id of hands) if (!known.hands.has(id)) fresh.hands++;
      for (const id of questions) if (!known.questions.has(id)) fresh.questions++;
    }
    first = false;
    known.hands = hands;
    known.questions = questions;
  });
  setInterval(() => {
    const words = boardWords(ui.language);
    const said = [
      !connected && words.connection.back,
      fresh.hands > 0 && words.news.hands(fresh.hands),
      fresh.questions > 0 && words.news.questions(fresh.questions),
    ].filter((one) => one !== false);
    connected = true;
    fresh.hands = 0;
    fresh.questions = 0;
    if (said.length > 0 || news.textContent !== '') news.textContent = said.join('. ');
  }, NEWS_MS);
}

/** The report that was asked for, as a download. */
function takeReports(client: Link): void {
  let taken: ReportGot | undefined;
  client.subscribe(() => {
    const { report } = client.getState();
    if (report === undefined || !('text' in report) || report === taken) return;
    taken = report;
    const url = URL.createObjectURL(new Blob([report.text], { type: report.mime }));
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.download = report.name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  });
}

/** Clickers of presenters send these keys. */
function pressed({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): void {
  const state = link?.getState();
  if (!['presenter', 'map'].includes(ui.mode) || !link || !state?.board || !state.course) return;
  if (ctrlKey || altKey || metaKey) return;
  if ((target as HTMLElement).matches('input, textarea, select, .scroll, .notes')) return;
  if (ui.mode === 'map') {
    const page = pageOf(ui, state, link, set);
    if (page) pressOnMap(key, page);
    return;
  }
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[key] as 1 | -1 | undefined;
  if (by === undefined) return;
  const place = placeBeside(state.course, state.board.where, by);
  if (place) link.say({ type: 'where', place });
}

function start(): void {
  const key = takeKey();
  if (key !== undefined) {
    const url = new URL(SOCKET.path, location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    link = createLink({
      key,
      board: createId(),
      protocol: PROTOCOL,
      now: () => Date.now(),
      after(ms, then) {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
      connect(on) {
        const socket = new WebSocket(url);
        socket.onopen = on.opened;
        socket.onmessage = ({ data }) => on.message(String(data));
        socket.onclose = () => on.closed();
        return { send: (text) => socket.readyState === 1 && socket.send(text), close: () => socket.close() };
      },
    });
    link.watch(ui.mode === 'map');
    link.subscribe(schedule);
    watchNews(link);
    takeReports(link);
  }
  addEventListener('hashchange', followHash);
  addEventListener('resize', schedule);
  addEventListener('keydown', pressed);
  document.addEventListener('visibilitychange', () => !document.hidden && schedule());
  // Times count.
  setInterval(() => !document.hidden && schedule(), 1000);
  if (!BOARD_LANGUAGES.some(({ name }) => name === ui.language)) ui = { ...ui, language: 'en' };
  schedule();
}

start();
