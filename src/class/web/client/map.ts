/**
 * The network of who presents, over all of the screen, for the projector: a picture of vectors, sharp at any size, with what
 * the class has to know in its corners. Nothing of any learner is on it.
 */
import type { ShownHop, ShownMap } from '../../../board/shown-map.ts';
import { BOARD_PATH } from '../../../board/socket.ts';
import { titleOf } from '../../../board/view/places.ts';
import { pollsOf } from '../../../board/view/totals.ts';
import { type Child, h, type View } from './dom.ts';
import { connectionView, timerView } from './header.ts';
import type * as Pictures from './map-picture.ts';
import type { Page } from './state.ts';

/** An announcement stays so long before the eyes of all. */
const SAID_MS = 10 * 60_000;
/** So many rows fill the height at the least: a single machine is not drawn the size of a door. */
const FEWEST_ROWS = 15;
/** About what stands above and below the picture. */
const AROUND = 0.84;

let pictures: typeof Pictures | undefined;
let asked = false;

function loaded(then: () => void): typeof Pictures | undefined {
  if (!asked) {
    asked = true;
    const file = `${BOARD_PATH}/map.js`;
    import(file).then(
      (module: typeof Pictures) => {
        pictures = module;
        then();
      },
      () => {
        asked = false;
      },
    );
  }
  return pictures;
}

/** Drawn anew only when it is another one, or has another place. */
let drawn: { map: ShownMap; room: string; view: Child; routes: boolean } | undefined;
/** Bands that are new come into sight; those of the hop before stay as they are. */
let pointed = { changes: '', round: 0 };

function roundOf({ changes }: ShownMap): number {
  const now = JSON.stringify(changes);
  if (now !== pointed.changes) pointed = { changes: now, round: pointed.round + 1 };
  return pointed.round;
}

function svgView(sheet: Pictures.Sheet, title: string, round: number, { plain }: typeof Pictures): View {
  const { width, spoken, bands, lines, texts } = sheet;
  const height = Math.max(sheet.height, FEWEST_ROWS * 18);
  const fixed = (n: number) => n.toFixed(1);
  return h(
    'svg',
    {
      viewBox: `0 ${(sheet.height - height) / 2} ${width} ${height}`,
      preserveAspectRatio: 'xMidYMid meet',
      role: 'img',
      'aria-label': `${title}. ${spoken}`,
    },
    bands.map(({ kind, x, y, width: w, height: tall }) =>
      h('rect', {
        key: `${round} ${kind} ${fixed(x)} ${y}`,
        class: `band ${kind}`,
        x: fixed(x),
        y: fixed(y),
        width: fixed(w),
        height: fixed(tall),
        rx: 3,
      }),
    ),
    lines.map(({ tone, dashed, path }) =>
      h('path', { class: `${tone}-l${dashed ? ' dashed' : ''}`, d: path, key: `${tone} ${dashed}` }),
    ),
    texts.map(({ tone, x, y, length, text }) =>
      h(
        'text',
        {
          class: tone,
          x: fixed(x),
          y: fixed(y),
          textLength: fixed(length),
          lengthAdjust: 'spacingAndGlyphs',
        },
        plain(text),
      ),
    ),
  );
}

function hopView({ place, says, tone, packet, answer, at, of }: ShownHop, { words }: Page): View {
  const said = says.map((one) => (one.trim() === '' ? one : words.inWords(one.trim()))).join('');
  const text = tone === 'seen' || tone === 'decided' ? `${words.inWords(place)}${words.colon}${said}` : said;
  return h(
    'p',
    { class: `hopline ${tone}`, key: 'hop', role: 'status' },
    h('span', { class: 'count' }, words.map.hop(at + 1, of)),
    h('span', { class: 'packet' }, `${answer ? '←' : '→'} ${words.inWords(packet)}`),
    h('strong', {}, text),
  );
}

function sheetView(page: Page): Child {
  const { link, words, ui, set } = page;
  const { shown } = link;
  const note = (...lines: Child[]) => h('div', { class: 'note', key: 'note' }, lines);
  if (shown === undefined) return note(h('p', {}, words.map.waiting));
  const { map } = shown;
  if (map === undefined)
    return note(h('p', {}, words.map.none), h('p', { class: 'soft' }, words.map.noneNext));
  if (map.tooLarge) return note(h('p', {}, words.map.tooLarge));
  if (map.network === undefined) return note(h('p', {}, words.map.failed(words.inWords(map.failure ?? ''))));
  const module = loaded(() => set({}));
  if (module === undefined) return note(h('p', {}, words.map.waiting));
  const room = { width: innerWidth, height: innerHeight * AROUND, language: words.name, routes: ui.routes };
  const asText = JSON.stringify(room);
  if (drawn?.map !== map || drawn.room !== asText) {
    const sheet = module.sheetOf(map, room)!;
    const view = svgView(sheet, words.map.title, roundOf(map), module);
    drawn = { map, room: asText, view, routes: sheet.routes };
  }
  return drawn.view;
}

/** The address by which learners reach the host: that by which this page did, unless that is only the machine itself. */
function joinView({ link, words, ui }: Page): Child {
  const { invitation } = link;
  if (invitation === undefined || ui.join === false) return false;
  const isHere = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  const host = isHere ? invitation.address : location.host.replace(/:8443$/, '');
  return h(
    'p',
    { class: 'joining', key: 'join' },
    h('span', {}, words.map.join),
    h('code', {}, `wirebook class join ${host} ${invitation.code}`),
    invitation.places && [
      h('span', {}, words.map.browser),
      h('code', {}, `${location.protocol}//${isHere ? withPort(invitation.address) : location.host}/join`),
    ],
  );
}

const withPort = (address: string): string => {
  if (/^\[.*\]:\d+$|^[^:]+:\d+$/.test(address)) return address;
  return `${address.includes(':') ? `[${address}]` : address}:8443`;
};

function pollingView({ board, words }: Page): Child {
  const [poll] = pollsOf(board);
  if (!poll?.open) return false;
  const votes = poll.votes.reduce((sum, n) => sum + n, 0);
  // How they vote is for the instructor until it is closed.
  return h(
    'section',
    { class: 'polling', key: 'poll', 'aria-label': words.poll.title },
    h('p', {}, h('strong', {}, poll.question)),
    h(
      'ol',
      {},
      poll.choices.map((choice, at) => h('li', { key: `${at}` }, choice)),
    ),
    h('p', { class: 'soft' }, words.poll.votes(votes)),
  );
}

function toolsView(page: Page): View {
  const { words, ui, set } = page;
  const button = (label: string, click: () => void, pressed?: boolean) =>
    h(
      'button',
      {
        type: 'button',
        on: { click },
        ...(pressed === undefined ? {} : { 'aria-pressed': String(pressed) }),
      },
      label,
    );
  return h(
    'div',
    { class: 'tools', key: 'tools' },
    button(words.map.leave, () => set({ mode: 'board' })),
    document.fullscreenEnabled && button(words.map.full, toggleFull),
    button(words.map.routes, () => set({ routes: !showsRoutes(page) }), showsRoutes(page)),
    page.link.invitation !== undefined &&
      button(words.map.code, () => set({ join: ui.join === false }), ui.join !== false),
  );
}

const showsRoutes = ({ ui }: Page): boolean => ui.routes ?? drawn?.routes ?? false;

function toggleFull(): void {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  done.catch(() => {});
}

/** What a key does here; clickers and their kind move the class on as in the presenter's view. */
export function pressOnMap(key: string, page: Page): void {
  if (key === 'Escape' && !document.fullscreenElement) page.set({ mode: 'board' });
  if (key === 'f') toggleFull();
  if (key === 'r') page.set({ routes: !showsRoutes(page) });
  if (key === 'j') page.set(({ join }) => ({ join: join === false }));
}

export function mapPage(page: Page): Child[] {
  const { board, course, link, now, words } = page;
  const map = link.shown?.map;
  const where =
    board.where && (map === undefined || board.where.lesson === map.lesson) ? board.where : undefined;
  const lesson = course.lessons.find(({ id }) => id === map?.lesson);
  const latest = board.announcements.toSorted((a, b) => b.at - a.at)[0];
  const sheet = sheetView(page);
  return [
    h(
      'div',
      { class: 'above', key: 'above' },
      h('h1', {}, where ? titleOf(course, where) : (lesson?.title ?? board.title)),
      board.ended && h('p', {}, words.end.ended),
      timerView(page),
    ),
    connectionView(page),
    map?.hop && hopView(map.hop, page),
    h('div', { class: 'sheet', key: 'sheet' }, sheet),
    pollingView(page),
    h(
      'div',
      { class: 'below', key: 'below' },
      toolsView(page),
      latest && now - latest.at < SAID_MS && h('p', { class: 'announced', key: 'said' }, latest.text),
      joinView(page),
    ),
  ];
}
