/** The recipes under docs: each is run, or held against what it names. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseArguments } from '../../src/commands/arguments.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { FORMATS } from '../../src/report/grades/formats.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { run } from '../cli/wirebook.ts';
import { CABLE, SOLUTIONS } from './lessons.ts';

const recipes = join(PACKAGE_ROOT, 'docs', 'recipes');

/** Each `wirebook ...` of a text, as the command line reads it. */
function commandsIn(text: string): string[][] {
  return [...text.matchAll(/^\s*(?:\[[^\n]*\|\| )?wirebook ([^\n#]*)/gm)].map(([, rest]) =>
    rest!
      .split(/\s*(?:\|\||>&)/)[0]!
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/"/g, ''))
      .filter((word) => word !== '$@' && !word.startsWith('${options')),
  );
}

test('every command that the recipes and the page on grading name is one', () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'grading.md'), 'utf8');
  const texts = [
    page,
    readFileSync(join(recipes, 'github-actions.yml'), 'utf8'),
    readFileSync(join(recipes, 'gradescope', 'run_autograder'), 'utf8'),
  ];
  const commands = texts.flatMap(commandsIn);
  expect(commands.length).toBeGreaterThan(8);
  for (const argv of commands)
    expect([argv.join(' '), parseArguments(argv, '0').kind]).toEqual([argv.join(' '), 'run']);
  for (const name of Object.keys(FORMATS))
    expect(page).toMatch(new RegExp(`^\\| [a-z, ]*\\b${name}\\b`, 'm'));
});

test('the GitHub workflow is one: lesson and key come from elsewhere than the learner’s repository', () => {
  const { on, jobs } = parse(readFileSync(join(recipes, 'github-actions.yml'), 'utf8')) as {
    on: string[];
    jobs: {
      grade: {
        'runs-on': string;
        steps: {
          uses?: string;
          run?: string;
          with?: Record<string, string>;
          id?: string;
          env?: Record<string, string>;
        }[];
      };
    };
  };
  expect(on).toEqual(['push']);
  const { steps } = jobs.grade;
  expect(
    steps.filter(({ uses }) => uses?.startsWith('actions/checkout')).map((step) => step.with?.path),
  ).toEqual(['answers', 'course']);
  const script = steps.find(({ id }) => id === 'wirebook')!.run!;
  expect(script).toContain('wirebook grade "course/$LESSON"');
  // Nothing of the event is put into the script itself, where it would be run.
  expect(script).not.toContain('${{');
});

describe('the Gradescope autograder', () => {
  let base: string;
  beforeEach(async () => {
    await embedded.prepare();
    base = mkdtempSync(join(tmpdir(), 'autograder-'));
    for (const name of ['source/lesson/cable', 'submission', 'results', 'bin'])
      mkdirSync(join(base, name), { recursive: true });
    cpSync(join(recipes, 'gradescope', 'run_autograder'), join(base, 'run_autograder'));
    writeFileSync(join(base, 'source', 'lesson', 'cable', 'lesson.md'), CABLE);
    writeFileSync(
      join(base, 'submission_metadata.json'),
      JSON.stringify({ users: [{ email: 'ada@example.org', name: 'Ada' }] }),
    );
    writeFileSync(
      join(base, 'bin', 'wirebook'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(PACKAGE_ROOT, 'src', 'cli.ts')}" "$@"\n`,
    );
    chmodSync(join(base, 'bin', 'wirebook'), 0o755);
    symlinkSync(process.execPath, join(base, 'bin', 'node'));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));
  const grade = async () => {
    const env = { ...process.env, AUTOGRADER: base, PATH: `${join(base, 'bin')}:${process.env.PATH}` };
    const { exit, stderr } = await run('bash', [join(base, 'run_autograder')], { env });
    expect([exit, stderr]).toEqual([0, stderr]);
    return JSON.parse(readFileSync(join(base, 'results', 'results.json'), 'utf8')) as {
      score?: number;
      tests?: unknown[];
      output: string;
    };
  };

  test('grades what was uploaded', async () => {
    const text = Object.entries({ ...SOLUTIONS, rooms: 'ip netns add red' })
      .map(([id, answer]) => `### ${id}\n${answer}\n`)
      .join('');
    writeFileSync(join(base, 'submission', 'anything.sh'), text);
    expect(await grade()).toMatchObject({ score: 6, tests: { length: 7 } });
  });
  test('gives no score to what cannot be graded: a link, nothing, too much', async () => {
    symlinkSync('/etc/passwd', join(base, 'submission', 'answers.md'));
    const linked = await grade();
    expect(linked.score).toBeUndefined();
    expect(linked.output).toContain('symbolic link');
    rmSync(join(base, 'submission', 'answers.md'));
    expect((await grade()).score).toBeUndefined();
  });
});
