import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownHtml } from '../../src/export/html/markdown.ts';
import { cssOf } from '../../src/export/html/output.ts';
import { html } from '../../src/export/html.ts';
import { outputText } from '../../src/export/output.ts';
import { exportWords } from '../../src/export/words.ts';
import type { Block, Lesson } from '../../src/lesson/model.ts';
import { hostile } from './hostile.ts';
import { readPage } from './page.ts';
import { FAILED, lessonOf, OPTIONS, ran, verdictOf, walkOf } from './walks.ts';

const WALK = walkOf([
  ...ran('lay', 0, { stdout: 'plain \x1b[1;31mred\x1b[0m & <done>\n', stderr: 'oops\n', verdicts: [FAILED] }),
  ...ran('up', 5000, { text: 'ip link set near up', verdicts: [verdictOf({ check: 'up/1' })] }),
  { at: 1, type: 'hint-shown', cell: 'up', hint: 0 },
  { at: 1, type: 'quiz-answered', quiz: 'which', choice: 1, right: true },
]);

test('notes and footnotes are told in words and in a class of their own', () => {
  const page = markdownHtml('> [!WARNING]\n> Mind[^1] the gap.\n\n[^1]: <b>', {
    titles: exportWords('zh-CN').titles,
  });
  expect(page).toBe(
    '<blockquote class="note warning">\n<p class="title">警告</p>\n<p>Mind<sup>1</sup> the gap.</p>\n</blockquote>\n' +
      '<div class="footnote"><sup>1</sup>\n<p>&lt;b&gt;</p>\n</div>\n',
  );
});

describe('a page', () => {
  const page = html(WALK, OPTIONS);
  const elements = readPage(page);
  const named = (name: string) => elements.filter((element) => element.name === name);

  test('has its landmarks and one level-1 heading, and no heading level is passed over', () => {
    for (const name of ['header', 'nav', 'main', 'footer', 'h1']) expect(named(name)).toHaveLength(1);
    const levels = elements.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(named('a')[0]).toMatchObject({ attributes: { href: '#lesson' }, within: ['html', 'body'] });
    expect(named('nav')[0]!.text).toContain('Lay it');
  });

  test('every cell says its state in words, and what scrolls can be reached by keyboard', () => {
    expect(named('article').map(({ attributes }) => attributes.class)).toEqual([
      'cell failed',
      'cell passed',
    ]);
    expect(named('h3').map(({ text }) => text)).toEqual(['Cell 1 lay failed', 'Cell 2 (task) up passed']);
    for (const { attributes } of named('pre')) expect(attributes.tabindex).toBe('0');
  });

  test('keeps colours as spans, and stderr apart', () => {
    expect(named('samp').map(({ text }) => text)).toEqual(['plain red & <done>\noops']);
    const spans = elements.filter(({ name, within }) => name === 'span' && within.includes('samp'));
    expect(spans.map(({ attributes, text }) => [attributes.class, text])).toEqual([
      ['bold fg1', 'red'],
      ['stderr', 'oops'],
    ]);
  });

  test('shows what was expected, what was found, and why', () => {
    const evidence = elements.find(({ attributes }) => attributes.class === 'evidence')!.text;
    for (const words of [
      'near <BROADCAST,MULTICAST> mtu 1500',
      'DOWN',
      'Why: near is DOWN.',
      'What to try: Bring it up.',
    ])
      expect(evidence).toContain(words);
    expect(named('th').map(({ text }) => text)).toEqual(['Field', 'Expected', 'Found', 'state']);
  });

  test('loads nothing: pictures are their words, links within the course are text', () => {
    expect(page).not.toMatch(/<(?:img|script|link|iframe)|\bsrc=/);
    expect(named('a').map(({ attributes }) => attributes.href)).toContain('https://example.com/?a=1&b=2');
    const words = elements.filter(({ attributes }) => /^(?:image|link)$/.test(attributes.class ?? ''));
    expect(words.map(({ text }) => text)).toEqual(['a neighbour', 'a picture']);
  });

  test('shows the hints that were asked for and the answer of the quiz; the solution was not asked for', () => {
    const text = named('main')[0]!.text;
    expect(text).toContain('Look at ip link.');
    expect(text).toContain('near chosen, right: it was set');
    expect(page).toContain('<li>both <code>ends</code></li>');
    expect(text).not.toContain('the other one is down');
  });

  test('speaks the language it is asked for', () => {
    const chinese = html(WALK, { words: exportWords('zh-CN'), version: '1' });
    expect(readPage(chinese).find(({ name }) => name === 'h3')!.text).toBe('第 1 格 lay 失败');
  });

  test('has paper and the dark in its style sheet', () => {
    expect(page).toMatch(/@media print\{/);
    expect(page).toMatch(/prefers-color-scheme:dark/);
  });
});

test.each([
  ['', [], []],
  ['1;31', ['bold', 'fg1'], []],
  ['97;107', ['fg15', 'bg15'], []],
  ['38;5;9', ['fg9'], []],
  ['38;5;196', [], ['color:#ff0000']],
  ['48;5;232', [], ['background-color:#080808']],
  ['4;38;2;1;2;255', ['underline'], ['color:#0102ff']],
])('the style %j', (style, classes, styles) => {
  expect(cssOf(style)).toEqual({ classes, styles });
});

function hostileBlock(block: Block, text: string): Block {
  switch (block.kind) {
    case 'prose':
      return { ...block, markdown: block.line > 8 ? `## ${text}` : text };
    case 'code':
      return { ...block, language: text, text };
    case 'cell': {
      const hints = [{ markdown: text, place: block.cell.place }];
      return { ...block, cell: { ...block.cell, text, host: text, hints } };
    }
    case 'quiz': {
      const choices = [{ text, right: true, because: text }];
      return { ...block, quiz: { ...block.quiz, question: text, choices } };
    }
  }
}

/** A lesson whose every text is the author's, and the author is hostile. */
function hostileLesson(text: string): Lesson {
  const lesson = lessonOf();
  return {
    ...lesson,
    title: text,
    summary: text,
    id: text,
    steps: lesson.steps.map((step) => ({ ...step, title: text })),
    blocks: lesson.blocks.map((block) => hostileBlock(block, text)),
  };
}

describe('whatever is printed, found or written', () => {
  test('by a cell stays text, and the text that a terminal would show', () => {
    fc.assert(
      fc.property(hostile, hostile, (stdout, stderr) => {
        const walk = walkOf(ran('lay', 0, { stdout, stderr }));
        const samp = readPage(html(walk, OPTIONS)).find(({ name }) => name === 'samp');
        const shown = outputText(walk.state.cells.lay!.output);
        // What XML cannot say, and half a surrogate pair, is a replacement character on the page.
        const same = (text: string) => text.toWellFormed().replace(/[\ufffe\uffff]/g, '\ufffd');
        expect(same(samp?.text ?? '')).toBe(same(shown));
      }),
      { numRuns: 300 },
    );
  });

  test('by checks, learners and authors never becomes markup', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, words) => {
        const differences = [{ field: text, expected: words, found: text }];
        const explanation = {
          cause: text,
          advice: words,
          steps: [{ question: text, answer: words, state: 'wrong' as const }],
        };
        const verdict = verdictOf({
          state: 'fail',
          title: text,
          expected: words,
          found: text,
          differences,
          explanation,
        });
        const walk = walkOf(
          [
            ...ran('lay', 0, { text, verdicts: [verdict] }),
            { at: 0, type: 'cell-skipped', cell: 'up', reason: text },
            { at: 0, type: 'hint-shown', cell: 'up', hint: 0 },
            { at: 0, type: 'solution-shown', cell: 'up' },
            { at: 0, type: 'quiz-answered', quiz: 'which', choice: 0, right: true },
          ],
          hostileLesson(words),
        );
        readPage(html(walk, OPTIONS));
      }),
      { numRuns: 300 },
    );
  });

  test('the reader of pages of this test sees what is wrong', () => {
    const page = html(WALK, OPTIONS);
    for (const [from, to] of [
      ['<footer>', '<footer onclick="x">'],
      ['<footer>', '<script></script><footer>'],
      ['<footer>', '<a href="javascript:x">x</a><footer>'],
      ['&lt;done&gt;', '<done>'],
      ['</main>', ''],
    ] as const) {
      expect(page).toContain(from);
      expect(() => readPage(page.replace(from, to))).toThrow();
    }
  });
});
