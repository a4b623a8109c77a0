/** `wirebook class join` on lines, against a real host of a class: what a person types, and what both sides see. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InstructorEvent } from '../../../src/board/events.ts';
import { type CourseOutline, outlineOf } from '../../../src/board/outline.ts';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { codeOf, formatCode } from '../../../src/class/code.ts';
import { classJoin, type JoinGiven } from '../../../src/commands/class/join.ts';
import type { Io } from '../../../src/commands/io.ts';
import { requireLesson } from '../../../src/lesson/load.ts';
import { until } from '../../class/helpers/scripted-host.ts';
import { Board, CERTIFICATE, type Held, hold, SECRET } from '../../class/host/a-host.ts';
import { FakeDriver } from '../../session/fake-sandbox.ts';

const LESSON = `---
title: One and two
---
## The first

\`\`\`sh {.run #one}
touch /a
\`\`\`

## The second

\`\`\`sh {.run #two}
echo mine
\`\`\`
`;

let folder: string;
let course: CourseOutline;
let code: string;
let held: Held;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-join-'));
  mkdirSync(join(folder, 'lesson'));
  writeFileSync(join(folder, 'lesson', 'lesson.md'), LESSON);
  const lesson = await requireLesson(join(folder, 'lesson', 'lesson.md'), vocabulary);
  course = { title: 'Short', lessons: [outlineOf(lesson)] };
  code = formatCode(await codeOf(SECRET, new X509Certificate(CERTIFICATE.cert).raw));
  held = await hold({ course });
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await held[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const address = () => `127.0.0.1:${held.served.port}`;

/** A learner at their terminal: types lines, sees text. */
function learner(args: readonly string[], given: Partial<JoinGiven> = {}, home = 'home') {
  const stdin = new PassThrough();
  const text = { out: '', err: '' };
  const stream = (to: keyof typeof text) => {
    const one = new PassThrough();
    one.on('data', (chunk) => {
      text[to] += chunk;
    });
    return one as unknown as NodeJS.WriteStream;
  };
  const io: Io = {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stream('out'),
    stderr: stream('err'),
    env: { HOME: join(folder, home) },
    cwd: folder,
    color: false,
    signal: new AbortController().signal,
    version: 'test',
  };
  const options = { driver: new FakeDriver(), plain: true, ...(given.lang ? { lang: given.lang } : {}) };
  const done = classJoin(args, { sandbox: '', color: false, ...given }, options, io);
  const ended = done.then(
    (exit) => ({ exit }),
    (error: { code?: string; message: string; next?: readonly string[] }) => ({ error }),
  );
  closing.push(async () => {
    stdin.end();
    await ended;
  });
  return {
    text,
    ended,
    type: (line: string) => void stdin.write(`${line}\n`),
    sees: (what: string | RegExp) =>
      Promise.race([
        until(() => (typeof what === 'string' ? text.out.includes(what) : what.test(text.out))),
        ended.then((how) => {
          throw new Error(`It ended: ${JSON.stringify(how)} ${text.out}${text.err}`);
        }),
      ]),
    async leave() {
      stdin.end();
      return ended;
    },
  };
}

const joined = (name = 'Ada', more: Partial<JoinGiven> = {}) =>
  learner([address(), code, 'lesson'], { name, ...more });

async function instructor() {
  const board = await Board.open(held.served.port);
  closing.push(async () => board.client.close());
  return { board, say: (event: InstructorEvent) => board.client.say(event) };
}

describe('joining', () => {
  test('opens the lesson; the board sees who it is and how they do', async () => {
    const { board } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    ada.type('run');
    const { rows } = await board.until(({ rows }) => rows[0]?.cells['lesson/one']?.status === 'passed');
    expect(rows[0]).toMatchObject({ name: 'Ada', consent: { progress: true, outputs: false } });
    expect(ada.text.err).toMatch(/you are in, as Ada/);
    expect(await ada.leave()).toEqual({ exit: 0 });
    await board.until(({ rows }) => rows[0]?.status === 'left');
  });

  test('says what is shared, with whom, and how to stop it', async () => {
    const ada = joined();
    await ada.sees('The first');
    for (const said of [
      'which checks hold',
      'only if you agree',
      'The instructor sees it',
      'stops all of it',
    ])
      expect(ada.text.err).toContain(said);
  });

  test('without a code goes on in the class of before, as the same learner', async () => {
    const first = joined();
    await first.sees('The first');
    await first.leave();
    const again = learner([]);
    await again.sees('[1] run');
    expect(held.served.book.size).toBe(1);
    await again.leave();
  });

  test('goes on alone while the host is away, and is heard when it is back', async () => {
    const first = joined();
    await first.sees('The first');
    await first.leave();
    const { port } = held.served;
    await held.served.close();
    const alone = learner([]);
    await alone.sees('[1] run');
    expect(alone.text.err).toMatch(/cannot be reached now/);
    alone.type('run');
    await alone.sees('[1] ✓ passed');
    await held.again();
    expect(held.served.port).toBe(port);
    const { board } = await instructor();
    await board.until(({ rows }) => rows[0]?.cells['lesson/one']?.status === 'passed');
  });

  test.each([
    ['a wrong code', () => [address(), 'K7QM4-T9XWB-3HPDT'], { name: 'Ada' }, 'class-certificate'],
    ['a slip of the finger', () => [address(), 'K7QM4-T9XWB-3HPDX'], { name: 'Ada' }, 'class-code'],
    ['no host', () => ['127.0.0.1:1', code], { name: 'Ada' }, 'class-not-reached'],
    ['no name and nobody to ask', () => [address(), code], {}, 'class-name'],
    ['a name of two lines', () => [address(), code], { name: 'a\nb' }, 'class-name'],
    ['an address alone', () => [address()], {}, 'class-code'],
    ['no class of before', () => [], {}, 'class-none'],
    ['something else to share', () => [address(), code], { name: 'A', share: 'all' }, 'class-share'],
  ])('%s is told', async (_, args, given, wanted) => {
    const { error } = (await learner(args(), given).ended) as { error?: { code: string } };
    expect(error?.code).toBe(wanted);
  });

  test('a name that is taken is told, and the class goes on', async () => {
    const ada = joined();
    await ada.sees('The first');
    const other = learner([address(), code, 'lesson'], { name: 'Ada' }, 'elsewhere');
    expect(await other.ended).toMatchObject({ error: { code: 'class-name-taken' } });
  });

  test('another text than the instructor’s is told', async () => {
    writeFileSync(join(folder, 'lesson', 'lesson.md'), LESSON.replace('echo mine', 'echo yours'));
    const ada = joined();
    await ada.sees('The first');
    expect(ada.text.err).toMatch(/Not the same text as the instructor’s: One and two/);
  });

  test('with none of the class’s lessons at hand', async () => {
    mkdirSync(join(folder, 'foreign'));
    writeFileSync(join(folder, 'foreign', 'lesson.md'), LESSON);
    const ada = learner([address(), code, 'foreign'], { name: 'Ada' });
    expect(await ada.ended).toMatchObject({ error: { code: 'class-course' } });
  });

  test('speaks Chinese', async () => {
    const ada = joined('小明', { lang: 'zh-CN' });
    await ada.sees('The first');
    expect(ada.text.err).toMatch(/你已加入，名字是 小明/);
    ada.type('class');
    await ada.sees('共享：进度');
  });
});

describe('on lines', () => {
  test('everything that a person can do in a class has a word', async () => {
    const { board } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    ada.type('hand');
    await board.until(({ rows }) => rows[0]?.hand !== undefined);
    ada.type('hand down');
    await board.until(({ rows }) => rows[0]?.hand === undefined);
    ada.type('react lost');
    await board.until(({ rows }) => rows[0]?.reaction?.reaction === 'lost');
    ada.type('ask Why a cable?');
    const { questions } = await board.until(({ questions }) => questions.length === 1);
    expect(questions[0]).toMatchObject({ text: 'Why a cable?', place: { lesson: 'lesson', step: 0 } });
    ada.type('share outputs on');
    await board.until(({ rows }) => rows[0]?.consent.outputs === true);
    ada.type('unshare');
    await board.until(({ rows }) => rows[0]?.consent.progress === false);
    ada.type('class');
    await ada.sees('nothing shared');
  });

  test('what the instructor does is printed as it comes, and can be read again', async () => {
    const { board, say } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    await board.until(({ rows }) => rows.length === 1);
    say({ type: 'announced', id: 'a', text: 'Break at ten' });
    await ada.sees('To all: Break at ten');
    say({ type: 'hint', id: 'h', to: board.state.rows[0]!.id, lesson: 'lesson', cell: 'one', text: 'Look.' });
    await ada.sees('A hint for you: Look.');
    ada.type('ask Really?');
    const { questions } = await board.until(({ questions }) => questions.length === 1);
    say({
      type: 'question-answered',
      learner: board.state.rows[0]!.id,
      question: questions[0]!.id,
      text: 'Yes.',
    });
    await ada.sees('Answer: Yes.');
    ada.type('messages');
    await ada.sees('You asked: Really?');
    say({ type: 'timer', label: 'Now', durationMs: 1000 });
    await ada.sees(/^Now: 0:0/m);
    await ada.sees('Time is up.');
    say({ type: 'poll-opened', id: 'p', question: 'This or that?', choices: ['this', 'that'] });
    await ada.sees('There is a poll');
    ada.type('vote 2');
    await board.until(({ polls }) => polls[0]?.votes[1] === 1);
    say({ type: 'poll-closed', id: 'p', share: true });
    await ada.sees('result is there');
    ada.type('class');
    await ada.sees('1 vote');
  });

  test('the gate holds, and opens', async () => {
    const { board, say } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    say({ type: 'pace', pace: { mode: 'gated', upTo: { lesson: 'lesson', step: 0 } } });
    await ada.sees('Open now: up to step 1');
    ada.type('next');
    await ada.sees('The second');
    ada.type('run');
    await ada.sees('The class is open up to step 1');
    say({ type: 'pace', pace: { mode: 'free' } });
    await ada.sees('Everything is open now');
    ada.type('run');
    await board.until(({ rows }) => rows[0]?.cells['lesson/two']?.status === 'passed');
  });

  test('goes to where the class is', async () => {
    const { say } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    say({ type: 'where', place: { lesson: 'lesson', step: 1 } });
    say({ type: 'pace', pace: { mode: 'following' } });
    await ada.sees('goes along with the instructor');
    ada.type('follow');
    await ada.sees('[2] run');
  });

  test('a class that has ended is left in peace, and the lesson goes on', async () => {
    const { board, say } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    say({ type: 'pace', pace: { mode: 'gated', upTo: { lesson: 'lesson', step: 0 } } });
    await ada.sees('Open now: up to step 1');
    await board.until(({ rows }) => rows.length === 1);
    say({ type: 'class-ended' });
    await ada.sees('The class has ended. You can go on by yourself.');
    // Nor is the gate of a class that is over any gate.
    ada.type('next');
    ada.type('run');
    await ada.sees('[2] ✓ passed');
    expect(await ada.leave()).toEqual({ exit: 0 });
    expect(await learner([]).ended).toMatchObject({ error: { code: 'class-ended' } });
  });

  test('who was taken out is told so', async () => {
    const { board, say } = await instructor();
    const ada = joined();
    await ada.sees('The first');
    const { rows } = await board.until(({ rows }) => rows.length === 1);
    say({ type: 'removed', learner: rows[0]!.id });
    await ada.sees('The instructor has taken you out of the class.');
    await ada.leave();
    expect(await learner([]).ended).toMatchObject({ error: { code: 'class-removed' } });
  });

  test('outside of a class the words say how to join one', async () => {
    const { parseCommand } = await import('../../../src/plain/commands.ts');
    expect(parseCommand('hand down')).toEqual({ name: 'in-class', does: 'hand', rest: 'down' });
    expect(parseCommand('X')).toEqual({ name: 'in-class', does: 'unshare', rest: '' });
  });
});
