import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT as root } from '../../src/lib/package.ts';
import { circlesOf } from './circles.ts';
import { direction, driversApart, noInputOutput, screenOnly } from './rules.ts';
import { type Import, importsOf, scan, sourceFiles } from './scan.ts';

const imports = importsOf(root, 'src');

function broken(rule: (one: Import) => string | undefined): string[] {
  return imports.flatMap((one) => {
    const wrong = rule(one);
    return wrong ? [`${one.file}:${one.line} imports ${one.target}: ${wrong}`] : [];
  });
}

describe('imports', () => {
  test('run one way', () => expect(broken(direction)).toEqual([]));
  test('of drivers never lead to another driver', () => expect(broken(driversApart)).toEqual([]));
  test('of ink and react stand in tui/ alone', () => expect(broken(screenOnly)).toEqual([]));
  test('of lesson/ and check/ do no input or output', () => expect(broken(noInputOutput)).toEqual([]));
  test('lead nowhere back to where they began', () => expect(circlesOf(imports)).toEqual([]));
});

describe('the rules see', () => {
  const from = (file: string, target: string): Import => ({ file, target, line: 1 });
  test.each([
    [direction, 'src/lesson/parse.ts', 'src/check/kinds.ts'],
    [direction, 'src/tui/app.tsx', 'src/plain/lines.ts'],
    [direction, 'src/report/tap.ts', 'src/commands/io.ts'],
    [direction, 'src/lib/paths.ts', 'test/helpers.ts'],
    [direction, 'src/stuff/bag.ts', 'node:fs'],
    [driversApart, 'src/sandbox/docker/driver.ts', 'src/sandbox/embedded/shell.ts'],
    [screenOnly, 'src/plain/lines.ts', 'ink'],
    [screenOnly, 'src/session/open.ts', 'react/jsx-runtime'],
    [noInputOutput, 'src/check/kinds/file.ts', 'node:fs'],
    [noInputOutput, 'src/lesson/parse.ts', 'node:child_process'],
    [noInputOutput, 'src/lesson/parse.ts', 'src/lesson/load.ts'],
  ])('%O a wrong import of %s', (rule, file, target) => {
    expect(rule(from(file, target))).toBeTypeOf('string');
  });
  test.each([
    [direction, 'src/session/open.ts', 'src/sandbox/contract.ts'],
    [direction, 'src/tui/app.tsx', 'src/tui/theme.ts'],
    [driversApart, 'src/sandbox/registry.ts', 'src/sandbox/embedded/driver.ts'],
    [screenOnly, 'src/tui/app.tsx', 'ink'],
    [noInputOutput, 'src/lesson/load.ts', 'node:fs'],
  ])('%O nothing wrong in %s', (rule, file, target) => {
    expect(rule(from(file, target))).toBeUndefined();
  });
});

test('a circle is found, however long, and once', () => {
  const pairs = (text: string) => text.split(' ').map((pair) => ({ file: pair[0]!, target: pair[1]! }));
  expect(circlesOf(pairs('ab bc cd'))).toEqual([]);
  expect(circlesOf(pairs('ab ac bd cd'))).toEqual([]);
  expect(circlesOf(pairs('ab bc ca cd de ed'))).toEqual([
    ['d', 'e'],
    ['a', 'b', 'c'],
  ]);
  expect(circlesOf(pairs('aa'))).toEqual([['a']]);
});

describe('the scan', () => {
  test('knows every form of import, and no comment', () => {
    const text = `
      import type { A } from './a.ts';
      import {
        b,
      } from '../lib/b.ts';
      import './c.ts';
      export * from './d.ts';
      // import './no.ts';
      /* import './neither.ts'; */
      const e = await import('./e.ts');
      const f = require("node:fs");`;
    expect(
      scan('/root', 'src/check/x.ts', text)
        .map(({ target }) => target)
        .sort(),
    ).toEqual([
      'node:fs',
      'src/check/a.ts',
      'src/check/c.ts',
      'src/check/d.ts',
      'src/check/e.ts',
      'src/lib/b.ts',
    ]);
  });

  test('finds all that the bundler finds', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: sourceFiles(root, 'src'),
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      jsx: 'automatic',
      outdir: 'dist',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const scanned = new Set(imports.map(({ file, target }) => `${file} ${target}`));
    const missed = Object.entries(metafile.inputs).flatMap(([file, input]) =>
      input.imports
        // The compiler adds this one itself.
        .filter(({ path }) => !path.startsWith('react/jsx'))
        .map(({ path }) => `${file} ${path}`)
        .filter((pair) => !scanned.has(pair)),
    );
    expect(imports.length).toBeGreaterThan(50);
    expect(missed).toEqual([]);
    // All sources are bundled, in seconds; on a machine that is busy with much else, in many of them.
  }, 300_000);
});
