import { describe, expect, test } from 'vitest';
import type { ClassroomState } from '../../src/board/classroom.ts';
import { visible } from '../../src/page/layout/page.ts';
import { lineText } from '../../src/page/text/line.ts';
import { en } from '../../src/page/words/en.ts';
import { stopKey } from '../../src/tui/chrome/class.ts';
import { CLASS_COMMANDS, COMMANDS } from '../../src/tui/model/commands.ts';
import { entriesOf } from '../../src/tui/model/palette.ts';
import { FakeClassroom } from './fake-classroom.ts';
import { FakeSession } from './fake-session.ts';
import { lesson, started } from './started.ts';

const inClass = (state: Partial<ClassroomState> = {}) => {
  const classroom = new FakeClassroom(lesson, state);
  return { classroom, ...started({ classroom }) };
};
const NOTHING = { progress: false, outputs: false, transcript: false };
const words = en.class;

describe('one key stops all sharing', () => {
  test('while reading', () => {
    const { classroom, press, screen } = inClass();
    press('X');
    expect(classroom.acted).toEqual([{ do: 'share', consent: NOTHING }]);
    expect(screen().view.notice).toBe(words.notice.stopped);
  });

  test('while writing, and the writing goes on', () => {
    const { classroom, press, screen, reach } = inClass();
    reach('addresses');
    press('enter', 'X', 'ctrl-x');
    expect(classroom.acted).toEqual([{ do: 'share', consent: NOTHING }]);
    expect(screen().view.mode).toMatchObject({ name: 'write' });
    expect(stopKey(screen().view)).toBe('Ctrl-X');
  });

  test('on the menu, and on the list of lessons', async () => {
    const { classroom, press } = inClass();
    press('C', 'X');
    expect(classroom.acted).toHaveLength(1);
    const library = { title: '', summary: '', items: async () => [], open: async () => Promise.reject() };
    const other = new FakeClassroom(lesson);
    const list = started({ classroom: other, library: library as never });
    await list.store.showCourse();
    list.press('X');
    expect(other.acted).toEqual([{ do: 'share', consent: NOTHING }]);
    expect(list.store.getState().classNews).toBe(words.notice.stopped);
    list.press('down');
    expect(list.store.getState().classNews).toBeUndefined();
    other.set({ messages: [{ kind: 'announcement', id: 'a', at: 1, text: 'We begin.' }] });
    expect(list.store.getState().classNews).toBe('To all: We begin.');
  });

  test('and does nothing outside of a class', () => {
    const { press, screen } = started();
    press('X', 'C');
    expect(screen().view.mode.name).toBe('read');
    expect(screen().view.notice).toBeUndefined();
  });
});

describe('the menu', () => {
  test('raises the hand and lowers it', () => {
    const { classroom, press } = inClass();
    press('C', 'h', 'C', 'h');
    expect(classroom.acted).toEqual([
      { do: 'hand', up: true },
      { do: 'hand', up: false },
    ]);
  });

  test('sends a question with where the learner is', () => {
    const { classroom, press, reach } = inClass();
    reach('addresses');
    press('C', 'a', ...'Why X?', 'enter');
    expect(classroom.acted).toEqual([{ do: 'ask', text: 'Why X?', place: { lesson: lesson.id, step: 2 } }]);
  });

  test('takes a pasted question as one line, and one that is left is not sent', () => {
    const { classroom, press, store, screen } = inClass();
    press('C', 'a');
    store.paste('one\ntwo');
    expect(screen().view.mode).toMatchObject({ text: 'one two' });
    press('escape', 'escape');
    expect(classroom.acted).toEqual([]);
    expect(screen().view.mode.name).toBe('read');
  });

  test('sends a reaction', () => {
    const { classroom, press } = inClass();
    press('C', 'r', '2');
    expect(classroom.acted).toEqual([{ do: 'react', reaction: 'lost' }]);
  });

  test('votes while the poll is open, and only then', () => {
    const poll = { id: 'p', question: 'Which?', choices: ['this', 'that'], open: true };
    const { classroom, press, screen } = inClass({ poll });
    press('C', 'p', '2');
    expect(classroom.acted).toEqual([{ do: 'vote', poll: 'p', choice: 1 }]);
    expect(screen().view.mode).toMatchObject({ page: 'poll' });
    classroom.set({ poll: { ...poll, open: false } });
    press('1');
    expect(classroom.acted).toHaveLength(1);
  });

  test('says yes and no to what is shared, one by one', () => {
    const { classroom, press } = inClass();
    press('C', 's', '2', '3', '2');
    expect(classroom.getState().consent).toEqual({ progress: true, outputs: false, transcript: true });
  });

  test('has read what it shows', () => {
    const { classroom, press } = inClass({
      unread: 1,
      messages: [{ kind: 'announcement', id: 'a', at: 1, text: 'Hello' }],
    });
    press('C', 'm');
    expect(classroom.acted).toEqual([{ do: 'read' }]);
  });

  test('goes to where the class is', () => {
    const { press, screen } = inClass({ where: { lesson: lesson.id, step: 3 } });
    press('C', 'g');
    expect(lesson.steps[3]!.from).toBeLessThanOrEqual(screen().view.current!);
  });
});

describe('a gate', () => {
  const gated = (step: number) => ({ pace: { mode: 'gated' as const, upTo: { lesson: lesson.id, step } } });

  test('lets nothing run behind it, and says so', () => {
    const { classroom, session, press, reach, screen } = inClass(gated(1));
    reach('addresses');
    press('enter', ...'ip', 'ctrl-r');
    expect(session.acted.filter((action) => action.do === 'run-cell')).toEqual([]);
    expect(screen().view.notice).toBe(words.notice.gated(1));
    // What is written is kept all the same.
    expect(session.getState().cells.addresses!.answer).toMatch(/ip$/);
    press('s', 's');
    expect(session.getState().cells.addresses!.solutionShown).toBe(false);
    classroom.set(gated(2));
    expect(screen().view.notice).toBe(words.notice.opened(2));
    press('enter', 'ctrl-r');
    expect(session.acted.filter((action) => action.do === 'run-cell')).toHaveLength(1);
  });

  test('lets everything before it run', async () => {
    const { session, press, reach, settle } = inClass(gated(1));
    reach('lay-cable');
    press('enter');
    await settle();
    expect(session.getState().cells['lay-cable']!.status).toBe('passed');
  });

  test('of another lesson closes this one, or is behind it', () => {
    const { session, press, reach, screen, classroom } = inClass();
    classroom.set({ pace: { mode: 'gated', upTo: { lesson: 'bridge', step: 0 } } });
    reach('lay-cable');
    press('enter');
    expect(session.acted.filter((action) => action.do === 'run-cell')).toHaveLength(1);
    const { course } = classroom.getState();
    classroom.set({ course: { ...course, lessons: [...course.lessons].reverse() } });
    press('a');
    expect(screen().view.notice).toBe(words.notice.closed);
    expect(session.acted.filter((action) => action.do === 'run-cell')).toHaveLength(1);
  });
});

describe('following', () => {
  const at = (step: number) => ({
    pace: { mode: 'following' as const },
    where: { lesson: lesson.id, step },
  });
  const stepNow = (current: number | undefined) =>
    lesson.steps.findIndex(({ from, to }) => current! >= from && current! < to);

  test('asks once, then goes along', () => {
    const { classroom, press, screen } = inClass();
    classroom.set(at(2));
    expect(screen().view.mode).toMatchObject({ name: 'ask', question: 'follow', step: 2 });
    press('y');
    expect(stepNow(screen().view.current)).toBe(2);
    classroom.set(at(3));
    expect(stepNow(screen().view.current)).toBe(3);
    expect(screen().view.notice).toBe(words.notice.moved('Much to read'));
  });

  test('is taken as no until the pace is set anew', () => {
    const { classroom, press, screen } = inClass();
    classroom.set(at(2));
    press('n');
    const before = screen().view.current;
    classroom.set(at(3));
    expect(screen().view.current).toBe(before);
    expect(screen().view.mode.name).toBe('read');
    classroom.set({ pace: { mode: 'free' } });
    classroom.set(at(2));
    expect(screen().view.mode).toMatchObject({ name: 'ask', question: 'follow' });
  });

  test('asks about where the class is now, not where it was', () => {
    const { classroom, press, screen } = inClass();
    classroom.set(at(2));
    classroom.set(at(3));
    expect(screen().view.mode).toMatchObject({ question: 'follow', step: 3 });
    // Back to where the reader is: nothing is left to ask.
    classroom.set(at(1));
    expect(screen().view.mode.name).toBe('read');
    press('down');
  });

  test('into another lesson is asked each time, and leads to the step', async () => {
    const items = [lesson.id, 'bridge'].map((id) => ({
      id,
      title: id,
      summary: '',
      finished: false,
      faulty: false,
    }));
    const opened: string[] = [];
    const library = {
      title: '',
      summary: '',
      items: async () => items,
      open: async (id: string) => {
        opened.push(id);
        return new FakeSession({ ...lesson, id });
      },
    };
    const classroom = new FakeClassroom(lesson);
    const { press, screen, store } = started({ classroom, library });
    await expect.poll(() => screen().lessons.length).toBe(2);
    classroom.set({ pace: { mode: 'following' }, where: { lesson: 'bridge', step: 3 } });
    expect(screen().view.mode).toMatchObject({ question: 'follow-lesson', lesson: 'bridge' });
    press('y');
    await expect.poll(() => opened).toEqual(['bridge']);
    await expect.poll(() => stepNow(screen().view?.current)).toBe(3);
    await store.close();
  });

  test('takes nobody away from what they are typing', () => {
    const { classroom, press, screen, reach } = inClass();
    classroom.set(at(3));
    press('y');
    reach('addresses');
    press('enter', 'x');
    classroom.set(at(1));
    classroom.set(at(3));
    expect(screen().view.mode.name).toBe('write');
    expect(stepNow(screen().view.current)).toBe(2);
    press('escape');
    expect(stepNow(screen().view.current)).toBe(3);
  });
});

describe('what is new', () => {
  test('is said as it comes, and stays until a key was pressed', () => {
    const { classroom, screen, press } = inClass();
    classroom.set({ messages: [{ kind: 'announcement', id: 'a', at: 1, text: 'Break\nat ten' }], unread: 1 });
    expect(screen().view.notice).toBe(words.notice.announcement('Break at ten'));
    classroom.set({ connection: { state: 'alone' } });
    expect(screen().view.notice).toBe(`To all: Break at ten  ${words.notice.alone}`);
    press('down');
    expect(screen().view.notice).toBeUndefined();
    classroom.set({ connection: { state: 'connected' } });
    expect(screen().view.notice).toBe(words.notice.back);
  });

  test('the instructor lowers a hand with a word, the learner without', () => {
    const { classroom, press, screen } = inClass();
    press('C', 'h');
    classroom.set({ hand: false });
    expect(screen().view.notice).toBe(words.notice.handLowered);
    press('C', 'h', 'C', 'h');
    expect(screen().view.notice).toBe(words.notice.lowered);
  });

  test('a hint that was sent stands below its cell', () => {
    const { classroom, screen, store } = inClass();
    classroom.set({
      messages: [
        {
          kind: 'hint',
          id: 'h',
          at: 1,
          text: 'Think of the **mask**.',
          lesson: lesson.id,
          cell: 'addresses',
        },
      ],
    });
    store.resize();
    const { page } = screen().laid;
    const text = visible(page, 0, page.height).map(({ line }) => lineText(line));
    const cell = text.findIndex((line) => line.includes('your turn'));
    const hint = text.findIndex((line) => line.includes(words.messages.hint));
    expect(hint).toBeGreaterThan(cell);
    expect(text[hint + 1]).toContain('Think of the mask.');
  });
});

test('the palette and the help have the class only within one', () => {
  const { screen, context } = inClass();
  const classroom = new FakeClassroom(lesson).getState();
  const labels = (more: object) => entriesOf('', { ...context(), ...more }).map(({ label }) => label);
  expect(labels({ classroom })).toContain(words.help.menu);
  expect(labels({})).not.toContain(words.help.menu);
  expect(screen().view.mode.name).toBe('read');
  expect(COMMANDS.some(({ chord }) => CLASS_COMMANDS.some((one) => one.chord === chord))).toBe(false);
});
