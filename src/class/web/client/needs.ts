/** Who needs somebody: hands, questions, who has been stuck longest, and the checks that fail most. */

import type { QuestionShown } from '../../../board/rows.ts';
import { checkKey, mostFailing } from '../../../board/view/failing.ts';
import { cellOf, titleOf } from '../../../board/view/places.ts';
import { rowSays } from '../../../board/view/says.ts';
import { EVERYBODY } from '../../../board/view/select.ts';
import { clock } from '../../../board/view/time.ts';
import { handsOf, questionsOf, reactionsOf } from '../../../board/view/totals.ts';
import { type Child, h, type View } from './dom.ts';
import type { Page } from './state.ts';

const MOST_SHOWN = 8;

export function panel(id: string, title: string, ...children: Child[]): View {
  return h(
    'section',
    { class: `panel ${id}`, 'aria-labelledby': `${id}-title`, key: id },
    h('h2', { id: `${id}-title` }, title),
    ...children,
  );
}

const open = ({ set }: Page, id: string, name: string): View =>
  h('button', { type: 'button', class: 'who', on: { click: () => set({ open: id }) } }, name);

function handsView(page: Page): View {
  const { board, words, names, now, say } = page;
  const hands = handsOf(board.rows);
  return panel(
    'hands',
    hands.length > 0 ? `${words.hands.title} (${hands.length})` : words.hands.title,
    hands.length === 0
      ? h('p', { class: 'none' }, words.hands.none)
      : h(
          'ul',
          {},
          hands.map(({ id, name, hand }) =>
            h(
              'li',
              { key: id },
              h('span', { class: 'raised', 'aria-hidden': 'true' }),
              open(page, id, names.get(id) ?? name),
              h('span', { class: 'soft' }, clock(now - hand.since)),
              h(
                'button',
                {
                  type: 'button',
                  class: 'small',
                  'aria-label': `${words.keys.lower}${words.colon}${name}`,
                  on: { click: () => say({ type: 'hand-lowered', learner: id }, words.hands.lowered) },
                },
                words.hands.lower,
              ),
            ),
          ),
        ),
  );
}

export function questionView(page: Page, question: QuestionShown): View {
  const { words, names, course, now, say } = page;
  const { id, learner, name, text, place, at, answered } = question;
  const answer = (text: string | undefined) =>
    say({ type: 'question-answered', learner, question: id, ...(text ? { text } : {}) }, words.say.sent);
  return h(
    'li',
    { key: `${learner} ${id}`, class: answered ? 'answered' : undefined },
    h(
      'p',
      { class: 'soft' },
      open(page, learner, names.get(learner) ?? name),
      h('span', {}, place ? titleOf(course, place) : ''),
      h('span', {}, answered ? words.questions.answered : words.ago(clock(now - at))),
    ),
    h('p', { class: 'text' }, text),
    !answered &&
      h(
        'form',
        {
          on: {
            submit: (event) => {
              event.preventDefault();
              const form = event.target as HTMLFormElement;
              const written = String(new FormData(form).get('text') ?? '').trim();
              if (written === '') return;
              answer(written);
              form.reset();
            },
          },
        },
        h('input', {
          name: 'text',
          maxlength: 2000,
          autocomplete: 'off',
          'aria-label': words.ask.answer(names.get(learner) ?? name),
          placeholder: words.questions.placeholder,
        }),
        h('button', { class: 'main' }, words.questions.answer),
        h('button', { type: 'button', on: { click: () => answer(undefined) } }, words.questions.said),
      ),
  );
}

function questionsView(page: Page): View {
  const { board, words } = page;
  const all = questionsOf(board);
  const waiting = all.filter(({ answered }) => !answered).length;
  return panel(
    'questions',
    waiting > 0 ? `${words.questions.title} (${words.questions.open(waiting)})` : words.questions.title,
    all.length === 0
      ? h('p', { class: 'none' }, words.questions.none)
      : h(
          'ul',
          {},
          all.slice(0, waiting + MOST_SHOWN).map((question) => questionView(page, question)),
        ),
  );
}

function stuckView(page: Page): Child {
  const { board, words, names, course, now } = page;
  const stuck = board.rows
    .filter(({ status }) => status === 'stuck')
    .sort((a, b) => (a.stuckOn?.since ?? a.since) - (b.stuckOn?.since ?? b.since));
  if (stuck.length === 0) return false;
  return panel(
    'stuck',
    words.attention.stuckMost,
    h(
      'ul',
      {},
      stuck
        .slice(0, MOST_SHOWN)
        .map((row) =>
          h(
            'li',
            { key: row.id },
            open(page, row.id, names.get(row.id) ?? row.name),
            h('span', { class: 'soft number' }, clock(now - (row.stuckOn?.since ?? row.since))),
            h('p', { class: 'soft' }, rowSays(row, course, now, words).detail),
          ),
        ),
    ),
  );
}

export function failingView(page: Page): View {
  const { board, words, course, set } = page;
  const failing = mostFailing(board.rows);
  const most = Math.max(1, ...failing.map(({ learners }) => learners.length));
  return panel(
    'failing',
    words.failing.title,
    failing.length === 0
      ? h('p', { class: 'none' }, words.failing.none)
      : h(
          'ol',
          {},
          failing.slice(0, MOST_SHOWN).map((one) => {
            const { lesson, cell, title, because, learners, broken } = one;
            const number = cellOf(course, lesson, cell)?.number;
            return h(
              'li',
              { key: `${broken} ${checkKey(one)}`, class: broken ? 'broken' : undefined },
              h(
                'p',
                {},
                h('strong', {}, words.inWords(title)),
                h('span', { class: 'soft' }, number === undefined ? cell : words.cell(number)),
              ),
              because !== undefined && h('p', { class: 'soft' }, words.inWords(because)),
              h(
                'span',
                { class: 'bar', 'aria-hidden': 'true' },
                h('i', {
                  class: broken ? 'broken' : 'failing',
                  style: { width: `${(100 * learners.length) / most}%` },
                }),
              ),
              h(
                'p',
                { class: 'row' },
                h(
                  'span',
                  {},
                  words.failing.learners(learners.length),
                  broken && ` (${words.failing.broken})`,
                ),
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'small',
                    'aria-label': `${words.failing.show}${words.colon}${title}`,
                    on: {
                      click: () =>
                        set({
                          query: { ...EVERYBODY, check: checkKey(one) },
                          lesson,
                          tab: innerWidth < 900 ? 'board' : page.ui.tab,
                        }),
                    },
                  },
                  words.failing.show,
                ),
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'small',
                    'aria-label': `${words.failing.hintAll}${words.colon}${title}`,
                    on: { click: () => set({ compose: { lesson, cell, about: title } }) },
                  },
                  words.failing.hintAll,
                ),
              ),
            );
          }),
        ),
  );
}

function reactionsView({ board, words, now }: Page): Child {
  const counts = Object.entries(reactionsOf(board.rows, now)).filter(([, count]) => count > 0);
  if (counts.length === 0) return false;
  return panel(
    'reactions',
    words.reactions.title,
    h(
      'ul',
      {},
      counts.map(([reaction, count]) =>
        h(
          'li',
          { key: reaction },
          h('b', {}, count),
          words.reactions[reaction as keyof typeof words.reactions],
        ),
      ),
    ),
  );
}

export const needsViews = (page: Page): Child[] => [
  handsView(page),
  questionsView(page),
  failingView(page),
  stuckView(page),
  reactionsView(page),
];
