/** `wirebook class report`: of a class on this machine, also while it is held, and of one on a NATS server. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeClass } from '../../../src/class/host/folder.ts';
import { openDiskLog } from '../../../src/class/log/disk/log.ts';
import { openNatsLog } from '../../../src/class/log/nats/log.ts';
import { shareClass } from '../../../src/class/log/nats/shared.ts';
import { classReportSchema } from '../../../src/class/report/json.ts';
import { classReport } from '../../../src/commands/class/report.ts';
import { parseCsv } from '../../../src/lib/csv.ts';
import { COURSE, NOON } from '../../board/a-class.ts';
import { MONDAY } from '../../class/report/monday.ts';
import { NatsServer } from '../../queue/nats-server.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'class-report-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const folderOf = (id: string): string => join(state, 'wirebook', 'class', id);

/** As a host leaves it. */
async function held(id: string, startedAt = NOON): Promise<void> {
  const folder = folderOf(id);
  writeClass(folder, {
    format: 1,
    id,
    title: `Class ${id}`,
    path: '/course',
    course: COURSE,
    secret: 'AAAAAA',
    keyHashes: [],
    startedAt,
    roster: [
      { id: 'ada@school.test', name: 'ADA' },
      { id: 'zoe@school.test', name: 'Zoe' },
    ],
  });
  await using log = await openDiskLog(folder);
  await Promise.all(MONDAY.map((entry) => log.append(entry)));
}

async function report(target: string | undefined, given: object = {}) {
  let out = '';
  const io = {
    cwd: state,
    env: { XDG_STATE_HOME: state },
    version: '1.2.3',
    color: false,
    stdout: {
      write: (text: string) => {
        out += text;
      },
    },
  } as unknown as Parameters<typeof classReport>[2];
  const code = await classReport(target, { sandbox: 'embedded', color: false, ...given }, io);
  return { code, out };
}

test('the last class is meant when none is named; others by their id or folder', async () => {
  await held('2026-05-04-aaaaaaaa', NOON);
  await held('2026-05-05-bbbbbbbb', NOON + 1);
  expect((await report(undefined)).out).toMatch(/^Class 2026-05-05-bbbbbbbb\n/);
  expect((await report('2026-05-04-aaaaaaaa')).out).toMatch(/^Class 2026-05-04-aaaaaaaa\n/);
  expect((await report(folderOf('2026-05-04-aaaaaaaa'))).out).toContain('ada@school.test');
});

test('several formats at once, into files and to stdout', async () => {
  await held('c');
  const { out } = await report('c', {
    reporter: [{ name: 'json', file: 'r.json' }, { name: 'html', file: 'r.html' }, { name: 'csv' }],
  });
  expect(parseCsv(out)).toHaveLength(6);
  expect(
    classReportSchema.parse(JSON.parse(readFileSync(join(state, 'r.json'), 'utf8'))).learners,
  ).toHaveLength(5);
  expect(readFileSync(join(state, 'r.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
});

test('while a host has the class open, and in the middle of a line that it writes', async () => {
  await held('c');
  await using log = await openDiskLog(folderOf('c'));
  await log.append({ from: 'learner:kim', n: 3, at: NOON + 600_000, event: { type: 'hand', up: true } });
  expect((await report('c')).out).toContain('KIM');
  writeFileSync(join(folderOf('c'), 'log'), '0000', { flag: 'a' });
  expect((await report('c')).out).toContain('KIM');
});

test('a class in which nothing was said yet', async () => {
  writeClass(folderOf('c'), {
    format: 1,
    id: 'c',
    title: 'Early',
    path: '/c',
    course: COURSE,
    secret: 'AAAAAA',
    keyHashes: [],
    startedAt: NOON,
  });
  expect((await report('c')).out).toContain('Nobody has joined.');
  expect(JSON.parse((await report('c', { reporter: [{ name: 'grades-json' }] })).out).learners).toEqual([]);
});

test('gradebooks: who of the roster was not there has no points; a CSV’s own columns come back', async () => {
  await held('c');
  const { out } = await report('c', { reporter: [{ name: 'canvas' }] });
  expect(parseCsv(out).at(-1)).toEqual(['Zoe', '', '', 'zoe@school.test', '', '']);
  writeFileSync(
    join(state, 'roster.csv'),
    'Student,ID,SIS Login ID,Section\n"Lovelace, Ada",77,ada@school.test,A\n',
  );
  const own = await report('c', {
    reporter: [{ name: 'canvas' }],
    roster: 'roster.csv',
    lesson: ['02-bridge'],
  });
  // There she has another id; the class knew her by her login.
  expect(parseCsv(own.out)[2]).toEqual(['Lovelace, Ada', '77', '', 'ada@school.test', 'A', '6']);
});

test.each([
  [undefined, {}, 'class-not-found'],
  ['c0', {}, 'class-not-found'],
  ['c', { reporter: [{ name: 'htlm' }] }, 'unknown-reporter'],
  ['c', { reporter: [{ name: 'csv' }, { name: 'json' }] }, 'reporters-together'],
  ['c', { reporter: [{ name: 'gradescope' }] }, 'one-submission'],
  ['c', { reporter: [{ name: 'canvas' }], lesson: ['03'] }, 'lesson-not-found'],
  [undefined, { nats: 'nats://127.0.0.1:9', class: 'c' }, 'queue-not-reached'],
  [undefined, { nats: 'nats://127.0.0.1:9' }, 'class-needs'],
] as const)('%s %j is refused: %s', async (target, given, code) => {
  if (target !== undefined) await held('c');
  await expect(report(target, given)).rejects.toMatchObject({ code });
});

test('a report that cannot be written leaves no half of the others', async () => {
  await held('c');
  mkdirSync(join(state, 'there'));
  await expect(
    report('c', {
      reporter: [
        { name: 'json', file: 'r.json' },
        { name: 'gradescope', file: 'g.json' },
      ],
    }),
  ).rejects.toMatchObject({ code: 'one-submission' });
  expect(() => readFileSync(join(state, 'r.json'))).toThrow(/ENOENT/);
});

test('of a class on a NATS server, without its secret', async () => {
  const server = new NatsServer(join(state, 'nats'));
  await server.start();
  try {
    await shareClass({ url: server.url, id: 'monday', passphrase: 'sixteen letters and more' }, async () => ({
      open: { title: 'Over NATS', course: COURSE },
      secret: {},
    }));
    await using log = await openNatsLog({ url: server.url, id: 'monday' });
    for (const entry of MONDAY) await log.append(entry);
    const { out } = await report(undefined, { nats: server.url, class: 'monday' });
    expect(out).toMatch(/^Over NATS\n/);
    expect(out).toContain('bob@school.test');
    await expect(report(undefined, { nats: server.url, class: 'tuesday' })).rejects.toMatchObject({
      code: 'class-not-found',
    });
  } finally {
    await server.kill();
  }
});
