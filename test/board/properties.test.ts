import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book } from '../../src/board/book.ts';
import type { Entry } from '../../src/board/events.ts';
import { applyPatch, type BoardPatch } from '../../src/board/patch.ts';
import { anyLog, COURSE, MINUTE, NOON } from './a-class.ts';

const LATER = NOON + 30 * MINUTE;

function fold(log: readonly Entry[]): Book {
  const book = new Book(COURSE);
  for (const entry of log) book.apply(entry);
  return book;
}

/** All that can be asked of a book. */
const everything = (book: Book) => ({
  board: book.board(LATER),
  now: book.classNow(LATER, 3),
  heard: ['host:1', 'instructor:x', 'instructor:y', 'learner:ada', 'learner:bob', 'learner:__proto__'].map(
    (from) => book.heard(from as never),
  ),
  each: [...book.learners()].map(({ id }) => ({
    news: book.news(id),
    shared: COURSE.lessons.flatMap((lesson) =>
      ['', ...lesson.steps.flatMap((step) => step.cells.map((cell) => cell.id))].map((cell) =>
        book.shared(id, lesson.id, cell),
      ),
    ),
  })),
});

describe('whatever is in the log', () => {
  test('what is delivered twice changes nothing', () => {
    fc.assert(
      fc.property(anyLog, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }), (log, again) => {
        const twice = [...log];
        for (const [which, where] of again) {
          const entry = log[which % log.length]!;
          const first = twice.indexOf(entry);
          twice.splice(first + 1 + (where % (twice.length - first)), 0, entry);
        }
        expect(everything(fold(twice))).toEqual(everything(fold(log)));
      }),
    );
  });

  test('looks on the way change nothing', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, cut) => {
        const book = fold(log.slice(0, cut % log.length));
        everything(book);
        for (const entry of log.slice(cut % log.length)) book.apply(entry);
        expect(everything(book)).toEqual(everything(fold(log)));
      }),
    );
  });

  test('what was handed out stays what it was', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, cut) => {
        const book = fold(log.slice(0, cut % log.length));
        const before = everything(book);
        const copy = structuredClone(before);
        for (const entry of log.slice(cut % log.length)) book.apply(entry);
        expect(before).toEqual(copy);
      }),
    );
  });

  test('a board that is told of the changes alone shows what the book says', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const book = new Book(COURSE);
        let state = book.board(LATER);
        for (const entry of log) {
          const change = book.apply(entry);
          const ids = change.everybody
            ? [...book.learners()].map(({ id }) => id)
            : change.learner !== undefined && change.member !== 'removed'
              ? [change.learner]
              : [];
          const patch: BoardPatch = {
            rows: ids
              .filter((id) => book.learner(id) !== undefined)
              .map((id) => {
                const { cells, ...row } = book.row(id, LATER);
                const { cell } = change;
                return { ...row, cells: cell === undefined ? {} : { [cell]: cells[cell] ?? null } };
              }),
            gone: change.member === 'removed' ? [change.learner!] : [],
            ...(change.board ? { board: book.boardWithoutRows(LATER) } : {}),
          };
          state = applyPatch(state, JSON.parse(JSON.stringify(patch)) as BoardPatch);
          expect(state).toEqual(JSON.parse(JSON.stringify(book.board(LATER))));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('points are the sum of the cells', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        for (const { points, cells } of fold(log).board(LATER).rows)
          expect(points).toBeCloseTo(
            Object.values(cells).reduce((sum, { earned }) => sum + earned, 0),
            6,
          );
      }),
    );
  });

  test('nobody is there whose place the course does not have', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        for (const { place, cells } of fold(log).board(LATER).rows) {
          if (place !== undefined)
            expect(COURSE.lessons.find(({ id }) => id === place.lesson)?.steps[place.step]).toBeDefined();
          for (const key of Object.keys(cells))
            expect(['01-veth/', '02-bridge/'].some((lesson) => key.startsWith(lesson))).toBe(true);
        }
      }),
    );
  });
});
