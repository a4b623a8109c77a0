/** The command on the real sandbox: from folders to points, kept, explained, and judged again. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GradeOptions } from '../../src/commands/grade/class.ts';
import { grade } from '../../src/commands/grade/grade.ts';
import { type PublicReport, reportSchema } from '../../src/report/grades/json.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { CABLE, SOLUTIONS } from './lessons.ts';

let folder: string;
const markdown = (answers: Readonly<Record<string, string>>): string =>
  Object.entries(answers)
    .map(([id, text]) => `### ${id}\n\n\`\`\`sh\n${text}\n\`\`\`\n`)
    .join('\n');

beforeAll(async () => {
  await embedded.prepare();
  folder = mkdtempSync(join(tmpdir(), 'grade-'));
  mkdirSync(join(folder, 'cable'));
  mkdirSync(join(folder, 'subs'));
  writeFileSync(join(folder, 'cable', 'lesson.md'), CABLE);
  writeFileSync(join(folder, 'subs', 'right.md'), markdown(SOLUTIONS));
  // blue is spelt wrong, and what follows would have been right.
  writeFileSync(
    join(folder, 'subs', 'typo.md'),
    markdown({ ...SOLUTIONS, rooms: 'ip netns add red\nip netns add bleu' }),
  );
  writeFileSync(join(folder, 'roster.csv'), 'id,name\nright,Ada\ntypo,Bo\nabsent,Cy\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: string[], options: Partial<GradeOptions> = {}) {
  const out = { stdout: '', stderr: '' };
  const write = (stream: 'stdout' | 'stderr') => ({
    write: (text: string | Uint8Array) => {
      out[stream] += text;
    },
  });
  const exit = await grade(
    args,
    { sandbox: 'embedded', color: false, driver: embedded, results: 'results', ...options },
    {
      stdout: write('stdout'),
      stderr: write('stderr'),
      env: {},
      cwd: folder,
      color: false,
      signal: new AbortController().signal,
      version: '0',
    },
  );
  return { exit, ...out };
}

test('grades a folder with a roster; one mistake costs what it is worth and no more', async () => {
  const { exit, stdout } = await run(['cable', 'subs'], {
    reporter: [{ name: 'json' }],
    roster: 'roster.csv',
  });
  expect(exit).toBe(1);
  const report = reportSchema.parse(JSON.parse(stdout)) satisfies PublicReport;
  const of = (id: string) => report.learners.find(({ learner }) => learner === id)!;
  expect(of('right')).toMatchObject({ state: 'graded', points: 7, name: 'Ada' });
  expect(of('absent')).toMatchObject({ state: 'missing' });
  expect(of('absent').points).toBeUndefined();
  expect(of('typo')).toMatchObject({ state: 'graded', points: 6 });
  const lost = of('typo').items.filter(({ points, possible }) => points < possible);
  expect(lost).toMatchObject([{ check: 'blue', state: 'lost', reason: 'the namespaces are bleu, red.' }]);
});

test('what has been graded is not run again, and each point can be explained', async () => {
  const again = await run(['cable', 'subs'], { reporter: [{ name: 'pretty' }] });
  expect(again.stderr).toContain('2 graded before');
  // One more of the class, later: the others are still in the report.
  const one = await run(['cable', 'subs/typo.md'], { reporter: [{ name: 'json' }], roster: 'roster.csv' });
  const states = reportSchema
    .parse(JSON.parse(one.stdout))
    .learners.map(({ learner, state, points }) => [learner, state, points]);
  expect(states).toEqual([
    ['typo', 'graded', 6],
    ['right', 'graded', 7],
    ['absent', 'missing', undefined],
  ]);
  const { stdout } = await run(['cable'], { explain: ['typo', 'blue'] });
  expect(stdout).toContain('0 of 1. the namespaces are bleu, red.');
  expect(stdout).toContain('$ ip netns add bleu');
  // Without a check: each that was lost, and no other.
  const all = (await run(['cable'], { explain: ['typo'] })).stdout;
  expect(all).toContain('typo, blue of rooms');
  expect(all.match(/^typo, /gm)).toHaveLength(1);
  expect((await run(['cable'], { explain: ['right'] })).stdout).toBe('right: 7 of 7; no point is lost.\n');
  expect(again.stdout).toContain('  blue of rooms  -1  ');
  expect(again.stderr).toContain(
    'Every lost point in full: wirebook grade cable --results results --explain typo\n',
  );
  await expect(run(['cable'], { explain: ['tpyo', 'blue'] })).rejects.toMatchObject({
    code: 'unknown-learner',
    next: ['Did you mean typo?'],
  });
});

test('a report of one submission is refused for a class before anything runs', async () => {
  const asleep = { ...embedded, create: () => Promise.reject(new Error('nothing may run')) };
  for (const name of ['gradescope', 'classroom'])
    await expect(
      run(['cable', 'subs'], { reporter: [{ name }], driver: asleep, results: 'none', again: true }),
    ).rejects.toMatchObject({
      code: 'one-submission',
      message: `The report ${name} is of one submission; these are 2.`,
    });
});

test('a check that is corrected or added is judged over old runs, and nothing runs', async () => {
  const corrected = CABLE.replace(
    '  address: 10.7.0.1/24\n',
    '  address: 10.7.0.1/24\n  mtu: 1400\n',
  ).replace(
    '- ping: 10.7.0.2\n',
    '- route: 10.7.0.0/24\n  in: red\n  id: route\n  dev: r0\n- ping: 10.7.0.2\n',
  );
  writeFileSync(join(folder, 'cable', 'lesson.md'), corrected);
  const asleep = { ...embedded, create: () => Promise.reject(new Error('nothing may run')) };
  const { stdout, stderr } = await run(['cable'], {
    regrade: true,
    driver: asleep,
    reporter: [{ name: 'json' }],
  });
  expect(stderr).toContain('Judged again: r0-address (2), route (2)');
  const report = reportSchema.parse(JSON.parse(stdout));
  const points = Object.fromEntries(report.learners.map(({ learner, points }) => [learner, points]));
  expect(points).toEqual({ right: 6.25, typo: 5.25 });
  writeFileSync(join(folder, 'cable', 'lesson.md'), CABLE);
  await run(['cable'], { regrade: true, driver: asleep });
});

test('a run that fails overwrites no result: the earlier one stands', async () => {
  const fails = {
    ...embedded,
    create: () => Promise.reject(new (class extends Error {})('the machine is on fire')),
  };
  const before = readFileSync(join(folder, 'results', 'records', namesOf(folder)[0]!));
  const { exit, stdout } = await run(['cable', 'subs/right.md'], {
    again: true,
    driver: fails,
    reporter: [{ name: 'json' }],
  });
  expect(exit).toBe(0);
  const [learner] = reportSchema.parse(JSON.parse(stdout)).learners;
  expect(learner).toMatchObject({ state: 'graded', points: 7 });
  expect(learner!.notes.join()).toMatch(/Grading it again failed .*on fire.* stands/s);
  expect(readFileSync(join(folder, 'results', 'records', namesOf(folder)[0]!))).toEqual(before);
});

test('a sandbox that fails is tried again, and in the end nothing is graded: that is no zero', async () => {
  let tries = 0;
  const fails = {
    ...embedded,
    create: () => {
      tries += 1;
      return Promise.reject(new Error('no room'));
    },
  };
  const { exit, stdout } = await run(['cable', 'subs/right.md'], {
    results: 'others',
    driver: fails,
    reporter: [{ name: 'json' }],
  });
  expect(tries).toBe(3);
  expect(exit).toBe(3);
  const [learner] = reportSchema.parse(JSON.parse(stdout)).learners;
  expect(learner).toMatchObject({ state: 'broken', attempts: 3 });
  expect(learner!.points).toBeUndefined();
  expect(learner!.because).toContain('no room');
});

test('a packet that was lost once costs nothing: probes that fail alone are asked again in a fresh sandbox', async () => {
  let made = 0;
  /** The first sandbox loses every answer to a ping. */
  const lossy: typeof embedded = {
    ...embedded,
    create: async (...args) => {
      const sandbox = await embedded.create(...args);
      if (++made > 1) return sandbox;
      const observe = sandbox.observe.bind(sandbox);
      sandbox.observe = async (needs) => {
        const seen = await observe(needs);
        const lost = {
          exit: 1,
          stdout:
            'PING 10.7.0.2 (10.7.0.2) 56(84) bytes of data.\n\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n',
          stderr: '',
          durationMs: 1,
        };
        return { ...seen, probes: Object.fromEntries(Object.keys(seen.probes).map((key) => [key, lost])) };
      };
      return sandbox;
    },
  };
  const { exit, stdout } = await run(['cable', 'subs/right.md'], {
    results: 'lossy',
    driver: lossy,
    reporter: [{ name: 'json' }],
  });
  expect(reportSchema.parse(JSON.parse(stdout)).learners[0]).toMatchObject({ points: 7, attempts: 1 });
  expect([exit, made]).toEqual([0, 2]);
});

test('machines that are not thrown away run no submission; what looks from inside is told of', async () => {
  const kept = { ...embedded, name: 'ssh', risks: async () => ['it changes the machine'] };
  await expect(run(['cable', 'subs/right.md'], { driver: kept, yes: true })).rejects.toMatchObject({
    code: 'not-for-submissions',
  });
  const other = { ...embedded, name: 'docker' };
  const { stdout } = await run(['cable', 'subs/right.md'], {
    results: 'other',
    driver: other,
    reporter: [{ name: 'json' }],
  });
  expect(reportSchema.parse(JSON.parse(stdout)).notices.join()).toMatch(/look with the machine’s own tools/);
});

test('a sandbox that fails once costs nothing but a second try', async () => {
  let tries = 0;
  const shaky = {
    ...embedded,
    create: (...args: Parameters<typeof embedded.create>) =>
      ++tries === 1 ? Promise.reject(new Error('not now')) : embedded.create(...args),
  };
  const { exit, stdout } = await run(['cable', 'subs/right.md'], {
    results: 'third',
    driver: shaky,
    reporter: [{ name: 'json' }],
  });
  expect(exit).toBe(0);
  expect(reportSchema.parse(JSON.parse(stdout)).learners[0]).toMatchObject({ points: 7, attempts: 2 });
});

function namesOf(where: string): string[] {
  return readdirSync(join(where, 'results', 'records')).filter((name) => /^right-\w+\.json\.gz$/.test(name));
}
