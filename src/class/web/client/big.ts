/** For the big screen, without names; and for the one who presents, with their notes. */
import { placeBeside, titleOf } from '../../../board/view/places.ts';
import { handsOf, pollsOf, questionsOf, totalsOf } from '../../../board/view/totals.ts';
import { type Child, h, type View } from './dom.ts';
import { notesView } from './markdown.ts';
import { notesOfPlace, whereButtons } from './run.ts';
import { pollView } from './say.ts';
import type { Page } from './state.ts';
import { stepsView } from './steps.ts';
import { tableView } from './table.ts';

export function projectorView(page: Page): Child[] {
  const { board, course, words } = page;
  const [poll] = pollsOf(board);
  const latest = board.announcements.toSorted((a, b) => b.at - a.at)[0];
  return [
    h('p', { class: 'sr', key: 'hidden' }, words.projector.hint),
    board.where &&
      h(
        'p',
        { class: 'where', key: 'where' },
        `${words.pace.where}${words.colon}`,
        h('strong', {}, titleOf(course, board.where)),
      ),
    latest && h('p', { class: 'said', key: 'said' }, latest.text),
    poll?.open &&
      h(
        'section',
        { key: 'poll', class: 'panel', 'aria-label': words.poll.title },
        pollView(poll, page, true),
      ),
    stepsView(page),
    tableView(page),
  ];
}

export function presenterPage(page: Page): Child[] {
  const { board, course, words } = page;
  const { where } = board;
  const next = placeBeside(course, where, 1);
  const notes = notesOfPlace(page);
  const totals = totalsOf(board.rows);
  const open = questionsOf(board).filter(({ answered }) => !answered);
  const number = (value: number, label: string): View => h('li', {}, h('b', {}, value), h('span', {}, label));
  return [
    h(
      'section',
      { class: 'speak', key: 'now', 'aria-labelledby': 'speak-title' },
      h('p', { class: 'soft' }, words.presenter.now),
      h('h2', { id: 'speak-title' }, where ? titleOf(course, where) : words.pace.nowhere),
      notes.length > 0
        ? h(
            'div',
            { class: 'notes', tabindex: '0', role: 'region', 'aria-label': words.presenter.notes },
            notesView(notes),
          )
        : h('p', { class: 'none' }, words.presenter.noNotes),
    ),
    h(
      'aside',
      { class: 'speak', key: 'next', 'aria-label': words.presenter.next },
      h('p', { class: 'soft' }, words.presenter.next),
      h('p', { class: 'coming' }, next ? titleOf(course, next) : words.presenter.last),
      whereButtons(page),
      h(
        'ul',
        { class: 'numbers' },
        number(totals.present, words.here),
        number(totals.by.stuck, words.filter.stuck),
        number(handsOf(board.rows).length, words.hands.title),
        number(open.length, words.questions.title),
      ),
    ),
    stepsView(page),
  ];
}
