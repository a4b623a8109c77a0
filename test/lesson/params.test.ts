import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLesson } from '../../src/lesson/parse.ts';
import { withPlaceholders } from '../../src/lesson/placeholders.ts';
import { contains, parseAddress, parsePrefix } from '../../src/lib/addresses.ts';
import { expectFaults, faultsOf, lessonOf } from './helpers/marked.ts';
import { vocabulary } from './helpers/vocabulary.ts';

const head = (params: string) => `---\ntitle: T\nparams:\n${params}---\n`;
const NET = `  lan: {subnet: 10.0.0.0/8}
  wan: {subnet: 10.0.0.0/9, length: 20}
  router: {address: lan, number: 1}
  left: {address: lan}
  right: {address: lan}
  port: {int: [8000, 8001]}
  other: {int: [8000, 8001]}
  colour: {choice: [red, green]}
`;

function valuesWith(seed: string, params = NET, file = 'lessons/01-x/lesson.md') {
  const parsed = parseLesson(file, head(params), vocabulary, { seed });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.lesson.params!.values;
}

describe('values', () => {
  test('are the same for the same seed in every language, and others for another seed or lesson', () => {
    const one = valuesWith('ada');
    expect(valuesWith('ada', NET, 'elsewhere/01-x/lesson.zh-CN.md')).toEqual(one);
    expect(valuesWith('bob').lan).not.toBe(one.lan);
    expect(valuesWith('ada', NET, 'lessons/02-y/lesson.md').lan).not.toBe(one.lan);
  });

  test('do not change with the program: a submission is graded by the numbers that its learner had', () => {
    expect(valuesWith('ada')).toMatchInlineSnapshot(`
      {
        "colour": "green",
        "lan": "10.145.47.0/24",
        "left": "10.145.47.50",
        "other": "8001",
        "port": "8000",
        "right": "10.145.47.169",
        "router": "10.145.47.1",
        "wan": "10.9.160.0/20",
      }
    `);
  });

  test('of any seed lie where they should, and never collide', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { lan, wan, router, left, right, port, other, colour } = valuesWith(seed) as Record<
          string,
          string
        >;
        const [inner, outer] = [parsePrefix(lan!)!, parsePrefix(wan!)!];
        expect(inner.length).toBe(24);
        expect(outer.length).toBe(20);
        expect(contains(parsePrefix('10.0.0.0/8')!, inner)).toBe(true);
        expect(contains(inner, outer) || contains(outer, inner)).toBe(false);
        expect(parseAddress(router!)!.value).toBe(inner.value + 1n);
        expect(new Set([router, left, right]).size).toBe(3);
        for (const address of [left, right]) {
          expect(contains(inner, parseAddress(address!)!)).toBe(true);
          expect(address).not.toMatch(/\.(0|255)$/);
        }
        expect([port, other].sort()).toEqual(['8000', '8001']);
        expect(['red', 'green']).toContain(colour);
      }),
    );
  });

  test('use the whole of a small pool', () => {
    const seen = new Set(
      Array.from({ length: 60 }, (_, seed) => valuesWith(String(seed), '  a: {choice: [x, y, z]}\n').a),
    );
    expect([...seen].sort()).toEqual(['x', 'y', 'z']);
  });

  test('of IPv6', () => {
    const { net, host } = valuesWith(
      'ada',
      '  net: {subnet: "fd00::/16", length: 64}\n  host: {address: net}\n',
    );
    expect(contains(parsePrefix(net!)!, parseAddress(host!)!)).toBe(true);
  });
});

describe('{{name}}', () => {
  const body = `Give {{left}} to you.
## Do it in {{lan}}
\`\`\`sh {.task #do}
# {{left}}; docker inspect -f '{{.Id}}{{range .X}}{{end}} {{ .Y }}'
\`\`\`
\`\`\`yaml {.expect}
- interface: a
  mtu: {{port}}
  address: "{{left}}/24"
\`\`\`
\`\`\`md {.hint}
Look at {{right}}.
\`\`\`
\`\`\`sh {.solution}
ip addr add {{left}}/24 dev a
\`\`\`
`;
  const lesson = lessonOf(head(NET) + body);
  const { left, right, lan, port } = lesson.params!.values as Record<string, string>;
  const [cell] = lesson.cells;

  test('is put into all that there is', () => {
    expect(lesson.params!.seed).toBe('1');
    expect(lesson.blocks[0]).toMatchObject({ markdown: `Give ${left} to you.` });
    expect(lesson.steps.at(-1)!.title).toBe(`Do it in ${lan}`);
    expect(cell!.solution).toBe(`ip addr add ${left}/24 dev a`);
    expect(cell!.hints[0]!.markdown).toBe(`Look at ${right}.`);
    // A number stays one.
    expect(cell!.expects[0]!.spec).toMatchObject({ mtu: Number(port), address: `${left}/24` });
  });

  test('leaves templates of other programs alone', () => {
    expect(cell!.text).toBe(`# ${left}; docker inspect -f '{{.Id}}{{range .X}}{{end}} {{ .Y }}'`);
  });

  test('a lesson without params has none', () =>
    expect(lessonOf('---\ntitle: T\n---\n').params).toBeUndefined());

  test.each([
    [
      'a name that is nearly one',
      `${head(NET)}See «{{lefd}}» here.\n`,
      ['unknown-param'],
      'did you mean `{{left}}`?',
    ],
    ['a name like no other', `${head(NET)}See «{{zebra}}»\n`, ['unknown-param'], 'the params are: lan, wan'],
    [
      'a lesson without params',
      '---\ntitle: T\n---\n«{{Web}}»\n',
      ['unknown-param'],
      '`params: {web: {int: [1, 9]}}`',
    ],
    ['blanks', `${head(NET)}«{{ left }}»\n`, ['param-with-blanks'], 'write `{{left}}`'],
    [
      'the front matter',
      `---\ntitle: In «{{lan}}»\nparams: {lan: {subnet: 10.0.0.0/8}}\n---\n`,
      ['param-in-front-matter'],
      'write it below',
    ],
  ])('%s', (_, marked, codes, instead) => {
    expect(expectFaults(marked, codes)[0]!.instead).toContain(instead);
  });

  test('a fault after one on its line is shown where it stands in the file', () => {
    const marked = `${head(NET)}\`\`\`sh {.run}\nx\n\`\`\`\n\`\`\`yaml {.expect}\n- {ping: "{{left}}", «lss»: 0}\n\`\`\`\n`;
    expectFaults(marked, ['unknown-field']);
    expectFaults(
      `${head(NET)}\`\`\`sh {.run}\nx\n\`\`\`\n\`\`\`yaml {.expect}\n- interface: a\n  mtu: «{{left}}»\n\`\`\`\n`,
      ['bad-value'],
    );
  });
});

test('whatever stands around placeholders, a fault is on a place that is in the file', () => {
  const piece = fc.constantFrom(
    '{{left}}',
    '{{lan}}',
    '{{port}}',
    '{{lefd}}',
    '{{ left }}',
    '{{end}}',
    '{',
    '}}',
    ' ',
    'x',
    '：',
    '\n',
    '\n```sh {.run}\n',
    '\n```\n',
    '\n```yaml {.expect}\n',
    '- ping: ',
    '- interface: ',
    '\n  mtu: ',
    '\n## ',
    ', state: up',
    '"',
    '\n```sh {.run #',
    '\n- [x] ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = head(NET) + pieces.join('');
      const lines = text.split('\n');
      for (const { place, length, source } of faultsOf(text)) {
        expect(source).toBe(lines[place.line - 1]);
        expect(place.column).toBeGreaterThanOrEqual(1);
        expect(place.column + length - 1).toBeLessThanOrEqual(Math.max(1, source.length + 1));
      }
    }),
    { numRuns: 500 },
  );
});

describe('a declaration that is wrong', () => {
  test.each([
    ['an unknown field', '  a: {«sbunet»: 10.0.0.0/8}', 'unknown-field', 'did you mean `subnet`?'],
    ['no map', '  a: «10.0.0.0/8»', 'bad-value', ''],
    ['host bits', '  a: {subnet: «10.0.0.1/8»}', 'bad-value', ''],
    ['no room in the pool', '  a: {subnet: «10.0.0.0/24»}', 'bad-param', 'give a greater block'],
    [
      'a subnet that is none',
      '  lan: {subnet: 10.0.0.0/8}\n  a: {address: «lam»}',
      'bad-param',
      'did you mean `lan`?',
    ],
    ['an address without any subnet', '  a: {address: «lan»}', 'bad-param', 'declare one'],
    [
      'a number beyond the subnet',
      '  n: {subnet: 10.0.0.0/8, length: 30}\n  a: {address: n, number: «3»}',
      'bad-param',
      '',
    ],
    ['a range upside down', '  a: {int: «[5, 1]»}', 'bad-param', ''],
    ['a range of one', '  a: {int: «[5]»}', 'bad-value', ''],
    ['one choice', '  a: {choice: «[x]»}', 'bad-value', ''],
    [
      'more than there are',
      '  «a»: {choice: [x, y]}\n  «b»: {choice: [x, y]}\n  «c»: {choice: [y, x]}',
      'bad-param',
      'give more',
    ],
    [
      'one address twice',
      '  n: {subnet: 10.0.0.0/8}\n  a: {address: n, number: 1}\n  «b»: {address: n, number: 1}',
      'bad-param',
      '',
    ],
    ['a name with a capital', '  «Web»: {int: [1, 9]}', 'bad-param', 'another name'],
    ['a word of templates', '  «end»: {int: [1, 9]}', 'bad-param', 'another name'],
  ])('%s', (_, params, code, instead) => {
    const faults = expectFaults(
      head(`${params}\n`),
      params.match(/«/g)!.map(() => code),
    );
    expect(faults[0]!.instead ?? '').toContain(instead);
  });
});

test('values in a text become placeholders again: whole ones, the longest first', () => {
  const values = { lan: '10.1.2.0/24', web: '10.1.2.3', mtu: '1437', name: 'oak', short: '7' };
  const text =
    'route: 10.1.2.0/24\naddress: [10.1.2.3/24, 10.1.2.30/24]\nmtu: 1437\nin: oak\nx: oaks 7 10.1.2.3.4 to-oak 14370';
  expect(withPlaceholders(text, values)).toBe(
    'route: {{lan}}\naddress: [{{web}}/24, 10.1.2.30/24]\nmtu: {{mtu}}\nin: {{name}}\nx: oaks 7 10.1.2.3.4 to-{{name}} 14370',
  );
  expect(withPlaceholders(text, {})).toBe(text);
  expect(
    withPlaceholders('http://10.1.2.3:8080/ 10.1.2.3: 10.1.2.3:80:1 10.1.2.3:x http://10.1.2.3/', values),
  ).toBe('http://{{web}}:8080/ {{web}}: 10.1.2.3:80:1 10.1.2.3:x http://{{web}}/');
});
