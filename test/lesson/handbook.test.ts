import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entriesIn, parseHandbook } from '../../src/lesson/handbook.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

const TEXT = `# Glossary

Words, each in a sentence.

**bridge** — A switch in the kernel.
It needs no address.

**网桥（veth pair）** — 一根网线。

## Links
- \`ip addr add ADDRESS dev NAME\` — gives an address.
- \`ip link set NAME up\` -- switches it on.
`;
const MORE = '- `cat /run/netns/NAME` — reads.\n- `CNI_COMMAND=ADD PLUGIN` — attaches.\n';

test('entries are paragraphs and items that begin with a name', () => {
  expect(parseHandbook(TEXT)).toEqual([
    {
      kind: 'word',
      name: 'bridge',
      forms: ['bridge'],
      group: '',
      text: 'A switch in the kernel.\nIt needs no address.',
    },
    { kind: 'word', name: '网桥（veth pair）', forms: ['网桥', 'veth pair'], group: '', text: '一根网线。' },
    {
      kind: 'command',
      name: 'ip addr add ADDRESS dev NAME',
      forms: ['ip addr add ADDRESS dev NAME'],
      group: 'Links',
      text: 'gives an address.',
    },
    {
      kind: 'command',
      name: 'ip link set NAME up',
      forms: ['ip link set NAME up'],
      group: 'Links',
      text: 'switches it on.',
    },
  ]);
  expect(parseHandbook('')).toEqual([]);
});

test('a word of one character is not found in words that it is a part of', () => {
  const handbook = parseHandbook('**链（chain）** — 规则。\n\n**包（packet）** — 数据。\n');
  const used = (prose: string) => entriesIn(handbook, { prose, code: '' }).map(({ forms }) => forms[0]);
  expect(used('同一条链路上的符号链接，软件包里包含什么')).toEqual([]);
  expect(used('FORWARD 链里的包')).toEqual(['链', '包']);
});

describe('a text uses', () => {
  const handbook = parseHandbook(TEXT + MORE);
  const used = (prose: string, code = '') => entriesIn(handbook, { prose, code }).map(({ name }) => name);
  test.each([
    ['Two bridges are joined.', ['bridge']],
    ['A Bridge.', ['bridge']],
    ['abridged, and a bridge-head', []],
    ['接着造一个网桥。', ['网桥（veth pair）']],
  ])('words: %s', (prose, names) => expect(used(prose)).toEqual(names));
  test.each([
    ['ip -n client addr add 10.0.0.1/24 dev veth0', ['ip addr add ADDRESS dev NAME']],
    ['ip link set a netns b up', ['ip link set NAME up']],
    ['ip link show\nset up', []],
    ['ship link set x up', []],
    ['cat /etc/passwd', []],
    ['cat /run/netns/x', ['cat /run/netns/NAME']],
    ['PLUGIN=x CNI_COMMAND=DEL /usr/lib/cni/x', ['CNI_COMMAND=ADD PLUGIN']],
  ])('commands: %s', (code, names) => expect(used('', code)).toEqual(names));
});

describe('the handbook of the course', () => {
  const lessons = join(PACKAGE_ROOT, 'lessons');
  const read = (name: string) => parseHandbook(readFileSync(join(lessons, name), 'utf8'));

  test('has the same commands and the same words in every language', () => {
    const commands = read('CHEATSHEET.md').map(({ name }) => name);
    expect(read('CHEATSHEET.zh-CN.md').map(({ name }) => name)).toEqual(commands);
    // A word keeps its English form, in brackets where there is another.
    const words = read('GLOSSARY.md').map(({ name }) => name.toLowerCase());
    const chinese = read('GLOSSARY.zh-CN.md').map(({ forms }) => forms.map((form) => form.toLowerCase()));
    const found = words.map((word) =>
      chinese.some((forms) => forms.some((form) => form.includes(word.split(' ')[0]!))),
    );
    expect(words.filter((_, at) => !found[at])).toEqual([]);
    expect(chinese).toHaveLength(words.length);
  });

  test('says nothing that no lesson does', () => {
    const text = readdirSync(lessons, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('lesson.md'))
      .map((name) => readFileSync(join(lessons, name), 'utf8'))
      .join('\n');
    for (const file of ['CHEATSHEET.md', 'GLOSSARY.md']) {
      const handbook = read(file);
      expect(handbook.length).toBeGreaterThan(40);
      const used = new Set(entriesIn(handbook, { prose: text, code: text }));
      expect(handbook.filter((entry) => !used.has(entry)).map(({ name }) => name)).toEqual([]);
    }
  });
});
