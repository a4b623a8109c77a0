/** One learner: where they are, what fails, what they share, and a word to them alone. */
import type { LearnerRow } from '../../../board/rows.ts';
import { titleOf } from '../../../board/view/places.ts';
import { consentSays, rowSays } from '../../../board/view/says.ts';
import { clock } from '../../../board/view/time.ts';
import { questionsOf } from '../../../board/view/totals.ts';
import { type Child, h, type View } from './dom.ts';
import { questionView } from './needs.ts';
import { writing } from './say.ts';
import { createId, type Page } from './state.ts';

/** Where they are, else the one in sight. */
const lessonOf = ({ course, lesson }: Page, row: LearnerRow) =>
  course.lessons.find(({ id }) => id === (row.place?.lesson ?? lesson?.id));

const isChosen = ({ ui }: Page, lesson: string, cell: string) =>
  ui.cell?.cell === cell && ui.cell.lesson === lesson;

/** @param cell empty for shells */
function lookButton(page: Page, row: LearnerRow, lesson: string, cell: string, name: string): View {
  const { words, set, look } = page;
  const chosen = isChosen(page, lesson, cell);
  return h(
    'button',
    {
      type: 'button',
      class: 'small',
      'aria-expanded': String(chosen),
      'aria-label': `${words.detail.look}${words.colon}${name}`,
      on: {
        click: () => {
          if (chosen) return set({ cell: undefined });
          look(row.id, lesson, cell);
          set({ cell: { lesson, cell } });
        },
      },
    },
    words.detail.look,
  );
}

function shellsView(page: Page, row: LearnerRow): Child {
  const { words } = page;
  const lesson = lessonOf(page, row);
  if (!lesson) return false;
  return h(
    'section',
    { key: 'shells' },
    h('h3', {}, `${words.detail.shells}${words.colon}${lesson.title}`),
    row.consent.transcript
      ? [
          h('p', {}, lookButton(page, row, lesson.id, '', words.detail.shells)),
          isChosen(page, lesson.id, '') && lookView(page, row),
        ]
      : h('p', { class: 'soft' }, words.detail.notAgreedShells),
  );
}

function cellsView(page: Page, row: LearnerRow): Child {
  const { words } = page;
  const lesson = lessonOf(page, row);
  if (!lesson) return false;
  const sign = { running: '…', passed: '✓', failed: '✗', broken: '!', skipped: '–' } as const;
  const state = {
    running: 'running',
    passed: 'done',
    failed: 'failed',
    broken: 'broken',
    skipped: 'none',
  } as const;
  return h(
    'section',
    { key: 'cells' },
    h('h3', {}, `${words.detail.cells}${words.colon}${lesson.title}`),
    h(
      'ol',
      { class: 'cells' },
      lesson.steps.flatMap(({ cells, title }) =>
        cells.map(({ id, number }) => {
          const cell = row.cells[`${lesson.id}/${id}`];
          return h(
            'li',
            { key: id },
            h(
              'span',
              {
                class: `mark ${cell ? state[cell.status] : 'none'}`,
                role: 'img',
                'aria-label': words.mark[cell ? state[cell.status] : 'none'],
              },
              cell ? sign[cell.status] : '',
            ),
            h('span', {}, `${number}. ${id}`),
            h(
              'span',
              { class: 'soft' },
              title,
              cell && cell.attempts > 1 && `, ${words.tries(cell.attempts)}`,
              cell?.solution && `, ${words.solutionSeen}`,
            ),
            row.consent.outputs && [
              lookButton(page, row, lesson.id, id, words.cell(number)),
              isChosen(page, lesson.id, id) && lookView(page, row),
            ],
          );
        }),
      ),
    ),
    !row.consent.outputs && h('p', { class: 'soft' }, words.detail.notAgreed),
  );
}

function lookView({ link, ui, words }: Page, row: LearnerRow): View {
  const { looked } = link;
  const mine =
    looked?.learner === row.id && looked.lesson === ui.cell?.lesson && looked.cell === ui.cell.cell
      ? looked
      : undefined;
  const part = (title: string, text: string | undefined) =>
    text !== undefined &&
    text !== '' && [
      h('h4', {}, title),
      h('pre', { tabindex: '0', role: 'region', 'aria-label': title }, text),
    ];
  const ofShells = ui.cell?.cell === '';
  // It changes while somebody types: who hears the page goes there to read it.
  if (ofShells && mine?.agreed && mine.output)
    return h(
      'div',
      {
        key: 'typed',
        class: 'looked typed',
        tabindex: '0',
        role: 'region',
        'aria-label': words.detail.typed,
      },
      h('pre', {}, mine.output),
    );
  return h(
    'div',
    { class: 'looked', 'aria-live': 'polite' },
    !mine
      ? h('p', { class: 'soft' }, words.detail.looking)
      : !mine.agreed
        ? h('p', { class: 'soft' }, ofShells ? words.detail.notAgreedShells : words.detail.notAgreed)
        : !mine.text && !mine.output
          ? h('p', { class: 'soft' }, ofShells ? words.detail.nothingTyped : words.detail.nothingShared)
          : [part(words.detail.wrote, mine.text), part(words.detail.printed, mine.output)],
  );
}

function removeView({ ui, words, say, set }: Page, row: LearnerRow): View {
  if (ui.sure !== 'remove')
    return h(
      'button',
      { type: 'button', key: 'remove', on: { click: () => set({ sure: 'remove' }) } },
      words.detail.remove,
    );
  return h(
    'div',
    { key: 'sure' },
    h('p', {}, words.detail.removeSure(row.name)),
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
              say({ type: 'removed', learner: row.id });
              set({ open: undefined, sure: undefined });
            },
          },
        },
        words.detail.removeYes,
      ),
      h('button', { type: 'button', on: { click: () => set({ sure: undefined }) } }, words.say.cancel),
    ),
  );
}

export function detailView(page: Page, row: LearnerRow): Child[] {
  const { words, course, now, board, say, set } = page;
  const { status, detail } = rowSays(row, course, now, words);
  const questions = questionsOf(board).filter(({ learner }) => learner === row.id);
  return [
    h(
      'div',
      { class: 'head', key: 'head' },
      h('h2', { id: 'detail-title' }, row.name),
      h('button', { type: 'button', on: { click: () => set({ open: undefined }) } }, words.detail.close),
    ),
    h(
      'p',
      { key: 'now' },
      h('span', { class: `state ${row.status}` }, status),
      ' ',
      h('span', { class: 'soft' }, detail),
    ),
    h(
      'dl',
      { key: 'facts' },
      h('dt', {}, words.detail.at),
      h('dd', {}, row.place ? titleOf(course, row.place) : words.detail.nowhere),
      h('dt', {}, words.column.points),
      h('dd', {}, `${row.points}, ${words.hints(row.hints)}`),
      row.roster !== undefined && [h('dt', {}, words.detail.roster), h('dd', {}, row.roster)],
      h('dt', {}, words.detail.shares),
      h('dd', {}, consentSays(row.consent, words)),
    ),
    row.hand &&
      h(
        'p',
        { class: 'row', key: 'hand' },
        h('span', { class: 'raised', 'aria-hidden': 'true' }),
        words.handFor(clock(now - row.hand.since)),
        h(
          'button',
          { type: 'button', on: { click: () => say({ type: 'hand-lowered', learner: row.id }) } },
          words.keys.lower,
        ),
      ),
    row.stuckOn &&
      h(
        'section',
        { key: 'failing' },
        h('h3', {}, words.detail.failing),
        h(
          'ul',
          { class: 'checks' },
          row.stuckOn.failing.map(({ check, title, because, state }) =>
            h(
              'li',
              { key: check, class: state },
              h('strong', {}, words.inWords(title)),
              because !== undefined && h('p', { class: 'soft' }, words.inWords(because)),
            ),
          ),
        ),
      ),
    questions.length > 0 &&
      h(
        'section',
        { key: 'questions', class: 'questions' },
        h('h3', {}, words.questions.title),
        h(
          'ul',
          {},
          questions.map((question) => questionView(page, question)),
        ),
      ),
    h(
      'section',
      { key: `hint ${row.id}` },
      h('h3', {}, words.say.hint),
      writing(words.say.hintTo(row.name), words.say.placeholderOne, words.say.send, (text) =>
        say(
          {
            type: 'hint',
            id: createId(),
            to: row.id,
            ...(row.stuckOn ? { lesson: row.stuckOn.lesson, cell: row.stuckOn.cell } : {}),
            text,
          },
          words.say.sent,
        ),
      ),
    ),
    cellsView(page, row),
    shellsView(page, row),
    removeView(page, row),
  ];
}
