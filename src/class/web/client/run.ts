/** What the instructor steers with: pace, where the class is, the timer, the end. */

import type { CoursePlace } from '../../../board/outline.ts';
import { OFFERED, type Offered } from '../../../board/reports.ts';
import { firstPlace, placeBeside, placeLabel, placesOf, titleOf } from '../../../board/view/places.ts';
import { paceSays } from '../../../board/view/says.ts';
import { readClock } from '../../../board/view/time.ts';
import { h, type View } from './dom.ts';
import { choice, timerView } from './header.ts';
import { notesView } from './markdown.ts';
import { panel } from './needs.ts';
import type { Page } from './state.ts';

const code = ({ lesson, step }: CoursePlace): string => `${step} ${lesson}`;
const decode = (text: string): CoursePlace => {
  const [step = '', ...lesson] = text.split(' ');
  return { lesson: lesson.join(' '), step: Number(step) };
};

/** Every step, with the lesson before it where there are several. */
export function placeOptions({ course }: Page): [string, string][] {
  return placesOf(course).map((place) => [code(place), placeLabel(course, place)]);
}

function paceView(page: Page): View {
  const { board, course, lesson, words, say } = page;
  const { pace, where } = board;
  const first = firstPlace(course, lesson);
  const gate = pace.mode === 'gated' ? pace.upTo : (where ?? first);
  const modes = ['free', 'gated', 'following'] as const;
  const next = gate && placeBeside(course, gate, 1);
  return panel(
    'pace',
    words.pace.title,
    h(
      'div',
      { class: 'choices', role: 'radiogroup', 'aria-labelledby': 'pace-title' },
      modes.map((mode) =>
        h(
          'label',
          { key: mode },
          h('input', {
            type: 'radio',
            name: 'pace',
            value: mode,
            set: { checked: pace.mode === mode },
            on: {
              change: () => {
                if (mode !== 'gated') say({ type: 'pace', pace: { mode } });
                else if (gate) say({ type: 'pace', pace: { mode, upTo: gate } });
                if (mode === 'following' && !where && first) say({ type: 'where', place: first });
              },
            },
          }),
          words.pace[mode],
        ),
      ),
    ),
    h('p', { class: 'soft', 'aria-live': 'polite' }, paceSays(pace, where, course, words)),
    pace.mode === 'gated' && [
      choice(words.pace.upTo, code(pace.upTo), placeOptions(page), (value) =>
        say({ type: 'pace', pace: { mode: 'gated', upTo: decode(value) } }),
      ),
      next !== undefined &&
        h(
          'button',
          {
            type: 'button',
            class: 'main',
            on: { click: () => say({ type: 'pace', pace: { mode: 'gated', upTo: next } }) },
          },
          words.pace.nextStep,
        ),
    ],
  );
}

export function whereButtons({ board, course, words, step }: Page): View {
  const { where } = board;
  const button = (by: 1 | -1, label: string) => {
    const possible = (where || by > 0) && placeBeside(course, where, by);
    return h(
      'button',
      {
        type: 'button',
        class: by > 0 ? 'main' : undefined,
        disabled: !possible,
        on: { click: () => step(by) },
      },
      label,
    );
  };
  return h('p', { class: 'row' }, button(-1, words.pace.back), button(1, words.pace.on));
}

export function notesOfPlace({ link, board }: Page): readonly string[] {
  const { where } = board;
  return (where && link.notes?.[where.lesson]?.[where.step]) || [];
}

function presenterView(page: Page): View {
  const { board, course, words, say } = page;
  const { where } = board;
  const next = where && placeBeside(course, where, 1);
  const notes = notesOfPlace(page);
  return panel(
    'presenter',
    words.pace.where,
    choice(
      words.presenter.now,
      where ? code(where) : '',
      [...(where ? [] : [['', words.pace.nowhere] as [string, string]]), ...placeOptions(page)],
      (value) => value !== '' && say({ type: 'where', place: decode(value) }),
    ),
    whereButtons(page),
    where &&
      next &&
      h('p', { class: 'soft' }, `${words.presenter.next}${words.colon}${titleOf(course, next)}`),
    notes.length > 0 && h('div', { class: 'notes' }, h('h3', {}, words.presenter.notes), notesView(notes)),
  );
}

function timerPanel(page: Page): View {
  const { board, words, say, set } = page;
  return panel(
    'timer-panel',
    words.timer.title,
    board.timer
      ? h(
          'div',
          { class: 'row', key: 'runs' },
          timerView(page),
          h(
            'button',
            { type: 'button', on: { click: () => say({ type: 'timer-stopped' }) } },
            words.timer.stop,
          ),
        )
      : h(
          'form',
          {
            key: 'form',
            on: {
              submit: (event) => {
                event.preventDefault();
                const form = new FormData(event.target as HTMLFormElement);
                const durationMs = readClock(String(form.get('time') ?? ''));
                if (durationMs === undefined) return set({ notice: words.timer.wrong });
                const label = String(form.get('label') ?? '').trim() || words.timer.usual;
                say({ type: 'timer', label, durationMs });
              },
            },
          },
          h(
            'label',
            {},
            h('span', {}, words.timer.minutes),
            h('input', { name: 'time', value: '5', size: 5, autocomplete: 'off' }),
          ),
          h(
            'label',
            {},
            h('span', {}, words.timer.label),
            h('input', {
              name: 'label',
              maxlength: 100,
              autocomplete: 'off',
              placeholder: words.timer.usual,
            }),
          ),
          h('button', { class: 'main' }, words.timer.start),
        ),
  );
}

function endView({ board, words, ui, set, say }: Page): View {
  return panel(
    'end',
    words.end.title,
    board.ended
      ? h('p', {}, words.end.ended)
      : ui.sure === 'end'
        ? h(
            'div',
            { key: 'sure' },
            h('p', {}, words.end.sure),
            h(
              'p',
              { class: 'row' },
              h(
                'button',
                {
                  type: 'button',
                  class: 'danger',
                  on: {
                    click: () => {
                      say({ type: 'class-ended' });
                      set({ sure: undefined });
                    },
                  },
                },
                words.end.yes,
              ),
              h(
                'button',
                { type: 'button', on: { click: () => set({ sure: undefined }) } },
                words.say.cancel,
              ),
            ),
          )
        : h(
            'button',
            { type: 'button', key: 'ask', on: { click: () => set({ sure: 'end' }) } },
            words.end.title,
          ),
  );
}

/** What the class comes to, also while it goes on; a file that the browser puts where its downloads go. */
function reportView({ words, link, report }: Page): View {
  const asked = link.report;
  const isComing = asked !== undefined && !('name' in asked) && !('because' in asked);
  const first: readonly Offered[] = ['html', 'csv'];
  const others = OFFERED.filter((format) => !first.includes(format));
  return panel(
    'report',
    words.report.title,
    h('p', { class: 'soft' }, words.report.about),
    h(
      'p',
      { class: 'row' },
      first.map((format) =>
        h(
          'button',
          { type: 'button', key: format, on: { click: () => report(format) } },
          words.report[format as 'html' | 'csv'],
        ),
      ),
    ),
    h(
      'form',
      {
        class: 'row',
        on: {
          submit: (event) => {
            event.preventDefault();
            const { value } = (event.target as HTMLFormElement).elements.namedItem(
              'format',
            ) as HTMLSelectElement;
            report(value as Offered);
          },
        },
      },
      h(
        'label',
        {},
        h('span', {}, words.report.other),
        h(
          'select',
          { name: 'format' },
          others.map((format) => h('option', { key: format, value: format }, format)),
        ),
      ),
      h('button', {}, words.report.get),
    ),
    h(
      'p',
      { role: 'status' },
      isComing ? words.report.coming : asked !== undefined && 'because' in asked ? asked.because : false,
    ),
  );
}

export const runViews = (page: Page): View[] => [
  presenterView(page),
  paceView(page),
  timerPanel(page),
  reportView(page),
  endView(page),
];
