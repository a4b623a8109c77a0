import { describe, expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { lessonFooter } from '../../src/tui/chrome/footer.ts';
import { primary } from '../../src/tui/model/primary.ts';
import { started } from './started.ts';

const style = { theme: THEMES.plain, glyphs: chooseGlyphs({}), words: en };

describe('Enter', () => {
  test('does nothing to a cell that is not seen: it scrolls there', () => {
    const { session, press, screen } = started();
    press('enter');
    expect(session.acted).toEqual([]);
    expect(screen().view.anchor.row + screen().view.anchor.block).not.toBe(-1);
  });

  test('runs, goes on, writes: it walks the lesson', async () => {
    const { session, press, settle, reach, screen, context } = started();
    reach('lay-cable');
    press('enter');
    await settle();
    expect(session.getState().cells['lay-cable']!.status).toBe('passed');
    expect(primary(screen().view, context())).toBe('go-on');
    press('enter');
    expect(primary(screen().view, context())).toBe('write');
    press('enter');
    expect(screen().view.mode.name).toBe('write');
  });

  test('never starts a second cell while one runs', async () => {
    const { session, press, settle, reach, screen } = started();
    reach('slow');
    press('enter');
    await settle();
    reach('lay-cable');
    press('enter');
    expect(screen().view.notice).toBe(en.notice.busy);
    expect(session.acted.filter((action) => action.do === 'run-cell')).toHaveLength(1);
    press('x');
    await settle();
    expect(session.getState().cells.slow!.outcome).toBe('interrupted');
  });
});

test('what was opened about a cell closes with the frame that says that it is done, not with the next', async () => {
  const { store, press, reach, screen } = started({ takesMs: 40, tickMs: 1 });
  reach('addresses');
  press('i', 'ctrl-u', ...'wrong', 'ctrl-r');
  await expect.poll(() => screen().state.cells.addresses!.status).toBe('failed');
  press('o');
  const frames: string[] = [];
  store.subscribe(() => {
    const { state, view } = screen();
    const { status } = state.cells.addresses!;
    const told = `${status} ${view.opened.has('addresses') ? 'opened' : 'closed'}`;
    if (told !== frames.at(-1)) frames.push(told);
  });
  press('i', 'ctrl-u', ...'ip x', 'ctrl-r');
  await expect.poll(() => frames.at(-1)).toBe('passed closed');
  expect(frames).toContain('running opened');
  expect(frames).not.toContain('passed opened');
});

describe('writing', () => {
  test('keeps the answer on leaving, and runs it with Ctrl-R', async () => {
    const { session, press, settle, reach } = started();
    reach('addresses');
    press('enter', ...'ip', 'escape');
    expect(session.getState().cells.addresses!.answer).toBe(
      '# give both ends an address and bring them up\nip',
    );
    press('enter', ' ', 'a', 'ctrl-r');
    await settle();
    const run = session.acted.find((action) => action.do === 'run-cell');
    expect(run).toMatchObject({
      cell: 'addresses',
      text: '# give both ends an address and bring them up\nip a',
    });
  });

  test('keeps the answer after a pause, without leaving', async () => {
    const { session, press, reach } = started();
    reach('addresses');
    press('enter', 'x');
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(session.getState().cells.addresses!.answer).toMatch(/x$/);
  });

  test('keeps what is written when the screen closes', async () => {
    const { session, press, reach, store } = started();
    reach('addresses');
    press('enter', 'y');
    await store.close();
    expect(session.getState().cells.addresses!.answer).toMatch(/y$/);
    expect(session.closed).toBe(true);
  });

  test('nothing written is no answer', () => {
    const { session, press, reach } = started();
    reach('addresses');
    press('enter', 'escape');
    expect(session.acted.filter((action) => action.do === 'edit-answer')).toEqual([]);
  });

  test('another version of a cell is run instead of the author’s', async () => {
    const { session, press, settle, reach } = started();
    reach('much');
    press('i', 'ctrl-u', ...'seq 1 3', 'ctrl-r');
    await settle();
    expect(session.acted).toContainEqual({ do: 'run-cell', cell: 'much', text: 'seq 1 3' });
  });

  test('in an external editor', async () => {
    const { session, press, settle, reach } = started({
      editor: async (text) => `${text.trimEnd()}\nip link`,
    });
    reach('addresses');
    press('e');
    await settle();
    expect(session.getState().cells.addresses!.answer).toMatch(/\nip link$/);
  });

  test('an editor that is open already is not opened twice', async () => {
    let opened = 0;
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const { screen, press, settle, reach } = started({
      editor: async (text) => {
        opened += 1;
        await closed;
        return text;
      },
    });
    reach('addresses');
    press('e', 'e');
    close();
    await settle();
    expect(opened).toBe(1);
    expect(screen().view.notice ?? '').not.toContain('editor');
    press('e');
    await settle();
    expect(opened).toBe(2);
  });
});

describe('what must not happen by accident', () => {
  test('the solution is asked for twice, one after the other', () => {
    const { session, press, reach } = started();
    reach('addresses');
    press('s', 'h', 's');
    expect(session.getState().cells.addresses!.solutionShown).toBe(false);
    press('s');
    expect(session.getState().cells.addresses!.solutionShown).toBe(true);
  });

  test('a reset is agreed to first', () => {
    const { session, press } = started();
    press('r', 'n');
    expect(session.acted).toEqual([]);
    press('r', 'y');
    expect(session.acted).toEqual([{ do: 'reset' }]);
  });

  test('Ctrl-C stops what runs, then quits', async () => {
    const { session, press, settle, reach, quits } = started();
    reach('slow');
    press('enter');
    await settle();
    press('ctrl-c');
    expect(session.acted.at(-1)).toEqual({ do: 'interrupt' });
    expect(quits()).toBe(0);
    press('ctrl-c');
    expect(quits()).toBe(1);
  });

  test('Ctrl-C and another key quit nothing', () => {
    const { press, quits } = started();
    press('ctrl-c', 'j', 'ctrl-c');
    expect(quits()).toBe(0);
  });

  test('q asks while a cell runs', async () => {
    const { press, settle, reach, quits } = started();
    reach('slow');
    press('enter');
    await settle();
    press('q');
    expect(quits()).toBe(0);
    press('y');
    expect(quits()).toBe(1);
  });
});

test('a wrong answer may be thought over, the right one stays', () => {
  const { session, press, reach } = started();
  reach('state');
  press('1');
  expect(session.getState().quizzes.state).toEqual({ choice: 0, right: false });
  press('2', '1');
  expect(session.getState().quizzes.state).toEqual({ choice: 1, right: true });
});

test('who does not find the answer sees how to go on: without it, or with it shown', async () => {
  const { session, press, reach, screen, context, settle } = started();
  const footer = () => lineText(lessonFooter(screen().view, context(), 80, style));
  reach('state');
  expect(footer()).toMatch(/1-\d answer +n go on/);
  press('enter');
  expect(screen().view.notice).toContain('s shows the answer, n goes on');
  press('1');
  await settle();
  expect(footer()).toMatch(/n go on +s show the answer/);
  press('s');
  expect(screen().view.notice).toBe('Press s again to see the answer.');
  expect(session.getState().quizzesShown).toBeUndefined();
  press('s');
  await settle();
  expect(session.getState().quizzesShown).toEqual(['state']);
  // It counts as it was answered: shown is not answered.
  press('2');
  expect(session.getState().quizzes.state).toEqual({ choice: 0, right: false });
  expect(screen().view.notice).toBe('The answer stands here; n goes on.');
  const here = screen().view.current;
  press('enter');
  expect(screen().view.current).not.toBe(here);
});

test('while the sandbox is brought to where it was, a cell waits for it, and x stops that', async () => {
  const { session, press, reach, screen, settle } = started();
  reach('lay-cable');
  session.tell({ type: 'catching-up', under: true });
  await settle();
  press('enter');
  expect(screen().view.notice).toContain('the cell runs then. x stops that.');
  press('enter');
  const runs = () => session.acted.filter((action) => action.do === 'run-cell').length;
  expect(runs()).toBe(1);
  press('x');
  expect(session.acted.at(-1)).toEqual({ do: 'interrupt' });
  session.tell({ type: 'catching-up', under: false });
  await settle();
  press('x');
  expect(screen().view.notice).toBe('Nothing is running.');
});

test('what the session has to say is seen until the next key', async () => {
  const { session, press, settle, screen } = started();
  session.tell({ type: 'notice', message: 'The lesson has changed.', next: [] });
  await settle();
  expect(screen().view.notice).toBe('The lesson has changed.');
  press('j');
  expect(screen().view.notice).toBeUndefined();
});

test('a session that prints without pause is drawn sixty times a second at most', async () => {
  const { session, store, press, settle, reach } = started();
  reach('slow');
  press('enter');
  await settle();
  let drawn = 0;
  store.subscribe(() => void drawn++);
  const started_ = performance.now();
  while (performance.now() - started_ < 300) {
    session.tell({ type: 'output', cell: 'slow', stream: 'stdout', text: 'line\n' });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(drawn).toBeGreaterThan(1);
  // Besides the output, the clock ticks ten times a second.
  expect(drawn).toBeLessThan(30);
  press('x');
});

describe('a cell of the author', () => {
  const edited = async () => {
    const on = started();
    on.reach('lay-cable');
    on.press('i', 'ctrl-u', 'e', 'c', 'h', 'o', 'ctrl-r');
    await on.settle();
    return on;
  };

  test('runs as the learner has written it, says so, and goes back and forth', async () => {
    const { session, press, screen } = await edited();
    const author = screen().session.lesson.cells[0]!.text;
    const own = session.getState().cells['lay-cable']!.answer!;
    expect(own).not.toBe(author);
    expect(session.acted).toContainEqual({ do: 'run-cell', cell: 'lay-cable', text: own });
    const text = () => session.getState().cells['lay-cable']!.answer;
    press('u');
    expect(text()).toBe(author);
    expect(screen().view.notice).toBe(en.notice.reverted);
    press('u');
    expect(text()).toBe(own);
  });

  test('has its history while writing', async () => {
    const { session, store, press, screen } = await edited();
    const own = session.getState().cells['lay-cable']!.answer!;
    const alt = (char: string) => store.press({ name: 'char', char, ctrl: false, alt: true, shift: false });
    const written = () => {
      const { mode } = screen().view;
      return mode.name === 'write' ? mode.editor.rows.join('\n') : undefined;
    };
    press('i', '!');
    alt('p');
    expect(written()).toBe(own);
    alt('p');
    expect(written()).toBe(screen().session.lesson.cells[0]!.text);
    alt('p');
    expect(written()).toBe(screen().session.lesson.cells[0]!.text);
    alt('n');
    alt('n');
    expect(written()).toBe(`${own}!`);
  });
});

test('a cell that waits for its sandbox says so, and pressed again it does not run twice', () => {
  const { session, press, screen, reach } = started();
  session.tell({ type: 'sandbox-creating' });
  reach('lay-cable');
  press('a');
  expect(screen().view.notice).toBe(en.notice.queued);
  press('j', 'k', 'a');
  expect(screen().view.notice).toBe(en.notice.queued);
  expect(session.acted.filter((action) => action.do === 'run-cell')).toHaveLength(1);
});
