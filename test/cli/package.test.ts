import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT, packageVersion } from '../../src/lib/package.ts';
import { bringUpToDate, type Ended, run } from './wirebook.ts';

let folder: string;
let installed: string;
/** A user who has this Node first in his path, and a home without anything. */
const env = () => ({
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: folder,
  npm_config_cache: join(folder, 'npm'),
});

beforeAll(async () => {
  bringUpToDate();
  folder = mkdtempSync(join(tmpdir(), 'wirebook-package-'));
  await npm(['pack', '--silent', '--pack-destination', folder], PACKAGE_ROOT);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  // Offline: a package without dependencies needs no registry.
  await npm(
    ['install', '--global', '--offline', '--prefix', join(folder, 'prefix'), join(folder, archive)],
    folder,
  );
  installed = join(folder, 'prefix', 'lib', 'node_modules', 'wirebook');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function npm(args: readonly string[], cwd: string): Promise<Ended> {
  const ended = await run('npm', args, { cwd, env: env() });
  if (ended.exit !== 0) throw new Error(`npm ${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
  return ended;
}

const wirebook = (...args: string[]) =>
  run(join(folder, 'prefix', 'bin', 'wirebook'), args, { cwd: folder, env: env() });

test('the package has what it needs and nothing of the checkout', () => {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  expect(dependencies ?? {}).toEqual({});
  expect(optionalDependencies ?? {}).toEqual({});
  for (const name of ['lessons', 'sandbox/packages.txt', 'dist/cli.js', 'LICENSE', 'README.md']) {
    expect(existsSync(join(installed, name)), name).toBe(true);
  }
  for (const name of ['src', 'test', 'bench', 'node_modules', 'dist/.built']) {
    expect(existsSync(join(installed, name)), name).toBe(false);
  }
});

test('learners are not given the keys', () => {
  const names = readdirSync(join(installed, 'lessons'), { recursive: true }).map(String);
  expect(names.some((name) => name.endsWith('lesson.md'))).toBe(true);
  expect(names.filter((name) => /\.key\./.test(name))).toEqual([]);
});

test('the installed command says its version', async () => {
  expect(await wirebook('--version')).toMatchObject({ exit: 0, stdout: `${packageVersion()}\n`, stderr: '' });
});

test('the installed command reads the lessons that came with it', async () => {
  expect(await wirebook('lint', join(installed, 'lessons'))).toMatchObject({ exit: 0 });
});
