import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseGlyphs } from '../../src/page/glyphs.ts';
import { highlight } from '../../src/page/highlight/index.ts';
import { type Look, renderMarkdown } from '../../src/page/markdown/render.ts';
import { lineText, lineWidth } from '../../src/page/text/line.ts';
import { paint } from '../../src/page/text/paint.ts';
import { chooseTheme, THEMES } from '../../src/page/theme.ts';
import { chooseWords, lessonLanguage } from '../../src/page/words/choose.ts';
import { en } from '../../src/page/words/en.ts';
import { ago, duration, limit } from '../../src/page/words/time.ts';

const look: Look = { theme: THEMES.dark, glyphs: chooseGlyphs({}), words: en };
const text = (markdown: string, columns = 40) => renderMarkdown(markdown, columns, look).map(lineText);

describe('Markdown', () => {
  test.each<[string, string[]]>([
    ['one\ntwo', ['one two']],
    ['one\n\ntwo', ['one', '', 'two']],
    ['网络\n命名，\n空间', ['网络命名，空间']],
    ['**网络**\n命名\nip\n`ip`\n空间', ['网络命名 ip ip 空间']],
    ['one  \ntwo', ['one', 'two']],
    ['## Head', ['Head', '────']],
    ['### Small', ['Small']],
    ['- a\n- b\n  - c', ['• a', '• b', '  • c']],
    ['3. a\n4. b', ['3. a', '4. b']],
    ['- a\n\n- b', ['• a', '', '• b']],
    ['> said\n> so', ['│ said so']],
    ['> [!NOTE]\n> said\n> so', ['│ Note', '│ said so']],
    ['> [!warning]\n>\n> said\n>\n> more', ['│ ! Warning', '│ said', '│ ', '│ more']],
    ['- a\n  > [!TIP]\n  > b', ['• a', '  ', '  │ Tip', '  │ b']],
    ['> [!NOTE] said', ['│ [!NOTE] said']],
    ['> [!OTHER]\n> said', ['│ [!OTHER] said']],
    [
      'so[^1] it is\n\n[^1]: that is\n    why\n[^b]: or not',
      ['so[1] it is', '', '[1] that is why', '[b] or not'],
    ],
    ['> [^1]: x', ['│ [1] x']],
    ['a[^] [^ b]', ['a[^] [^ b]']],
    ['```sh\nip link\n```', ['  ip link']],
    ['![a cable between two rooms](x.png)', ['[a cable between two rooms]']],
    ['| a | b |\n|--|--:|\n| long | 1 |', ['a     b', '────  ─', 'long  1']],
    ['<script>x</script>', ['<script>x</script>']],
  ])('%j', (markdown, expected) => expect(text(markdown)).toEqual(expected));

  test('links are hyperlinks, and only those that may be followed', () => {
    const painted = (markdown: string) =>
      renderMarkdown(markdown, 60, look)
        .map((line) => paint(line))
        .join('');
    expect(painted('[here](https://example.org/a)')).toContain('\x1b]8;;https://example.org/a\x1b\\');
    expect(painted('[here](file:///etc/passwd)')).not.toContain('\x1b]8');
    expect(painted('[here](javascript:alert)')).not.toContain('\x1b]8');
  });

  test('emphasis is a style, and a wrapped one stays one', () => {
    const [line] = renderMarkdown('a **bold** *word*', 60, look);
    expect(line!.map((part) => [part.text, part.style])).toEqual([
      ['a ', ''],
      ['bold', '1'],
      [' ', ''],
      ['word', '3'],
    ]);
  });

  test('any text fits any width and draws no control character', () => {
    const pieces = fc.constantFrom(
      '# ',
      '- ',
      '1. ',
      '> ',
      '```\n',
      '|',
      '\n',
      '\n\n',
      '**',
      '`',
      '[a](http://b)',
      '![](c)',
      'word ',
      '网络',
      '    ',
      '\x1b[2J',
      '---\n',
      '|--|\n',
    );
    const markdown = fc
      .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(markdown, fc.integer({ min: 30, max: 100 }), (source, columns) => {
        for (const line of renderMarkdown(source, columns, look)) {
          expect(paint(line, { links: false }).replace(/\x1b\[[\d;]+m/g, '')).not.toMatch(
            /[\x00-\x1f\x7f-\x9f]/,
          );
          // Deep nesting may leave a block no room at all; it then takes one column.
          expect(lineWidth(line)).toBeLessThanOrEqual(columns + 60);
        }
      }),
    );
  });
});

describe('shell text', () => {
  const kinds = (source: string) => {
    const names = Object.entries(THEMES.dark.shell);
    return highlight(source, 'sh', THEMES.dark)
      .flat()
      .flatMap((part) => {
        const name = names.find(([, style]) => style !== '' && style === part.style)?.[0];
        return name ? [`${name}:${part.text}`] : [];
      });
  };

  test.each<[string, string[]]>([
    ['ip link # why', ['command:ip', 'comment:# why']],
    ['ip -br addr | grep "a b"', ['command:ip', 'option:-br', 'operator:|', 'command:grep', 'string:"a b"']],
    ['A=1 run $A', ['command:run', 'variable:$A']],
    ['echo "one\ntwo" x', ['command:echo', 'string:"one', 'string:two"']],
    [
      'for i in 1; do ping; done',
      ['command:for', 'command:i', 'operator:;', 'command:do', 'command:ping', 'operator:;', 'command:done'],
    ],
    ["cat <<'END'\nip link\nEND\nls", ['command:cat', 'string:ip link', 'command:END', 'command:ls']],
  ])('%j', (source, expected) =>
    expect(kinds(source).filter((kind) => !/^(operator:<<|string:'END')/.test(kind))).toEqual(expected),
  );

  test('keeps every character, whatever it is', () => {
    const source = fc
      .array(
        fc.oneof(
          fc.constantFrom('"', "'", '$', '\\', '#', '<<EOF', '\n', 'a', ' ', '|', '${', '`'),
          fc.string({ maxLength: 4 }),
        ),
      )
      .map((parts) => parts.join('').replace(/[\t\r]/g, ''));
    fc.assert(
      fc.property(source, (code) => {
        expect(highlight(code, 'sh', THEMES.dark).map(lineText).join('\n')).toBe(code.replace(/\n+$/, ''));
      }),
    );
  });
});

test.each([
  ['zh-CN', {}, 'zh-CN'],
  [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [undefined, { LANG: 'en_GB.UTF-8', LC_ALL: 'zh_TW' }, 'zh-CN'],
  [undefined, { LANG: 'C.UTF-8' }, 'en'],
  ['fr', { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
])('--lang %s and %j speak %s', async (lang, env, expected) =>
  expect((await chooseWords(lang, env)).name).toBe(expected),
);

test.each([
  ['zh', {}, 'zh'],
  [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [undefined, { LANG: 'fr_FR@euro', LC_MESSAGES: 'de' }, 'de'],
  ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
  [undefined, { LANG: 'C.UTF-8' }, undefined],
  [undefined, { LC_ALL: 'POSIX' }, undefined],
  [undefined, {}, undefined],
])('--lang %s and %j read lessons in %s', (lang, env, expected) =>
  expect(lessonLanguage(lang, env)).toBe(expected),
);

test('the theme follows the background that the terminal tells of, and NO_COLOR first of all', () => {
  expect(chooseTheme(true, { COLORFGBG: '0;15' }).name).toBe('light');
  expect(chooseTheme(true, { COLORFGBG: '15;0' }).name).toBe('dark');
  expect(chooseTheme(true, { WIREBOOK_THEME: 'light' }).name).toBe('light');
  expect(chooseTheme(false, { WIREBOOK_THEME: 'light' }).name).toBe('plain');
});

test('times are said in the units that matter', async () => {
  expect([30, 1234, 61_000].map(duration)).toEqual(['30 ms', '1.2 s', '1:01']);
  expect([500, 10_000, 120_000].map(limit)).toEqual(['500 ms', '10 s', '2 min']);
  const words = await chooseWords('en', {});
  expect([0, 60_000, 7_200_000, 180_000_000].map((past) => ago(0, past, words))).toEqual([
    'just now',
    '1 minute ago',
    '2 hours ago',
    '2 days ago',
  ]);
});

test('the theme of high contrast: by name, nothing dim, and no state by colour alone', () => {
  const theme = chooseTheme(true, { WIREBOOK_THEME: 'contrast' });
  expect(theme.name).toBe('contrast');
  const { shell, name: _, colours: __, ...styles } = theme;
  for (const style of [...Object.values(styles), ...Object.values(shell)])
    expect(style.split(';')).not.toContain('2');
  expect(theme.pass.replace(/3\d/, '')).not.toBe(theme.fail.replace(/3\d/, ''));
});
