import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { options } from '../../scripts/bundle.mjs';

let outputs: Metafile['outputs'];
let texts: Map<string, string>;
beforeAll(async () => {
  const result = await build({ ...options, write: false, metafile: true, logLevel: 'silent' });
  outputs = result.metafile!.outputs;
  const scripts = result.outputFiles!.filter(({ path }) => path.endsWith('.js'));
  texts = new Map(scripts.map(({ path, text }) => [path, text]));
});

/** All files that are loaded with these files of the bundle, without what is imported later, when it is needed. */
function filesWith(files: readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path, kind, external } of outputs[file]!.imports) {
      if (kind === 'import-statement' && !external) visit(path);
    }
  };
  for (const file of files) visit(file);
  return [...seen];
}

const loadedWith = (files: readonly string[]): string[] =>
  filesWith(files).flatMap((file) => Object.keys(outputs[file]!.inputs));

function chunkOf(source: string): string {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  if (!found) throw new Error(`${source} is no chunk of its own: ${Object.keys(outputs).join(', ')}`);
  return found[0];
}

/** What is loaded until the first frame. */
const first = () => [
  'dist/cli.js',
  ...[
    'commands/notebook.ts',
    'sandbox/registry.ts',
    'sandbox/embedded/driver.ts',
    'tui/open.ts',
    'tui/first/course.ts',
    'tui/first/lesson.ts',
  ].map((file) => chunkOf(`src/${file}`)),
];

const screen = /^node_modules\/(ink|react|react-reconciler|yoga-layout)\/|^src\/tui\//;
const commands = ['test', 'lint', 'doctor', 'sandbox/sandbox', 'grade/grade', 'new', 'export', 'record'];

describe('what is loaded', () => {
  test('by --help is small, and no command', () => {
    const sources = loadedWith(['dist/cli.js']);
    expect(
      sources
        .filter((source) => source.startsWith('node_modules/'))
        .every((source) => source.includes('/commander/')),
    ).toBe(true);
    expect(
      sources.filter((source) => /^src\/(lesson|check|sandbox|session|report|tui|plain)\//.test(source)),
    ).toEqual([]);
    for (const command of commands) expect(sources).not.toContain(`src/commands/${command}.ts`);
    expect(sources.filter((source) => source.includes('zh-'))).toEqual([]);
  });

  test('of a language is nothing before it is spoken, and of its commands nothing in a notebook', () => {
    const chinese = loadedWith([chunkOf('src/page/words/zh-CN.ts')]);
    const ofCommands = ['zh-command', 'zh-help', 'zh-class', 'zh-grading', 'zh-authors'];
    for (const name of ofCommands) expect(chinese).not.toContain(`src/page/said/${name}.ts`);
    expect(loadedWith([chunkOf('src/page/said/zh-command.ts')])).toContain('src/page/said/zh-class.ts');
    expect(loadedWith([chunkOf('src/page/said/command.ts')]).filter((one) => one.includes('zh-'))).toEqual(
      [],
    );
  });

  test.each(commands)('by `%s` is nothing of the screen', (command) => {
    const sources = loadedWith(['dist/cli.js', chunkOf(`src/commands/${command}.ts`)]);
    expect(sources).toContain(`src/commands/${command}.ts`);
    expect(sources.filter((source) => screen.test(source))).toEqual([]);
  });

  test('by the screen is no emulator of a terminal: it comes with the first shell', () => {
    const emulator = (sources: readonly string[]) =>
      sources.some((source) => /\/@xterm\/headless\//.test(source));
    expect(
      emulator(loadedWith(['start.ts', 'views/mount.tsx'].map((file) => chunkOf(`src/tui/${file}`)))),
    ).toBe(false);
    expect(emulator(loadedWith(Object.keys(outputs).filter((file) => file.endsWith('.js'))))).toBe(true);
  });

  test('until the first frame is neither ink nor what reads, checks and runs lessons', () => {
    const sources = loadedWith(first());
    expect(sources).toEqual(expect.arrayContaining(['src/lesson/kept.ts', 'src/session/journal/glance.ts']));
    expect(
      sources.filter((source) => /^node_modules\/(ink|react|yoga-layout|zod|yaml|execa)\//.test(source)),
    ).toEqual([]);
    expect(
      sources.filter((source) => /^src\/(check\/kinds|lesson\/parse|session\/open|tui\/store)/.test(source)),
    ).toEqual([]);
  });

  test('until the first frame are few files: each takes its time, however little is in it', () => {
    expect(filesWith(first()).length).toBeLessThan(17);
  });

  test('with Node.js is none of its own modules whole, by import', () => {
    const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imported).toContain('node:fs');
    const written = [...texts].filter(([, text]) =>
      /(?:^|[;}\n])import[^;"()]+from ?"(?:node:|fs")/.test(text),
    );
    expect(written.map(([path]) => path)).toEqual([]);
  });

  test('by the notebook, when it opens the screen, is ink: so this test can see it', () => {
    const all = Object.keys(outputs).filter((file) => file.endsWith('.js'));
    expect(loadedWith(all).some((source) => screen.test(source))).toBe(true);
  });
});
