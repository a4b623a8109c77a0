import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parseHandbook } from '../../src/lesson/handbook.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { Library } from '../../src/page/library.ts';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { COMMANDS, parseCommand } from '../../src/plain/commands.ts';
import { plainNotebook } from '../../src/plain/notebook.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';
import { FakeSession } from '../tui/fake-session.ts';

const lesson = fakeLesson();

async function run(
  script: string,
  options: { lesson?: string; words?: typeof en; opened?: (session: FakeSession) => void } = {},
) {
  const sessions: FakeSession[] = [];
  const library: Library = {
    title: 'Course',
    summary: '',
    items: async () => [
      { id: 'cable', title: lesson.title, summary: '', finished: false, faulty: false },
      { id: 'broken', title: 'broken', summary: '', finished: false, faulty: true },
    ],
    handbook: async () =>
      parseHandbook(
        '**cable** — A pair.\n\n- `ip link add NAME` — Makes one.\n- `ip addr add ADDRESS` — Gives one.\n',
      ),
    async open(id) {
      if (id === 'broken') throw new InputError('lesson-faulty', 'broken has a fault.', 'Mend line 3.');
      const session = new FakeSession(lesson, { takesMs: 0 });
      options.opened?.(session);
      sessions.push(session);
      return session;
    },
  };
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  let text = '';
  stdout.on('data', (chunk) => {
    text += chunk;
  });
  stdin.end(script);
  const result = await plainNotebook({
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    env: {},
    color: false,
    words: options.words ?? en,
    library,
    ...(options.lesson ? { lesson: options.lesson } : {}),
  });
  return { text, result, sessions };
}

describe('commands', () => {
  test('are words, keys of the screen, and nothing else', () => {
    expect(parseCommand('run')).toEqual({ name: 'run', rest: '' });
    expect(parseCommand('  answer ip link  ')).toEqual({ name: 'answer', rest: 'ip link' });
    expect(parseCommand('h')).toEqual({ name: 'hint', rest: '' });
    expect(parseCommand('constructor')).toEqual({ name: 'unknown', word: 'constructor' });
    expect(parseCommand('# a comment')).toBeUndefined();
    expect(parseCommand('   ')).toBeUndefined();
  });
  test.each([en, zhCN])('are all told by help in $name', async (words) => {
    expect(Object.keys(words.plain.help).sort()).toEqual(
      [...COMMANDS].filter((name) => name !== 'help').sort(),
    );
    const { text } = await run('help\n', { words });
    for (const name of COMMANDS) if (name !== 'help') expect(text).toContain(`  ${name}`);
  });
});

test('a lesson that is not in the reader’s language says so under its title', async () => {
  expect((await run('', { lesson: 'cable', words: zhCN })).text).toContain('这一课按原文显示，是英语。');
  expect((await run('', { lesson: 'cable' })).text).not.toContain('as it was written');
});

describe('finding one’s way on lines', () => {
  test('words and commands of the step, and what one means', async () => {
    const script = 'goto 1\nword\ngoto 2\nword\nword CABLE\nword ip link\nword nonsense\n';
    const { text } = await run(script, { lesson: 'cable' });
    expect(text).toMatch(/In this step: Words\n {2}cable\nIn this step: Commands\n {2}ip link add NAME\n\n/);
    expect(text).toMatch(/\nWords\n {2}cable\nCommands\n {2}ip link add NAME\n {2}ip addr add ADDRESS\n/);
    expect(text).toContain('cable\n    A pair.');
    expect(text).toContain('ip link add NAME\n    Makes one.');
    expect(text).toContain('Neither glossary nor cheat sheet has nonsense.');
  });
  test('steps, goto by number and by words, and what a step builds on', async () => {
    const { text } = await run('steps\ngoto 3\ngoto ADDRESSES\ngoto 9\n', { lesson: 'cable' });
    expect(text).toContain(' 2  Give addresses  (0/1 cells)');
    expect(text).toContain('2 cells before it are not done; runto runs them.');
    expect(text).toMatch(/runs them\.\n[\s\S]*Now it is up to you\.[\s\S]*\[2\] your turn/);
    expect(text).toContain('1 cell before it is not done; runto runs it.');
    expect(text).toContain('There is no step 9; steps lists them.');
  });

  test('runto runs what comes before with the solutions', async () => {
    const { text, sessions } = await run('goto 3\nrunto\nstatus\n', { lesson: 'cable' });
    expect(sessions[0]!.acted).toContainEqual({ do: 'run-to', cell: 'much' });
    expect(text).toMatch(/\[1\] . passed[\s\S]*\[2\] . passed/);
    expect(text).toContain('2/4 cells');
  });

  test('search finds prose, cells and outputs, each with its place', async () => {
    const { text } = await run('goto 1\nrun\nsearch veth-client@\nsearch LOWER_up\nsearch nothing of it\n', {
      lesson: 'cable',
    });
    expect(text).toContain('step 1/3 · [1]: veth-client@veth-server: UP');
    expect(text).toContain('step 2/3: 2. LOWER_UP: the carrier is there');
    expect(text).toContain('nothing of it is nowhere in this lesson.');
  });
});

describe('the notebook on lines', () => {
  test('walks a lesson from a script: run, answer, hint, solution, why, choose', async () => {
    const script = [
      'run',
      'next',
      'answer',
      'echo one',
      '.',
      'hint',
      'solution',
      'solution',
      'why',
      'answer ip addr',
      'next',
      'choose 1',
      'choose 2',
      'status',
      'quit',
    ];
    const { text, sessions, result } = await run(script.join('\n'), { lesson: 'cable' });
    expect(text).toContain('✓ passed');
    expect(text).toContain('    veth-client@veth-server: UP');
    expect(text).toContain('Think of ip addr add.');
    expect(text).toContain('ip addr add 10.0.0.11/24');
    expect(text).toContain('Look at the interfaces of both ends.');
    expect(text).toContain('not quite');
    expect(text).toContain('2/2 points');
    expect(result.lost).toBe(false);
    const runs = sessions[0]!.acted.filter((action) => action.do === 'run-cell');
    expect(runs).toEqual([
      { do: 'run-cell', cell: 'lay-cable' },
      { do: 'run-cell', cell: 'addresses', text: 'echo one' },
      { do: 'run-cell', cell: 'addresses', text: 'ip addr' },
    ]);
    expect(sessions[0]!.closed).toBe(true);
  });

  test.each([
    { words: en, ways: 'solution shows the answer, next goes on without it' },
    { words: zhCN, ways: 'solution 显示答案，next 不答就继续' },
  ])(
    'a wrong answer says how to go on, and its answer is shown when asked twice: $ways',
    async ({ words, ways }) => {
      const script = 'next\nnext\nchoose 1\nsolution\nsolution\nnext\nquit\n';
      const { text, sessions } = await run(script, { lesson: 'cable', words });
      const asked = text.split(ways);
      expect(asked).toHaveLength(2);
      // Nothing is given away before it was asked for.
      expect(asked[0]).not.toContain(`✓ ${words.quiz.right}`);
      expect(asked[1]).toContain(`✓ ${words.quiz.right}`);
      expect(sessions[0]!.getState().quizzes.state).toMatchObject({ right: false });
    },
  );

  test('the solution is not shown at the first word', async () => {
    const { text } = await run('next\nsolution\nquit\n', { lesson: 'cable' });
    expect(text).not.toContain('ip addr add 10.0.0.11/24');
  });

  test('writes no control character where nobody looks', async () => {
    const { text } = await run('run\nnext\nanswer evil\nquit\n', { lesson: 'cable' });
    expect(text).toContain('red after');
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  test('lists, opens by number and by name, and says what is not there', async () => {
    const { text, sessions } = await run('list\nrun\nopen 7\nopen broken\nopen 1\nopen cable\nnonsense\n');
    expect(text).toContain(en.plain.openFirst);
    expect(text).toContain('There is no lesson 7.');
    expect(text).toContain('Mend line 3.');
    expect(text).toContain('There is no command nonsense');
    expect(sessions).toHaveLength(2);
    expect(sessions.every((session) => session.closed)).toBe(true);
  });

  test('tells a script that the sandbox was lost, and what to do', async () => {
    const { text, result } = await run('status\nquit\n', {
      lesson: 'cable',
      opened: (session) =>
        session.tell({ type: 'sandbox-lost', message: 'It is gone.', next: ['Try reset.'] }),
    });
    expect(result.lost).toBe(true);
    expect(text).toContain('It is gone.');
    expect(text).toContain('Try reset.');
    expect((await run('quit\n', { lesson: 'cable' })).result.lost).toBe(false);
  });

  test('needs a terminal for a shell, and says so', async () => {
    expect((await run('shell\n', { lesson: 'cable' })).text).toContain(en.plain.noTerminal);
  });

  test('prints long output whole and in order', async () => {
    const { text } = await run('next\nnext\nnext\nrun seq 1 3000\nquit\n', { lesson: 'cable' });
    const numbers = text.split('\n').flatMap((line) => (/^ {4}(\d+)$/.test(line) ? [Number(line)] : []));
    expect(numbers).toEqual(Array.from({ length: 3000 }, (_, at) => at + 1));
  });
});
