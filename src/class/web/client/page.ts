/** The whole page out of its parts. */

import { handsOf, questionsOf } from '../../../board/view/totals.ts';
import { presenterPage, projectorView } from './big.ts';
import { detailView } from './detail.ts';
import { type Child, h, type View } from './dom.ts';
import { connectionView, headerView } from './header.ts';
import { mapPage } from './map.ts';
import { needsViews } from './needs.ts';
import { runViews } from './run.ts';
import { sayViews, writing } from './say.ts';
import { createId, type Page, type Tab } from './state.ts';
import { stepsView } from './steps.ts';
import { tableView } from './table.ts';

const TABS: readonly Tab[] = ['board', 'attention', 'run', 'say'];

function tabs({ ui, words, board, set }: Page): View {
  const waiting = handsOf(board.rows).length + questionsOf(board).filter(({ answered }) => !answered).length;
  const move = (event: Event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
    if (step === undefined) return;
    event.preventDefault();
    const list = event.currentTarget as HTMLElement;
    // On a wide screen the board has no tab: it is always there.
    const all = [...list.querySelectorAll<HTMLElement>('[role=tab]')].filter(
      (one) => one.offsetParent !== null,
    );
    const at = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
    const next = all[(at + step + all.length) % all.length];
    if (!next) return;
    set({ tab: next.dataset.tab as Tab });
    next.focus();
  };
  const list = h(
    'div',
    { class: 'list', role: 'tablist', on: { keydown: move } },
    TABS.map((tab) =>
      h(
        'button',
        {
          key: tab,
          type: 'button',
          role: 'tab',
          id: `tab-${tab}`,
          class: tab,
          'data-tab': tab,
          'aria-selected': String(ui.tab === tab),
          'aria-controls': tab === 'board' ? 'board' : 'side',
          tabindex: ui.tab === tab ? '0' : '-1',
          on: { click: () => set({ tab }) },
        },
        words.tabs[tab],
        tab === 'attention' && waiting > 0 && h('b', {}, waiting),
      ),
    ),
  );
  return h('nav', { class: 'tabs', 'aria-label': words.title }, list);
}

function side(page: Page): View {
  const { tab } = page.ui;
  const views: Readonly<Record<Tab, (page: Page) => Child[]>> = {
    board: needsViews,
    attention: needsViews,
    run: runViews,
    say: sayViews,
  };
  // On a wide screen the tab of the board means nothing of its own beside it.
  const shown = tab === 'board' ? 'attention' : tab;
  return h(
    'div',
    { id: 'side', key: 'side', role: 'tabpanel', 'aria-labelledby': `tab-${shown}` },
    h('div', { key: shown, class: 'panels' }, views[tab](page)),
  );
}

/** A dialog that the browser keeps the focus in; open exactly while it has something to show. */
function dialog(id: string, content: readonly Child[] | undefined, close: () => void, label: string): View {
  return h(
    'dialog',
    {
      key: id,
      id,
      'aria-labelledby': label,
      on: {
        close,
        click: (event) => {
          if (event.target === event.currentTarget) close();
        },
      },
    },
    content && h('div', { class: 'inside' }, content),
  );
}

function composeView({ ui, words, board, say, set }: Page): Child[] | undefined {
  const { compose } = ui;
  if (!compose) return undefined;
  const { to, lesson, cell, about } = compose;
  const name = board.rows.find(({ id }) => id === to)?.name;
  return [
    h(
      'div',
      { class: 'head', key: 'head' },
      h('h2', { id: 'compose-title' }, name ? words.say.hintTo(name) : words.say.hintAll),
      h('button', { type: 'button', on: { click: () => set({ compose: undefined }) } }, words.say.cancel),
    ),
    about !== undefined && h('p', { class: 'soft', key: 'about' }, about),
    writing(
      words.say.hint,
      name ? words.say.placeholderOne : words.say.placeholder,
      words.say.send,
      (text) => {
        const at = lesson !== undefined && cell !== undefined ? { lesson, cell } : {};
        say(
          { type: 'hint', id: createId(), ...(to === undefined ? {} : { to }), ...at, text },
          words.say.sent,
        );
        set({ compose: undefined });
      },
    ),
  ];
}

export function pageView(page: Page): Child[] {
  const { ui, board, set } = page;
  const opened = board.rows.find(({ id }) => id === ui.open);
  const main: Readonly<Record<typeof ui.mode, () => View>> = {
    board: () =>
      h(
        'main',
        { key: 'board', class: `board tab-${ui.tab}` },
        h('div', { id: 'board', key: 'board', class: 'middle' }, stepsView(page), tableView(page)),
        h('div', { class: 'beside', key: 'beside' }, side(page)),
      ),
    projector: () => h('main', { key: 'projector', class: 'projector' }, projectorView(page)),
    presenter: () => h('main', { key: 'presenter', class: 'presenter' }, presenterPage(page)),
    map: () => h('main', { key: 'map', class: 'map' }, mapPage(page)),
  };
  // Over all of the screen: nothing else is on it.
  if (ui.mode === 'map') return [main.map()];
  return [
    headerView(page),
    connectionView(page),
    ui.mode === 'board' && tabs(page),
    main[ui.mode](),
    dialog(
      'detail',
      opened && ui.mode === 'board' ? detailView(page, opened) : undefined,
      () => {
        if (page.ui.open !== undefined) set({ open: undefined, cell: undefined, sure: undefined });
      },
      'detail-title',
    ),
    dialog(
      'compose',
      composeView(page),
      () => {
        if (page.ui.compose) set({ compose: undefined });
      },
      'compose-title',
    ),
    h('p', { class: 'notice', role: 'status', key: 'notice' }, ui.notice ?? ''),
  ];
}
