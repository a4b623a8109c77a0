/** What holds for any text at all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vocabulary as real } from '../../src/check/vocabulary.ts';
import { type AttributeItem, formatAttributes, parseAttributes } from '../../src/lesson/attributes.ts';
import { formatDiagnostics } from '../../src/lesson/diagnostic.ts';
import type { ParsedLesson } from '../../src/lesson/model.ts';
import { matchOutput } from '../../src/lesson/output.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { substitute, variablesOf } from '../../src/lesson/substitute.ts';
import { vocabulary } from './helpers/vocabulary.ts';

/** Pieces that lessons are made of, so that chance comes near to one. */
const piece = fc.constantFrom(
  ...'---\n|title: T\n|hosts: [a, b]\n|---\n|```sh {.run}\n|```\n|```yaml {.expect}\n|- ping: a\n|  on: b\n|  not: true\n'.split(
    '|',
  ),
  ...'```sh {.task #t on=a\n|```md {.quiz}\n|- [x] a\n|- [ ] b -- c\n|```md {.hint when=t/1}\n|## H\n|> |- |\t|  |&a |*a|{|}|"|: |\n'.split(
    '|',
  ),
  ...'[|]|? |!t |<<: |~~~\n|<!--|-->|```text {.output}\n|...\n|/(/\n|```sh {.solution}\n|\ud800|🦆|日本|__proto__: {}\n'.split(
    '|',
  ),
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof({ weight: 6, arbitrary: piece }, fc.string()), { maxLength: 40 })
    .map((parts) => parts.join('')),
  fc.array(piece, { maxLength: 40 }).map((parts) => `---\ntitle: T\n---\n${parts.join('')}`),
);

const parse = (input: string | Uint8Array) => parseLesson('x/lesson.md', input, vocabulary);

function faultsOf(parsed: ParsedLesson) {
  return parsed.ok ? parsed.warnings : parsed.diagnostics;
}

/** All but the hash, which is of the bytes. */
function apart(parsed: ParsedLesson): unknown {
  return parsed.ok ? { ...parsed, lesson: { ...parsed.lesson, hash: '' } } : parsed;
}

test('any text is a lesson or has faults, each on a place that exists', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parse(text);
      const faults = faultsOf(parsed);
      if (!parsed.ok) expect(faults.some((fault) => fault.severity === 'error')).toBe(true);
      else expect(faults.every((fault) => fault.severity === 'warning')).toBe(true);
      const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
      for (const { place, source, length, message } of faults) {
        expect(place.line).toBeGreaterThan(0);
        expect(place.line).toBeLessThanOrEqual(lines.length);
        expect(place.column).toBeGreaterThan(0);
        expect(place.column).toBeLessThanOrEqual(lines[place.line - 1]!.length + 1);
        expect(length).toBeGreaterThan(0);
        if (source !== '') expect(source).toBe(lines[place.line - 1]!.toWellFormed());
        expect(message).toMatch(/[.?]$/);
      }
      expect(formatDiagnostics(faults)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
    }),
    { numRuns: 1500 },
  );
});

test('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(parse(bytes).ok).toBe(false);
    }),
  );
});

const kind = fc.constantFrom(...real.kinds);
const field = fc.oneof(
  fc.constantFrom(
    'state',
    'mtu',
    'answer',
    'rule',
    'status',
    'body',
    'fails',
    'absent',
    'in',
    'on',
    'id',
    'not',
    'matches',
    'value',
  ),
  fc.string(),
);

test('any JSON as an entry of the real kinds is a check or has faults', () => {
  fc.assert(
    fc.property(kind, fc.jsonValue(), fc.dictionary(field, fc.jsonValue()), (name, value, fields) => {
      const entry = JSON.stringify({ [name]: value, ...fields });
      const text = `---\ntitle: T\n---\n~~~~sh {.run}\nx\n~~~~\n~~~~~~yaml {.expect}\n- ${entry}\n~~~~~~\n`;
      const parsed = parseLesson('x/lesson.md', text, real);
      if (parsed.ok) expect(parsed.lesson.cells[0]!.expects).toHaveLength(1);
      else for (const fault of parsed.diagnostics) expect(fault.place.line).toBe(8);
    }),
    { numRuns: 1000 },
  );
});

test('blocks and steps cover the lesson once, in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parse(text);
      if (!parsed.ok) return;
      const { steps, blocks, cells } = parsed.lesson;
      expect(steps[0]!.from).toBe(0);
      expect(steps.at(-1)!.to).toBe(blocks.length);
      for (const [i, step] of steps.entries()) if (i > 0) expect(step.from).toBe(steps[i - 1]!.to);
      expect(blocks.flatMap((block) => (block.kind === 'cell' ? block.cell : []))).toEqual(cells);
      expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length);
    }),
    { numRuns: 500 },
  );
});

test('line ends and a byte order mark change nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const plain = text.replace(/\r\n?/g, '\n').replace(/^\ufeff+/, '');
      const same = apart(parse(plain));
      expect(apart(parse(plain.replaceAll('\n', '\r\n')))).toEqual(same);
      expect(apart(parse(`\ufeff${plain}`))).toEqual(same);
      expect(apart(parse(Buffer.from(plain)))).toEqual(same);
    }),
    { numRuns: 500 },
  );
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const item = fc.oneof(
  fc.record({ kind: fc.constantFrom('class' as const, 'id' as const, 'flag' as const), text: name }),
  fc.record({
    kind: fc.constant('pair' as const),
    key: name,
    value: fc.string({ minLength: 1, unit: 'grapheme' }),
  }),
);

test('attributes survive being written and read', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const { items: read, faults } = parseAttributes(formatAttributes(items as AttributeItem[]));
      expect(faults).toEqual([]);
      expect(
        read.map(({ offset: _o, length: _l, ...rest }) =>
          'valueAt' in rest ? { ...rest, valueAt: undefined } : rest,
        ),
      ).toEqual(items.map((one) => (one.kind === 'pair' ? { ...one, valueAt: undefined } : one)));
    }),
  );
});

test('attributes stand where they are said to stand, and what is read is not lost', () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => `{${text}`),
      (text) => {
        const { items, faults } = parseAttributes(text);
        for (const { offset, length } of [...items, ...faults]) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
        for (const one of items) {
          const said = text.slice(one.offset, one.offset + one.length);
          expect(said).toContain(one.kind === 'pair' ? one.key : one.text);
        }
      },
    ),
  );
});

const printed = fc.array(fc.stringMatching(/^[a-z.]{1,4}$/), { maxLength: 8 });

test('a text fits itself, and what is cut out of it may be `...`', () => {
  fc.assert(
    fc.property(printed, fc.nat(8), fc.nat(8), (lines, a, b) => {
      const literal = lines.map((line) => (line.trim() === '...' ? line.replace('...', '\\...') : line));
      const from = Math.min(a, b, lines.length);
      const cut = [...literal.slice(0, from), '...', ...literal.slice(Math.max(a, b))];
      expect(matchOutput(literal, lines.join('\n'))).toEqual({ ok: true });
      expect(matchOutput(cut, lines.join('\n'))).toEqual({ ok: true });
    }),
  );
});

test('matching agrees with a regular expression of the same meaning', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const pattern = fc.array(fc.constantFrom('a', 'b', '...'), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(pattern, fc.array(word, { maxLength: 8 }), (expected, lines) => {
      const regex = new RegExp(
        `^${expected.map((line) => (line === '...' ? '(?:.\n)*' : `${line}\n`)).join('')}$`,
      );
      const text = lines.map((line) => `${line}\n`).join('');
      expect(matchOutput(expected, text).ok).toBe(regex.test(text));
    }),
    { numRuns: 1000 },
  );
});

test('substitution leaves no variable that has a value, and any text without a dollar as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const names = variablesOf(value);
      const values = Object.fromEntries(names.map((one) => [one, 'x']));
      const { spec, missing } = substitute(value, values);
      expect(missing).toEqual([]);
      expect(substitute(value, {}).missing.toSorted()).toEqual(names.toSorted());
      if (!JSON.stringify(value).includes('$')) expect(JSON.stringify(spec)).toBe(JSON.stringify(value));
    }),
  );
});
