/** Help and refusals in Chinese: everything that a command is described in has words, and every row fits. */
import { describe, expect, test } from 'vitest';
import { langIn, parseArguments } from '../../src/commands/arguments.ts';
import { helpTongue } from '../../src/page/said/command.ts';
import { textWidth } from '../../src/page/text/width.ts';

const HAN = /\p{Script=Han}/u;
const chinese = await helpTongue('zh-CN', {});
const print = (line: string) => {
  const call = parseArguments(line.split(' ').filter(Boolean), '1.2.3', chinese);
  if (call.kind === 'run') throw new Error(`${line} is run`);
  return call.text;
};

/** Of each command that has others, and then of those. */
function commandsBelow(path: string): string[] {
  const asked: string[] = [];
  const help = parseArguments([...path.split(' ').filter(Boolean), '--help'], '1');
  if (help.kind !== 'print') throw new Error(`${path} has no help`);
  const [, list = ''] = help.text.split(/^Commands:$/m);
  for (const [, name] of list.matchAll(/^ {2}([a-z]+) /gm))
    if (name !== 'help') asked.push(...commandsBelow(`${path} ${name}`.trim()));
  return [path, ...asked];
}
const commands = commandsBelow('');

test('all commands are found', () => {
  expect(commands).toEqual(
    expect.arrayContaining(['', 'test', 'grade seeds', 'class present', 'sandbox trace']),
  );
  expect(commands.length).toBeGreaterThan(30);
});

test('every sentence of the help has Chinese words', () => {
  const asked = new Set<string>();
  const say = (sentence: string) => {
    asked.add(sentence);
    return sentence;
  };
  for (const command of commands)
    parseArguments([...command.split(' ').filter(Boolean), '--help'], '1', { say });
  expect(asked.size).toBeGreaterThan(120);
  expect([...asked].filter((sentence) => sentence !== '' && !HAN.test(chinese.say(sentence)))).toEqual([]);
});

test.each(commands)('the help of %j fits and aligns', (command) => {
  const rows = print(`${command} --help`).split('\n');
  expect(rows[0]).toMatch(/^用法：/);
  // A name that is longer than the column is its author's; the exit codes stand as they are.
  const long = rows.filter((row) => textWidth(row) > 80 && !row.startsWith('退出码'));
  expect(long).toEqual([]);
});

describe('what is refused is said in Chinese', () => {
  test.each([
    'tset',
    'sandbox shel',
    'test x --reportr tap',
    'test',
    'lessons more',
    'test x -j 0',
    'test x --reporter =file',
    'test x --reporter',
    'test x --seed 1 --seeds 3',
    'drill --level 9',
    'class host --port 99999',
    'class host --offer-away 1',
    'sandbox up --host =',
    'sandbox image',
  ])('%j', (line) => {
    const sentences = print(line)
      .split('\n')
      .filter((row) => row !== '');
    expect(sentences.filter((row) => !HAN.test(row))).toEqual([]);
    expect(print(line)).not.toMatch(/\b(error|argument|option|unknown|is invalid)\b/);
  });
});

test.each([
  ['--lang zh-CN --help', 'zh-CN'],
  ['test --lang=de --help', 'de'],
  ['--lang en test --lang zh', 'zh'],
  ['test --language x', undefined],
  ['--lang', undefined],
])('%j is asked for in %s', (line, lang) => expect(langIn(line.split(' '))).toBe(lang));
