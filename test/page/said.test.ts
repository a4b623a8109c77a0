import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/check/kinds.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { loadCourse } from '../../src/lesson/course.ts';
import { readLesson } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { createSay, type Templates } from '../../src/page/said/translate.ts';
import { sayInChinese } from '../../src/page/said/zh-CN.ts';
import { en } from '../../src/page/words/en.ts';

describe('templates', () => {
  const say = createSay(
    [
      {
        '{n} in {place~} is {parts,}': '{place}：{n} {parts}',
        'the box {n}': '箱 {n}',
        up: '开',
      },
      { 'at {n} and {m}': '{n}、{m}', 'the box {n}': '盒 {n}' },
    ],
    { ',': '，', '&': ' 和 ' },
    '。',
  );
  test('fill their holes, with words as they are and phrases in the other language', () => {
    expect(say('lo in the box a is up, at 1 and 2, odd')).toBe('盒 a：lo 开，1、2，odd');
  });
  test('take a sentence where they are a clause', () => expect(say('The box a.')).toBe('盒 a。'));
  test('leave alone what none of them fits', () => {
    expect(say('Nobody made it.')).toBe('Nobody made it.');
    expect(say('')).toBe('');
    expect(say('a in '.repeat(500))).toBe('a in '.repeat(500));
  });
  test('put nothing of a program’s output into a pattern', () => {
    expect(say('the box $&{n}')).toBe('盒 $&{n}');
  });
});

/** Of all languages: whatever in `src/page/said` maps sentences to sentences. */
const tables = await Promise.all(
  globSync('src/page/said/*.ts', { cwd: PACKAGE_ROOT }).map(async (file) => {
    const found: Record<string, unknown> = await import(join(PACKAGE_ROOT, file));
    return Object.values(found)
      .flat()
      .filter(
        (value): value is Templates =>
          typeof value === 'object' &&
          value !== null &&
          Object.values(value).every((one) => typeof one === 'string'),
      )
      .map((table) => ({ file, table }));
  }),
).then((all) => all.flat());

test('each translation has the holes of its sentence', () => {
  expect(tables.length).toBeGreaterThan(20);
  const names = (text: string) => [...text.matchAll(/\{(\w+)[*~,&@]?\}/g)].map(([, name]) => name).sort();
  for (const { file, table } of tables)
    for (const [from, to] of Object.entries(table)) {
      const wanted = new Set(names(from));
      for (const name of names(to)) expect(wanted.has(name), `${file}: ${from} -> ${to}`).toBe(true);
    }
});

test('what the checks of every lesson expect is said in Chinese', async () => {
  const course = await loadCourse(join(PACKAGE_ROOT, 'lessons'));
  const english: string[] = [];
  for (const { file } of course.lessons) {
    const read = await readLesson(file, vocabulary);
    if (!read.ok) throw new Error(file);
    for (const { kind, spec, host, netns } of read.lesson.cells.flatMap((cell) => cell.expects)) {
      const sentence = kinds.get(kind)!.describe(spec, { host, netns });
      if (!/[\u4e00-\u9fff]/.test(sayInChinese(sentence))) english.push(sentence);
    }
  }
  expect(english).toEqual([]);
});

test.each([
  [
    'The interface veth-client in client has no carrier: the other end of its cable, veth-server in server, is down.',
    'client 的接口 veth-client 没有载波：线缆的另一端 server 中的 veth-server 是关闭的。',
  ],
  [
    'client has no address on any interface, so it has no route to 10.0.0.12 ("Network is unreachable").',
    'client 的接口上没有任何地址，所以没有到 10.0.0.12 的路由（“Network is unreachable”）。',
  ],
  [
    'The firewall of host drops the packet at forward: the policy of the chain FORWARD (table filter), which is drop.',
    'host 的防火墙在 forward 丢弃了包：链 FORWARD（表 filter）的策略，是 drop。',
  ],
  ['10.0.0.12 did not answer (no-reply).', '10.0.0.12 没有应答（no-reply）。'],
  ['state is UP, mtu is 1400, master is none', 'state 为 UP，mtu 为 1400，master 为 无'],
  ['The cells’ shell has no variable IP.', '各格的 shell 里没有变量 IP。'],
  ['the last command ends with status 0', '最后一条命令的退出状态为 0'],
  ['status 127: the command was not found', '状态 127：找不到命令'],
  [
    'There is no network namespace clent on host; there is client, server.',
    'host 上没有网络命名空间 clent；现有的是 client, server。',
  ],
])('%s', (sentence, chinese) => {
  expect(sayInChinese(sentence)).toBe(chinese);
  expect(en.say(sentence)).toBe(sentence);
});
