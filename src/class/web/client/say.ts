/** What the instructor says to all: announcements, hints, polls. */

import type { PollResult } from '../../../board/rows.ts';
import { lessonOf } from '../../../board/view/places.ts';
import { clock } from '../../../board/view/time.ts';
import { pollBars, pollsOf } from '../../../board/view/totals.ts';
import { type Child, h, type View } from './dom.ts';
import { panel } from './needs.ts';
import { createId, type Page } from './state.ts';

const field = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name) ?? '').trim();

/** A text and a button; sends what is written and is empty again. */
export function writing(
  label: string,
  placeholder: string,
  send: string,
  sent: (text: string) => void,
): View {
  return h(
    'form',
    {
      on: {
        submit: (event) => {
          event.preventDefault();
          const form = event.target as HTMLFormElement;
          const text = field(form, 'text');
          if (text === '') return;
          sent(text);
          form.reset();
        },
        keydown: (event) => {
          const { key, ctrlKey, metaKey } = event as KeyboardEvent;
          if (key === 'Enter' && (ctrlKey || metaKey))
            (event.currentTarget as HTMLFormElement).requestSubmit();
        },
      },
    },
    h(
      'label',
      {},
      h('span', {}, label),
      h('textarea', { name: 'text', rows: 3, maxlength: 2000, placeholder, required: true }),
    ),
    h('button', { class: 'main' }, send),
  );
}

function announceView({ words, board, now, say }: Page): View {
  const latest = board.announcements.toSorted((a, b) => b.at - a.at).slice(0, 5);
  return panel(
    'announce',
    words.say.title,
    writing(words.say.announce, words.say.placeholder, words.say.send, (text) =>
      say({ type: 'announced', id: createId(), text }, words.say.sent),
    ),
    latest.length > 0 && [
      h('h3', {}, words.say.announced),
      h(
        'ul',
        {},
        latest.map(({ id, text, at }) =>
          h(
            'li',
            { key: id },
            h('p', { class: 'text' }, text),
            h('p', { class: 'soft' }, words.ago(clock(now - at))),
          ),
        ),
      ),
    ],
  );
}

export function pollView(poll: PollResult, { words, say }: Page, still = false): View {
  const { bars, all } = pollBars(poll);
  const close = (share: boolean, label: string) =>
    h(
      'button',
      {
        type: 'button',
        class: share ? 'main' : undefined,
        on: { click: () => say({ type: 'poll-closed', id: poll.id, share }) },
      },
      label,
    );
  return h(
    'div',
    { class: 'poll', key: poll.id },
    h('p', {}, h('strong', {}, poll.question)),
    h(
      'ul',
      {},
      bars.map(({ choice, votes, share }, at) =>
        h(
          'li',
          { key: `${at}` },
          h('span', {}, choice),
          h('span', { class: 'number' }, votes),
          h(
            'span',
            { class: 'bar', 'aria-hidden': 'true' },
            h('i', { class: 'vote', style: { width: `${share * 100}%` } }),
          ),
        ),
      ),
    ),
    h(
      'p',
      { class: 'row soft' },
      h('span', {}, `${words.poll.votes(all)}, ${poll.open ? words.poll.open : words.poll.closed}`),
      poll.open && !still && [close(true, words.poll.closeShare), close(false, words.poll.close)],
    ),
  );
}

function pollsView(page: Page): View {
  const { board, course, lesson, words, say, set } = page;
  const [newest, ...older] = pollsOf(board);
  const quizzes = course.lessons.flatMap(({ id, title, quizzes }) =>
    quizzes.map((quiz) => ({ ...quiz, lesson: id, title })),
  );
  // Those of the lesson in sight first: they are what is asked next.
  const sorted = quizzes.toSorted(
    (a, b) => Number(b.lesson === lesson?.id) - Number(a.lesson === lesson?.id),
  );
  const ask = (question: string, choices: readonly string[], quiz?: { lesson: string; quiz: string }) =>
    say(
      { type: 'poll-opened', id: createId(), question, choices: [...choices], ...(quiz ? { quiz } : {}) },
      words.say.sent,
    );
  const own: Child = h(
    'details',
    { key: 'own' },
    h('summary', {}, words.poll.own),
    h(
      'form',
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            const form = event.target as HTMLFormElement;
            const question = field(form, 'question');
            const choices = field(form, 'choices')
              .split('\n')
              .map((one) => one.trim())
              .filter(Boolean);
            if (question === '' || choices.length < 2 || choices.length > 12)
              return set({ notice: words.poll.wrong });
            ask(question, choices);
            form.reset();
          },
        },
      },
      h(
        'label',
        {},
        h('span', {}, words.poll.question),
        h('input', { name: 'question', maxlength: 2000, autocomplete: 'off' }),
      ),
      h('label', {}, h('span', {}, words.poll.choices), h('textarea', { name: 'choices', rows: 4 })),
      h('button', { class: 'main' }, words.poll.ask),
    ),
  );
  const fromQuiz: Child =
    sorted.length > 0 &&
    h(
      'form',
      {
        key: 'quiz',
        on: {
          submit: (event) => {
            event.preventDefault();
            const quiz = sorted[Number(field(event.target as HTMLFormElement, 'quiz'))];
            if (quiz) ask(quiz.question, quiz.choices, { lesson: quiz.lesson, quiz: quiz.id });
          },
        },
      },
      h(
        'label',
        {},
        h('span', {}, words.poll.fromQuiz),
        h(
          'select',
          { name: 'quiz' },
          sorted.map((quiz, at) =>
            h(
              'option',
              { value: at },
              `${lessonOf(course, quiz.lesson)?.title ?? quiz.lesson}${words.colon}${quiz.question}`.slice(
                0,
                160,
              ),
            ),
          ),
        ),
      ),
      h('button', { class: 'main' }, words.poll.ask),
    );
  return panel(
    'polls',
    words.poll.title,
    newest ? pollView(newest, page) : h('p', { class: 'none' }, words.poll.none),
    fromQuiz,
    own,
    older.length > 0 &&
      h(
        'details',
        { key: 'older' },
        h('summary', {}, `${words.poll.closed} (${older.length})`),
        older.map((poll) => pollView(poll, page)),
      ),
  );
}

export const sayViews = (page: Page): View[] => [announceView(page), pollsView(page)];
