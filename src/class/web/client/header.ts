/** The head of the page: which class, how the line is, what the timer says, and how the page looks. */

import { timerLeft } from '../../../board/view/says.ts';
import { clock } from '../../../board/view/time.ts';
import { totalsOf } from '../../../board/view/totals.ts';
import { BOARD_LANGUAGES } from '../../../page/words/board/choose.ts';
import { type Child, h, type View } from './dom.ts';
import type { Mode, Page, Theme } from './state.ts';

const chosenIn = (event: Event): string => (event.target as HTMLSelectElement).value;

export function choice(
  label: string,
  value: string,
  options: readonly (readonly [value: string, text: string])[],
  change: (value: string) => void,
  more: { class?: string } = {},
): View {
  return h(
    'label',
    { class: `choice ${more.class ?? ''}`.trim() },
    h('span', {}, label),
    h(
      'select',
      { set: { value }, on: { change: (event) => change(chosenIn(event)) } },
      options.map(([own, text]) => h('option', { value: own }, text)),
    ),
  );
}

export function timerView({ board, words, now }: Page): Child {
  const timer = timerLeft(board, now);
  if (!timer) return false;
  const over = timer.leftMs <= 0;
  return h(
    'p',
    { class: over ? 'timer over' : timer.leftMs < 60_000 ? 'timer soon' : 'timer' },
    h('span', {}, timer.label || words.timer.usual),
    h('strong', {}, over ? words.timer.over : clock(timer.leftMs + 999)),
  );
}

/** The notice of a lost connection, in the place of nothing else: what is seen below it is old. */
export function connectionView({ link, words, retry }: Pick<Page, 'link' | 'words' | 'retry'>): Child {
  const { connection, againAt, unheard, refused } = link;
  if (connection === 'refused' && refused)
    return h(
      'div',
      { class: 'lost', role: 'alert', key: 'refused' },
      h('p', {}, words.refused[refused.code]),
    );
  if (connection === 'open') return false;
  const seconds = Math.max(0, Math.ceil(((againAt ?? 0) - Date.now()) / 1000));
  return h(
    'div',
    { class: 'lost', key: 'lost' },
    h('p', { role: 'alert' }, connection === 'lost' ? words.connection.lost : words.connection.connecting),
    h(
      'p',
      {},
      connection === 'lost' && words.connection.again(seconds),
      unheard > 0 && ` ${words.connection.unheard(unheard)}.`,
    ),
    connection === 'lost' && h('button', { type: 'button', on: { click: retry } }, words.connection.now),
  );
}

function modeButton({ ui, set }: Page, mode: Mode, label: string): View {
  const on = ui.mode === mode;
  return h(
    'button',
    {
      type: 'button',
      'aria-pressed': String(on),
      on: { click: () => set({ mode: on ? 'board' : mode, open: undefined }) },
    },
    label,
  );
}

export function headerView(page: Page): View {
  const { board, words, ui, link, set } = page;
  const { present, all } = totalsOf(board.rows);
  return h(
    'header',
    {},
    h(
      'div',
      { class: 'name' },
      h('h1', {}, board.title),
      h(
        'p',
        { class: 'soft' },
        h(
          'span',
          { class: `line ${board.ended ? 'over' : link.connection}` },
          board.ended
            ? words.end.ended
            : link.connection === 'open'
              ? words.connection.open
              : words.connection.connecting,
        ),
        h('span', {}, words.present(present, all)),
      ),
    ),
    timerView(page),
    h(
      'div',
      { class: 'look' },
      modeButton(page, 'projector', words.projector.on),
      modeButton(page, 'presenter', words.presenter.title),
      modeButton(page, 'map', words.map.title),
      choice(
        words.theme.label,
        ui.theme,
        (['auto', 'light', 'dark'] as const).map((theme) => [theme, words.theme[theme]]),
        (theme) => set({ theme: theme as Theme }),
        { class: 'small' },
      ),
      choice(
        'Language',
        words.name,
        BOARD_LANGUAGES.map(({ name, language }) => [name, language]),
        (language) => set({ language }),
        { class: 'small' },
      ),
    ),
  );
}
