import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/commands/arguments.ts';

const parse = (line: string) => parseArguments(line.split(' ').filter(Boolean), '1.2.3');

describe('what is run', () => {
  test.each([
    ['', 'notebook', []],
    ['lessons/01', 'notebook', ['lessons/01']],
    ['./test', 'notebook', ['./test']],
    ['02-bridge', 'notebook', ['02-bridge']],
    ['--plain lessons', 'notebook', ['lessons']],
    ['notebook lessons', 'notebook', ['lessons']],
    ['test a b', 'test', ['a', 'b']],
    ['lint', 'lint', []],
    ['new x.md', 'new', ['x.md']],
    ['doctor', 'doctor', []],
    ['export x --format md -o y.md', 'export', ['x']],
    ['record x --write', 'record', ['x']],
    ['sandbox list', 'sandbox list', []],
    ['sandbox map --name lab --format svg --routes --width 100', 'sandbox map', []],
    ['sandbox exec --host node01 -- ls -l --color', 'sandbox exec', ['ls', '-l', '--color']],
  ])('%j is %s', (line, command, args) => {
    expect(parse(line)).toMatchObject({ kind: 'run', command, args });
  });
});

describe('options', () => {
  const given = (line: string) => {
    const call = parse(line);
    if (call.kind !== 'run') throw new Error(JSON.stringify(call));
    return call.given;
  };
  test('have defaults', () => {
    expect(given('')).toMatchObject({ sandbox: 'embedded', color: true });
  });
  test('that all commands know stand before or after the command', () => {
    for (const line of ['--sandbox docker --lang zh-CN test x', 'test x --sandbox docker --lang zh-CN']) {
      expect(given(line)).toMatchObject({ sandbox: 'docker', lang: 'zh-CN' });
    }
  });
  test('--no-color', () => expect(given('lint --no-color').color).toBe(false));
  test('reporters, several, each with or without a file', () => {
    expect(given('test x --reporter pretty --reporter junit=a=b.xml').reporter).toEqual([
      { name: 'pretty' },
      { name: 'junit', file: 'a=b.xml' },
    ]);
  });
  test('exact selection', () => {
    expect(given('test x --lesson a --lesson b --cell c --bail')).toMatchObject({
      lesson: ['a', 'b'],
      cell: ['c'],
      bail: true,
    });
  });
  test('seeds', () => {
    expect(given('lesson --seed ada').seed).toBe('ada');
    expect(given('test x --seeds 3').seeds).toBe(3);
    expect(parse('test x --seed 1 --seeds 3')).toMatchObject({ kind: 'refuse' });
    expect(parse('test x --seeds 0')).toMatchObject({ kind: 'refuse' });
  });
  test('jobs', () => expect(given('test x -j 3').jobs).toBe(3));
  test('hosts of a sandbox', () => {
    expect(given('sandbox up --host host --host node01=172.17.0.34/16 --name two')).toMatchObject({
      name: 'two',
      host: [{ name: 'host' }, { name: 'node01', address: '172.17.0.34/16' }],
    });
    expect(given('sandbox shell --host node01 --netns client')).toMatchObject({
      host: 'node01',
      netns: 'client',
    });
  });
});

describe('what is refused', () => {
  test.each([
    ['tset lessons', /unknown command 'tset'\n\(Did you mean test\?/],
    ['Lint', /Did you mean lint\?/],
    ['sandbox shel', /unknown command 'shel'\n\(Did you mean shell\?\)/],
    ['test x --reportr tap', /unknown option '--reportr'\n\(Did you mean --reporter\?\)/],
    ['--sanbox x', /Did you mean --sandbox\?/],
    ['test', /missing required argument 'path'/],
    [
      'new',
      /missing required argument 'path'\nUsage: wirebook new \[options\] <path>\nMore: {2}wirebook new --help\n$/,
    ],
    ['--lang en sandbox exec', /Usage: wirebook sandbox exec /],
    ['lessons more', /too many arguments/],
    ['test x -j 0', /whole number from 1/],
    ['test x -j two', /whole number from 1/],
    ['test x --reporter =file', /NAME or NAME=FILE/],
    ['test x --reporter junit=', /NAME or NAME=FILE/],
    ['test x --reporter', /argument missing/],
    ['sandbox exec ls -l', /Write -- before a command/],
    ['sandbox image', /required option '--output <file>'/],
    ['sandbox', /Usage: wirebook sandbox/],
  ])('%j', (line, text) => {
    expect(parse(line)).toEqual({ kind: 'refuse', text: expect.stringMatching(text) });
  });
});

describe('what is printed', () => {
  test('help, with the exit codes', () => {
    expect(parse('--help')).toEqual({
      kind: 'print',
      text: expect.stringMatching(/Usage: wirebook[\s\S]*Exit: 0 all held/),
    });
  });
  test('help of a command, with the options that all know', () => {
    expect(parse('test --help')).toEqual({
      kind: 'print',
      text: expect.stringMatching(/--jobs[\s\S]*--sandbox/),
    });
  });
  test('the version', () => expect(parse('--version')).toEqual({ kind: 'print', text: '1.2.3\n' }));
});
