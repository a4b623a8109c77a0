import { describe, expect, test } from 'vitest';
import { faultsOf, HEAD, lessonOf } from './helpers/marked.ts';

const WHOLE = `---
title: Two namespaces
summary: A cable.
hosts: [host, {name: node01, address: 172.17.0.40/16}]
needs: [ip, ping]
---
Before.

\`\`\`sh {.setup on=node01}
hostname
\`\`\`

## Lay the \`cable\`

Look:

\`\`\`text
shown {
\`\`\`

\`\`\`sh {.run #lay timeout=2m exit=any points=2 needs="ip, ping"}
ip link

ip addr
\`\`\`
\`\`\`yaml {.expect}
- interface: veth
  state: down
- id: seen
  ping: $IP
  in: client
  on: node01
  within: 1.5s
  holds: 500ms
  not: true
  points: 3
  says: It answers
  invariant: true
\`\`\`
\`\`\`yaml {.expect}
- netns: a
  id: 5
  in: host
\`\`\`
\`\`\`text {.output}
...
/x+/
\`\`\`
\`\`\`md {.hint when=lay/1}
Look *there*.
\`\`\`

## Yours

\`\`\`bash {.task on=node01 interactive}
# write
\`\`\`
\`\`\`sh {.solution}
top
\`\`\`
\`\`\`yaml {.expect}
- output: x
\`\`\`

\`\`\`md {.quiz #q}
Which *one*?

- [ ] this -- no,
  since -- well
- [x] that
\`\`\`
`;

describe('a whole lesson', () => {
  const lesson = lessonOf(WHOLE, 'lessons/02-cable/lesson.md');
  const [lay, yours] = lesson.cells;

  test('has what the front matter says', () => {
    expect(lesson).toMatchObject({
      id: '02-cable',
      language: 'en',
      title: 'Two namespaces',
      summary: 'A cable.',
      hosts: [{ name: 'host' }, { name: 'node01', address: '172.17.0.40/16' }],
      needs: ['ip', 'ping'],
    });
    expect(lesson.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('keeps the order of the file, and each block its line', () => {
    expect(lesson.blocks.map((block) => [block.kind, block.line])).toEqual([
      ['prose', 7],
      ['prose', 13],
      ['code', 17],
      ['cell', 21],
      ['prose', 53],
      ['cell', 55],
      ['quiz', 65],
    ]);
    expect(lesson.blocks[1]).toMatchObject({ markdown: '## Lay the `cable`\n\nLook:' });
    expect(lesson.blocks[2]).toMatchObject({ language: 'text', text: 'shown {' });
  });

  test('is divided into steps by level-2 headings', () => {
    expect(lesson.steps).toEqual([
      { title: 'Two namespaces', from: 0, to: 1 },
      { title: 'Lay the cable', from: 1, to: 4 },
      { title: 'Yours', from: 4, to: 7 },
    ]);
  });

  test('has cells with their attributes', () => {
    expect(lay).toMatchObject({
      id: 'lay',
      number: 1,
      role: 'run',
      language: 'sh',
      text: 'ip link\n\nip addr',
      host: 'host',
      timeoutMs: 120_000,
      background: false,
      exit: 'any',
      points: 2,
      needs: ['ip', 'ping'],
      step: 1,
      place: { line: 21, column: 1 },
    });
    expect(yours).toMatchObject({
      id: 'cell-2',
      role: 'task',
      host: 'node01',
      interactive: true,
      solution: 'top',
    });
    expect(yours).toMatchObject({ timeoutMs: 30_000, exit: 0, points: 0, step: 2 });
    expect(lay!.solution).toBeUndefined();
  });

  test('has checks, their common fields apart from those of the kind', () => {
    expect(lay!.expects).toEqual([
      {
        id: 'lay/1',
        kind: 'interface',
        host: 'host',
        netns: '',
        withinMs: 0,
        holdsMs: 0,
        not: false,
        points: 0,
        invariant: false,
        spec: { interface: 'veth', state: 'down' },
        variables: [],
        place: { file: 'lessons/02-cable/lesson.md', line: 27, column: 3 },
      },
      {
        id: 'seen',
        kind: 'ping',
        host: 'node01',
        netns: 'client',
        withinMs: 1500,
        holdsMs: 500,
        not: true,
        points: 3,
        says: 'It answers',
        invariant: true,
        spec: { ping: '$IP' },
        variables: ['IP'],
        place: { file: 'lessons/02-cable/lesson.md', line: 29, column: 3 },
      },
      expect.objectContaining({ id: 'lay/3', kind: 'netns', netns: '', spec: { netns: 'a', id: 5 } }),
    ]);
    expect(yours!.expects[0]).toMatchObject({ id: 'cell-2/1', host: 'node01' });
  });

  test('has outputs, hints, setups and quizzes', () => {
    expect(lay!.outputs[0]).toMatchObject({ lines: ['...', '/x+/'], place: { line: 45 } });
    expect(lay!.hints[0]).toMatchObject({ markdown: 'Look *there*.', when: 'lay/1' });
    expect(lesson.setups).toMatchObject([{ text: 'hostname', host: 'node01', place: { line: 9 } }]);
    expect(lesson.blocks.at(-1)).toMatchObject({
      quiz: {
        id: 'q',
        question: 'Which *one*?',
        choices: [
          { text: 'this', right: false, because: 'no, since -- well' },
          { text: 'that', right: true },
        ],
      },
    });
  });
});

describe('what is no lesson', () => {
  const bytes = (...values: number[]) => Uint8Array.from([...Buffer.from(`${HEAD}ä`), ...values]);

  test.each([
    ['not UTF-8', bytes(0xe4, 0x20), 'not-utf8', 4, 2],
    ['half a letter at the end', bytes(0xe2, 0x82), 'not-utf8', 4, 2],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x2d, 0), 'not-utf8', 1, 1],
    ['binary', bytes(0x0a, 0x61, 0), 'binary', 5, 2],
    ['empty', new Uint8Array(), 'empty', 1, 1],
    ['blank', ' \r\n\t', 'empty', 1, 1],
    ['too big', new Uint8Array(4 * 1024 * 1024 + 1), 'too-big', 1, 1],
  ])('%s', (_name, input, code, line, column) => {
    expect(faultsOf(input)).toMatchObject([{ code, severity: 'error', place: { line, column } }]);
  });

  test('4 MiB are not too many', () => {
    const text = `${HEAD}${'x'.repeat(4 * 1024 * 1024 - HEAD.length)}`;
    expect(faultsOf(text)).toEqual([]);
  });
});

describe('Markdown decides what is a fence', () => {
  test.each([
    ['in a comment', '<!--\n```sh {.rnu}\n```\n-->\n'],
    ['in a longer fence', '~~~~md\n```sh {.rnu}\n```\n~~~~\n'],
    ['indented by four', '    ```sh {.rnu}\n    ```\n'],
    ['shown, in a list', '- a\n  ```sh\n  x\n  ```\n'],
  ])('%s', (_name, text) => {
    expect(lessonOf(`${HEAD}${text}`).cells).toEqual([]);
  });

  test('tildes, tabs and indents', () => {
    const lesson = lessonOf(
      `${HEAD}~~~sh\t{.run\tbackground}\n\tcat <<-X\n\tX\n~~~\n  \`\`\`sh{.run}\n  a\n    b\n  \`\`\``,
    );
    expect(lesson.cells.map((cell) => cell.text)).toEqual(['\tcat <<-X\n\tX', 'a\n  b']);
    expect(lesson.cells[0]!.background).toBe(true);
  });

  test('headings in fences and quotations make no step', () => {
    const lesson = lessonOf(`${HEAD}\`\`\`md\n## a\n\`\`\`\n> ## b\n\nc\n---\n`);
    expect(lesson.steps.map((step) => step.title)).toEqual(['T', 'c']);
  });
});

describe('names and languages', () => {
  test.each([
    ['a/02-bridge/lesson.md', '02-bridge', 'en'],
    ['a/02-bridge/lesson.zh-CN.md', '02-bridge', 'zh-CN'],
    ['a/bridge.md', 'bridge', 'en'],
    ['bridge.de.md', 'bridge', 'de'],
    ['a/v1.2.md', 'v1.2', 'en'],
  ])('%s', (file, id, language) => {
    expect(lessonOf(`${HEAD}x`, file)).toMatchObject({ id, language });
  });

  test('the front matter may say the language', () => {
    expect(lessonOf('---\ntitle: T\nlang: zh-CN\n---\n').language).toBe('zh-CN');
  });
});

test('a lesson without a heading is one step, and one that begins with a heading has none before it', () => {
  expect(lessonOf(HEAD).steps).toEqual([{ title: 'T', from: 0, to: 0 }]);
  expect(lessonOf(`${HEAD}\n## A\n`).steps).toEqual([{ title: 'A', from: 0, to: 1 }]);
});

test('warnings do not refuse a lesson', () => {
  expect(faultsOf(`${HEAD}\`\`\`sh {.task}\n\`\`\`\n`).map((fault) => fault.severity)).toEqual([
    'warning',
    'warning',
  ]);
});
