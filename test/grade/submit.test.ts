/** `wirebook submit` and `verify` from a learner's journal on the disk to what a grader reads. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { submit, verify } from '../../src/commands/grade/submit.ts';
import { readArchive, writeArchive } from '../../src/grade/submission/archive.ts';
import { findSubmissions, readSubmission } from '../../src/grade/submission/find.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { journalPath, openJournal } from '../../src/session/journal.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import { CABLE } from './lessons.ts';

let folder: string;
const SEED = 'a seed';
const TEXT = CABLE.replace('needs:', 'params: {lan: {subnet: 10.0.0.0/8}}\nneeds:').replace(
  '# make the namespaces',
  '# in {{lan}} make the namespaces',
);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'submit-'));
  mkdirSync(join(folder, 'course', 'cable'), { recursive: true });
  writeFileSync(join(folder, 'course', 'cable', 'lesson.md'), TEXT);
  const lesson = await requireLesson(join(folder, 'course', 'cable'), vocabulary, { seed: SEED });
  const path = journalPath({
    state: join(folder, 'state', 'wirebook'),
    course: join(folder, 'course'),
    lesson: 'cable',
  });
  const journal = openJournal({ path, lesson });
  let state = initialState(lesson, 1);
  const events: SessionEvent[] = [
    { at: 2, type: 'answer-edited', cell: 'rooms', text: 'ip netns add red' },
    { at: 3, type: 'hint-shown', cell: 'addresses', hint: 0 },
  ];
  for (const event of events) {
    state = reduce(state, event, lesson);
    journal.append(event, state);
  }
  journal.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const given = { sandbox: 'embedded', color: false };
async function run(command: (io: Parameters<typeof submit>[2]) => Promise<number>) {
  const out = { stdout: '', stderr: '' };
  const write = (stream: 'stdout' | 'stderr') => ({
    write: (text: string | Uint8Array) => {
      out[stream] += text;
    },
  });
  const exit = await command({
    env: { XDG_STATE_HOME: join(folder, 'state') },
    cwd: folder,
    stdout: write('stdout'),
    stderr: write('stderr'),
  });
  return { exit, ...out };
}

test('a walk becomes a file that is as it was made, with the seed of its numbers', async () => {
  const made = await run((io) => submit('course/cable', { ...given, as: 'ada' }, io));
  expect(made).toMatchObject({
    exit: 0,
    stderr: 'ada.wirebook: your answers to cable, what was seen of them and when, as ada.\n',
  });
  const { exit, stdout } = await run((io) =>
    verify(['ada.wirebook'], { ...given, lesson: ['course/cable'] }, io),
  );
  expect([exit, stdout]).toEqual([
    0,
    expect.stringMatching(/^ada\.wirebook: cable by ada, .*; as it was made\n$/),
  ]);
  const files = readArchive(readFileSync(join(folder, 'ada.wirebook')));
  expect(JSON.parse(files.get('manifest.json')!.toString())).toMatchObject({ learner: 'ada', seed: SEED });
  const [place] = findSubmissions(['ada.wirebook'], 'cable', folder);
  const read = await readSubmission(place!, () => requireLesson(join(folder, 'course', 'cable'), vocabulary));
  expect(read).toMatchObject({
    learner: 'ada',
    answers: { rooms: 'ip netns add red' },
    help: { addresses: { hints: 1 } },
    notes: [],
  });
});

test('what was changed is told, each bundle by itself, and the worst is the exit code', async () => {
  await run((io) => submit('course/cable', { ...given, as: 'bo' }, io));
  const files = readArchive(readFileSync(join(folder, 'bo.wirebook')));
  files.set(
    'journal.ndjson',
    Buffer.from(files.get('journal.ndjson')!.toString().replace('netns add red', 'netns add blue')),
  );
  writeFileSync(join(folder, 'bad.wirebook'), writeArchive(files));
  writeFileSync(join(folder, 'none.wirebook'), 'hello');
  const changed = await run((io) => verify(['bo.wirebook', 'bad.wirebook'], given, io));
  expect(changed.exit).toBe(1);
  expect(changed.stdout).toMatch(
    /^bo\.wirebook: .*; as it was made\nbad\.wirebook: .*; CHANGED\n {2}journal\.ndjson:2 was changed/,
  );
  const none = await run((io) => verify(['bo.wirebook', 'none.wirebook'], given, io));
  expect([none.exit, none.stdout]).toEqual([
    2,
    expect.stringContaining('none.wirebook: it is no zip archive'),
  ]);
});

test('without a walk, or without an answer, there is nothing to hand in', async () => {
  mkdirSync(join(folder, 'course', 'other'));
  writeFileSync(join(folder, 'course', 'other', 'lesson.md'), CABLE);
  await expect(run((io) => submit('course/other', given, io))).rejects.toMatchObject({ code: 'no-session' });
  await expect(
    run((io) => submit('course/cable', { ...given, key: 'nowhere.pem' }, io)),
  ).rejects.toMatchObject({ code: 'key-not-readable' });
  writeFileSync(join(folder, 'odd.pem'), 'no key');
  await expect(run((io) => submit('course/cable', { ...given, key: 'odd.pem' }, io))).rejects.toMatchObject({
    code: 'bad-key',
  });
});
