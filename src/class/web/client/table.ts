/**
 * The learners, a row each. Of two thousand only those in sight are in the document, between two empty rows as high as the
 * others would be; the arrows move from row to row, so that Tab has one stop in all of them.
 */
import type { LearnerRow } from '../../../board/rows.ts';
import { rowSays } from '../../../board/view/says.ts';
import { FILTERS, type Filter, type Query, SORTS, type Sort } from '../../../board/view/select.ts';
import { columnsOf, type StepColumn, stepMark } from '../../../board/view/steps.ts';
import { totalsOf } from '../../../board/view/totals.ts';
import { type Child, h, type View } from './dom.ts';
import { choice } from './header.ts';
import type { Page } from './state.ts';

const SIGN = { none: '', here: '●', begun: '◐', running: '…', failed: '✗', broken: '!', done: '✓' } as const;
/** Above and below what is seen. */
const SPARE = 6;

/** In pixels; who sets larger letters has higher rows. */
export const rowHeight = (): number => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Math.round(rem * (matchMedia('(max-width: 48rem)').matches ? 4.25 : 2.5));
};

function toolbar({ board, words, ui, rows, set }: Page): View {
  const { query } = ui;
  const totals = totalsOf(board.rows);
  const ask = (change: Partial<Query>) => set((ui) => ({ query: { ...ui.query, ...change }, top: 0 }));
  const countOf = (filter: Filter) =>
    filter === 'all'
      ? board.rows.length
      : filter === 'hands'
        ? totals.hands
        : filter === 'away'
          ? totals.by.away + totals.by.left
          : totals.by[filter];
  return h(
    'div',
    { class: 'tools' },
    h(
      'div',
      { class: 'filters', role: 'group', 'aria-label': words.filterBy },
      FILTERS.map((filter) =>
        h(
          'button',
          {
            key: filter,
            type: 'button',
            class: `chip ${filter}`,
            'aria-pressed': String(query.filter === filter && query.check === undefined),
            on: { click: () => ask({ filter, check: undefined }) },
          },
          words.filter[filter],
          h('b', {}, countOf(filter)),
        ),
      ),
    ),
    h(
      'div',
      { class: 'ask' },
      h('input', {
        type: 'search',
        'aria-label': words.search,
        placeholder: words.search,
        set: { value: query.text },
        on: { input: (event) => ask({ text: (event.target as HTMLInputElement).value }) },
      }),
      choice(
        words.sortBy,
        query.sort,
        SORTS.map((sort) => [sort, words.sort[sort]]),
        (sort) => ask({ sort: sort as Sort }),
      ),
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': String(query.reversed),
          on: {
            click: () => set((ui) => ({ query: { ...ui.query, reversed: !ui.query.reversed }, top: 0 })),
          },
        },
        words.reverse,
      ),
    ),
    h(
      'p',
      { class: 'soft' },
      query.check !== undefined
        ? [
            words.onlyCheck,
            ' ',
            h('button', { type: 'button', on: { click: () => ask({ check: undefined }) } }, words.showAll),
          ]
        : words.shownOf(rows.length, board.rows.length),
    ),
  );
}

function rowView(
  page: Page,
  row: LearnerRow,
  at: number,
  columns: readonly StepColumn[],
  active: boolean,
): View {
  const { words, course, now, lesson, names, set, ui } = page;
  const { status, detail } = rowSays(row, course, now, words);
  const name = names.get(row.id) ?? row.name;
  const hidden = ui.mode === 'projector';
  return h(
    'tr',
    {
      key: row.id,
      role: 'row',
      'aria-rowindex': at + 2,
      class: `${row.status}${row.hand ? ' hand' : ''}`,
    },
    h(
      'th',
      { scope: 'row', role: 'rowheader' },
      hidden
        ? h('span', { class: 'who', tabindex: active ? '0' : '-1', 'data-row': row.id }, name)
        : h(
            'button',
            {
              type: 'button',
              class: 'who',
              tabindex: active ? '0' : '-1',
              'data-row': row.id,
              on: {
                click: () => set({ open: row.id, active: row.id }),
                focus: () => ui.active !== row.id && set({ active: row.id }),
              },
            },
            name,
          ),
      row.hand && h('span', { class: 'raised', role: 'img', 'aria-label': words.handUp }),
    ),
    h(
      'td',
      { class: 'now', role: 'cell' },
      h('span', { class: `state ${row.status}` }, status),
      h('span', { class: 'detail', title: detail }, detail),
    ),
    columns.map((column) => {
      const mark = lesson ? stepMark(row, lesson.id, column) : 'none';
      return h(
        'td',
        { class: 'step', role: 'cell', key: `step ${column.step}` },
        h('span', { class: `mark ${mark}`, role: 'img', 'aria-label': words.mark[mark] }, SIGN[mark]),
      );
    }),
    h('td', { class: 'number', role: 'cell' }, row.points),
  );
}

/** A row as high as all those that are not there. */
const space = (key: string, height: number, columns: number): Child =>
  height > 0 &&
  h(
    'tr',
    { key, class: 'space', role: 'presentation', style: { height: `${height}px` } },
    h('td', { colspan: columns, role: 'presentation' }),
  );

function moveTo(page: Page, element: HTMLElement, at: number): void {
  const { rows, set } = page;
  const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
  if (!row) return;
  const height = rowHeight();
  const own = rows.indexOf(row) * height;
  const head = element.querySelector('thead')?.clientHeight ?? 0;
  if (own < element.scrollTop) element.scrollTop = own;
  else if (own + height > element.scrollTop + element.clientHeight - head)
    element.scrollTop = own + height - element.clientHeight + head;
  set({ active: row.id, top: element.scrollTop });
  // The row may come into the document with the next drawing only.
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      element
        .querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)
        ?.focus({ preventScroll: true }),
    ),
  );
}

function pressed(page: Page, event: Event): void {
  const { key, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
  if (ctrlKey || altKey || metaKey) return;
  const element = event.currentTarget as HTMLElement;
  const now = page.rows.findIndex(({ id }) => id === page.ui.active);
  const window = Math.max(1, Math.floor(element.clientHeight / rowHeight()) - 2);
  const to: Readonly<Record<string, number>> = {
    ArrowDown: now + 1,
    ArrowUp: Math.max(0, now - 1),
    PageDown: now + window,
    PageUp: now - window,
    Home: 0,
    End: page.rows.length - 1,
  };
  const at = to[key];
  if (at === undefined) return;
  event.preventDefault();
  moveTo(page, element, at);
}

/** What stands in the document: those in sight, and the one that has the focus. */
function windowOf(page: Page, height: number): { from: number; to: number } {
  const seen = Math.ceil(innerHeight / height);
  const from = Math.max(0, Math.floor(page.ui.top / height) - SPARE);
  return { from, to: Math.min(page.rows.length, from + seen + 2 * SPARE) };
}

export function tableView(page: Page): View {
  const { words, rows, lesson, board, set, ui } = page;
  const columns = lesson ? columnsOf(lesson) : [];
  const height = rowHeight();
  const { from, to } = windowOf(page, height);
  const shown = rows.slice(from, to);
  const active = shown.some(({ id }) => id === ui.active) ? ui.active : shown[0]?.id;
  const width = columns.length + 3;
  return h(
    'section',
    { class: 'learners', 'aria-label': words.column.learner },
    toolbar(page),
    rows.length === 0
      ? h('p', { class: 'none' }, board.rows.length === 0 ? words.nobody : words.nobodyFits)
      : h(
          'div',
          {
            class: 'scroll',
            role: 'region',
            tabindex: '0',
            'aria-label': `${words.column.learner}. ${words.moreHint}`,
            on: {
              keydown: (event) => pressed(page, event),
              scroll: (event) => {
                const { scrollTop } = event.currentTarget as HTMLElement;
                if (Math.abs(scrollTop - ui.top) > height) set({ top: scrollTop });
              },
            },
          },
          h(
            'table',
            { role: 'table', 'aria-rowcount': rows.length + 1, 'aria-colcount': width },
            h(
              'thead',
              { role: 'rowgroup' },
              h(
                'tr',
                { role: 'row', 'aria-rowindex': '1' },
                h('th', { scope: 'col', role: 'columnheader' }, words.column.learner),
                h('th', { scope: 'col', role: 'columnheader', class: 'now' }, words.column.status),
                columns.map(({ step, title }, at) =>
                  h(
                    'th',
                    { scope: 'col', role: 'columnheader', class: 'step', key: `step ${step}`, title },
                    h('span', { 'aria-hidden': 'true' }, at + 1),
                    h('span', { class: 'sr' }, `${words.step(at + 1)}${words.colon}${title}`),
                  ),
                ),
                h('th', { scope: 'col', role: 'columnheader', class: 'number' }, words.column.points),
              ),
            ),
            h(
              'tbody',
              { role: 'rowgroup' },
              space('above', from * height, width),
              shown.map((row, at) => rowView(page, row, from + at, columns, row.id === active)),
              space('below', (rows.length - to) * height, width),
            ),
          ),
        ),
  );
}
