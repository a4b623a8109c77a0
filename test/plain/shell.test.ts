/** A shell on lines: what was done in it is told when it has ended, and only what holds; `reset` to a step. */
import { expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { type Line, lineText } from '../../src/page/text/line.ts';
import { THEMES } from '../../src/page/theme.ts';
import { en } from '../../src/page/words/en.ts';
import { Walk } from '../../src/plain/walk.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';
import { FakeSession } from '../tui/fake-session.ts';

const lesson = fakeLesson();

async function atTask(shell: (session: FakeSession) => void) {
  const session = new FakeSession(lesson, { takesMs: 0 });
  let text = '';
  const walk = new Walk({
    session,
    style: { theme: THEMES.plain, glyphs: chooseGlyphs({}), words: en, columns: 80 },
    print: (lines: readonly Line[]) => {
      text += `${lines.map(lineText).join('\n')}\n`;
    },
    readText: async () => '',
    shell: async () => shell(session),
  });
  await walk.take('goto', '2');
  text = '';
  const take = async (name: 'shell' | 'reset', rest = '') => {
    text = '';
    await walk.take(name, rest);
    return text;
  };
  return { session, take };
}

const pass = (id: string) => {
  const check = lesson.cells[1]!.expects[0]!;
  return {
    check: id,
    kind: check.kind,
    state: 'pass' as const,
    title: `${id} is answered`,
    expected: '',
    found: 'it is',
    differences: [],
    points: 0,
    looks: 1,
    durationMs: 1,
    host: 'host',
    netns: '',
    place: check.place,
  };
};
const watched = (session: FakeSession, passed: boolean, ...ids: string[]) =>
  session.tell({
    type: 'checks-watched',
    cell: 'addresses',
    verdicts: ids.map(pass),
    withdrawn: [],
    passed,
  });

test('nothing done: how many hold is said, and no failure', async () => {
  const { take, session } = await atTask(() => {});
  const text = await take('shell');
  expect(text).toContain(en.plain.someHold(0, 1));
  expect(text).not.toContain(en.status.failed);
  expect(session.getState().cells.addresses!.attempts).toBe(0);
});

test('what has come to hold is named', async () => {
  const { take } = await atTask((session) => watched(session, false, 'ping'));
  expect(await take('shell')).toContain(en.notice.nowHolds('ping is answered', 1));
});

test('what was broken there is named, and what was done as well', async () => {
  const { take, session } = await atTask((one) =>
    one.tell({
      type: 'checks-watched',
      cell: 'addresses',
      verdicts: [pass('ping'), { ...pass('page'), state: 'fail' }],
      withdrawn: [],
      passed: false,
    }),
  );
  const text = await take('shell');
  expect(text).toContain(en.notice.nowHolds('ping is answered', 1));
  expect(text).toContain(en.notice.nowBroken('page is answered', 1));
  expect(text).not.toContain(en.status.failed);
  expect(session.getState().cells.addresses!.status).toBe('waiting');
});

test('a task that was done there has passed', async () => {
  const { take, session } = await atTask((one) => watched(one, true, 'ping'));
  const text = await take('shell');
  expect(text).toContain(en.status.passed);
  expect(session.getState().cells.addresses!.status).toBe('passed');
});

test('reset takes a step, by its number or its words, and refuses one that is not there', async () => {
  const { take, session } = await atTask(() => {});
  await take('reset', '3');
  expect(session.acted.at(-2)).toEqual({ do: 'restore', step: 3 });
  await take('reset', 'addresses');
  expect(session.acted.at(-2)).toEqual({ do: 'restore', step: 2 });
  const before = session.acted.length;
  expect(await take('reset', 'nowhere')).toContain(en.plain.noSuchStep('nowhere'));
  expect(session.acted).toHaveLength(before);
});
