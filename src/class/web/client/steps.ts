/** The steps of a lesson at a glance: how many are done with each, at it, and failing. */

import { comparePlaces } from '../../../board/outline.ts';
import { lessonOf } from '../../../board/view/places.ts';
import { stepCounts } from '../../../board/view/steps.ts';
import { h, type View } from './dom.ts';
import { choice } from './header.ts';
import type { Page } from './state.ts';

const percent = (part: number, all: number) => `${all > 0 ? (100 * part) / all : 0}%`;

export function stepsView(page: Page): View {
  const { board, course, lesson, words, set } = page;
  const counts = lesson ? stepCounts(board.rows, lesson) : [];
  const { pace, where } = board;
  return h(
    'section',
    { class: 'steps', 'aria-labelledby': 'steps-title' },
    h(
      'div',
      { class: 'head' },
      h('h2', { id: 'steps-title' }, lesson?.title ?? words.column.steps),
      course.lessons.length > 1 &&
        choice(
          words.lesson,
          lesson?.id ?? '',
          course.lessons.map(({ id, title }) => [id, title]),
          (id) => set({ lesson: lessonOf(course, id)?.id }),
        ),
    ),
    h(
      'ol',
      {},
      counts.map((count, at) => {
        const place = { lesson: lesson!.id, step: count.step };
        const here = where?.lesson === place.lesson && where.step === place.step;
        const shut = pace.mode === 'gated' && comparePlaces(course, place, pace.upTo) > 0;
        return h(
          'li',
          {
            key: `${place.lesson} ${count.step}`,
            class: `${here ? 'here' : ''} ${shut ? 'shut' : ''}`.trim() || undefined,
          },
          h('span', { class: 'n', 'aria-hidden': 'true' }, at + 1),
          h('span', { class: 'title', title: count.title }, count.title),
          h(
            'span',
            { class: 'bar', 'aria-hidden': 'true' },
            h('i', { class: 'done', style: { width: percent(count.done, count.all) } }),
            h('i', { class: 'failing', style: { width: percent(count.failing, count.all) } }),
            h('i', { class: 'working', style: { width: percent(count.working, count.all) } }),
          ),
          h(
            'span',
            { class: 'counts', 'aria-hidden': 'true' },
            h('b', { class: 'done' }, count.done),
            count.working > 0 && h('b', { class: 'working' }, count.working),
            count.failing > 0 && h('b', { class: 'failing' }, count.failing),
            h('span', {}, `/ ${count.all}`),
          ),
          h('span', { class: 'sr' }, words.stepCount(count.done, count.working, count.failing, count.all)),
        );
      }),
    ),
  );
}
