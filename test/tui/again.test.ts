/** A lesson that its author saves while it is looked at: what was seen and typed is not lost. */
import { expect, test, vi } from 'vitest';
import { FaultyLesson } from '../../src/lesson/load.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import { blockSpan } from '../../src/page/layout/page.ts';
import type { Library } from '../../src/page/library.ts';
import type { Session } from '../../src/session/session.ts';
import { topRow } from '../../src/tui/model/scroll.ts';
import { FakeSession } from './fake-session.ts';
import { lesson, started } from './started.ts';

/** With so many more paragraphs at the start. */
const longer = (paragraphs: number): Lesson => ({
  ...lesson,
  blocks: [
    ...Array.from({ length: paragraphs }, (_, at) => ({
      ...lesson.blocks[0]!,
      markdown: `Paragraph ${at}.`,
    })),
    ...lesson.blocks,
  ] as Lesson['blocks'],
});

function author() {
  const opening: PromiseWithResolvers<Session>[] = [];
  const library: Library = {
    title: 'A course',
    summary: '',
    items: async () => [],
    open() {
      const next = Promise.withResolvers<Session>();
      opening.push(next);
      return next.promise;
    },
  };
  const notebook = started({ library });
  const save = (savedAt?: number) => notebook.store.openLesson(lesson.id, lesson.title, savedAt);
  const opened = async (next: Lesson = lesson) => {
    await vi.waitFor(() => expect(opening).not.toHaveLength(0));
    const session = new FakeSession(next, { takesMs: 0 });
    opening.shift()!.resolve(session);
    return session;
  };
  return { ...notebook, save, opened, opening };
}

const startOf = ({ screen }: Pick<ReturnType<typeof started>, 'screen'>) =>
  blockSpan(screen().laid.page, screen().view.current!).start - topRow(screen().view, screen().laid, 21);

test('a key that comes while the lesson is read anew is acted on by the new one', async () => {
  const { save, opened, press, screen, reach, session } = author();
  reach('much');
  const saved = save();
  // What was seen is still seen.
  expect(screen().name).toBe('lesson');
  press('enter');
  expect(session.acted.filter((action) => action.do === 'run-cell')).toEqual([]);
  const next = await opened();
  await saved;
  expect(next.acted).toContainEqual({ do: 'run-cell', cell: 'much' });
});

test('the same cell stands in the same row, however much was written above it', async () => {
  const notebook = author();
  notebook.reach('much');
  notebook.press('k', 'k');
  const before = startOf(notebook);
  const saved = notebook.save();
  await notebook.opened(longer(30));
  await saved;
  const { screen } = notebook;
  const block = screen().session.lesson.blocks[screen().view.current!];
  expect(block?.kind === 'cell' && block.cell.id).toBe('much');
  expect(startOf(notebook)).toBe(before);
});

test('what is being written goes on being written', async () => {
  const { save, opened, press, screen, reach, session } = author();
  reach('addresses');
  press('i', 'a', 'b');
  const saved = save();
  press('c');
  await opened();
  await saved;
  const { mode } = screen().view;
  expect(mode.name === 'write' && mode.editor.rows.at(-1)).toBe('abc');
  // And what was written so far was kept before its session ended.
  expect(session.acted.some((action) => action.do === 'edit-answer' && /ab$/.test(action.text))).toBe(true);
});

test('a run that is cut short begins once more', async () => {
  const { save, opened, press, reach, settle } = author();
  reach('slow');
  press('enter');
  await settle();
  const saved = save();
  const next = await opened();
  await saved;
  expect(next.acted).toContainEqual({ do: 'run-cell', cell: 'slow' });
  next.act({ do: 'interrupt' });
});

test('what ran after the file was saved runs as it was saved; what ran before does not', async () => {
  const { save, opened, press, reach, settle } = author();
  reach('lay-cable');
  press('enter');
  await settle();
  const before = save(Date.now() + 1000);
  const one = await opened();
  await before;
  expect(one.acted.filter((action) => action.do === 'run-cell')).toEqual([]);
  press('enter');
  await settle();
  const after = save(Date.now() - 1000);
  const two = await opened();
  await after;
  expect(two.acted).toContainEqual({ do: 'run-cell', cell: 'lay-cable' });
});

test('of a lesson with faults nothing is done with the keys that came meanwhile', async () => {
  const { save, opening, press, store } = author();
  const saved = save();
  press('j');
  await vi.waitFor(() => expect(opening).toHaveLength(1));
  opening.shift()!.reject(new FaultyLesson('draft.md', []));
  await saved;
  expect(store.getState().screen.name).toBe('failed');
});

test('saved twice at once, the keys go to the last one', async () => {
  const { save, opened, press, reach } = author();
  reach('much');
  const first = save();
  const second = save();
  press('enter');
  const one = await opened();
  await first;
  expect(one.acted.filter((action) => action.do === 'run-cell')).toEqual([]);
  const two = await opened();
  await second;
  expect(two.acted).toContainEqual({ do: 'run-cell', cell: 'much' });
});
