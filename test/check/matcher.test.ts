import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Matcher, match, matcher } from '../../src/check/matcher.ts';

const parse = (raw: unknown) => matcher().safeParse(raw);
const holds = (raw: unknown, value: unknown) => match(matcher().parse(raw), value).ok;

describe('what is refused', () => {
  test.each([
    [{}],
    [[]],
    [''],
    ['  '],
    [null],
    [{ contains: '' }],
    [{ contains: [] }],
    [{ matches: '' }],
    [{ and: [] }],
    [{ or: [{}] }],
    [{ not: {} }],
    [{ length: '' }],
  ])('%j asserts nothing', (raw) => {
    expect(parse(raw).error?.issues[0]).toMatchObject({ params: { code: 'empty-matcher' } });
  });

  test.each([['/a(/'], [{ matches: '[' }], [{ contains: [{ matches: '+' }] }]])(
    '%j is a wrong pattern',
    (raw) => {
      expect(parse(raw).error?.issues[0]).toMatchObject({ params: { code: 'bad-regex' } });
    },
  );

  test('an unknown word is told with the nearest one, at its place', () => {
    const [issue] = parse({ or: [1, { contain: 'x' }] }).error!.issues;
    expect(issue).toMatchObject({
      path: ['or', 1, 'contain'],
      params: { code: 'unknown-field', instead: 'contains', atKey: true },
    });
  });

  test.each([
    [{ lt: 'much' }],
    [{ json: 'a.b', is: 1 }],
    [{ json: '$.a' }],
    [{ is: 3 }],
    [{ flags: 'i' }],
    [{ lt: Number.NaN }],
  ])('%j cannot work', (raw) => expect(parse(raw).success).toBe(false));
});

describe('what holds', () => {
  test.each<[unknown, unknown, boolean]>([
    [1500, '1500', true],
    ['1500', 1500, true],
    [1500, '1500x', false],
    ['1.10', '1.1', false],
    [true, 'true', true],
    [false, true, false],
    [1, true, false],
    ['web', ' web\n', true],
    ['web', 'webs', false],
    ['/^w.b$/', 'web', true],
    ['/^W/i', 'web', true],
    ['/usr/lib', '/usr/lib', true],
    [{ matches: '^1' }, 172, true],
    [{ ge: 1, le: 3 }, 3, true],
    [{ ge: 1, le: 3 }, '4', false],
    [{ gt: 0 }, 'many', false],
    [{ gt: 0 }, '', false],
    [{ not: 'a' }, 'b', true],
    [{ and: [{ gt: 1 }, { lt: 3 }] }, 2, true],
    [{ or: ['a', 'b'] }, 'b', true],
    [{ or: ['a', 'b'] }, 'c', false],
    [{ length: 2 }, ['a', 'b'], true],
    [{ length: { gt: 2 } }, 'ab', false],
    [{ contains: 'gin' }, 'nginx', true],
    [{ contains: ['gin', 'x'] }, 'nginx', true],
    [{ contains: ['gin', 'y'] }, 'nginx', false],
    [{ contains: 'b' }, ['a', 'b'], true],
    [{ contains: 'b' }, ['ab'], false],
    [['a', 'b'], ['b', 'c', 'a'], true],
    [['a', 'b'], ['a'], false],
    [{ exactly: ['a', 'b'] }, ['b', 'a'], true],
    [{ exactly: ['a'] }, ['a', 'b'], false],
    [{ exactly: [] }, [], true],
    [{ exactly: [] }, ['a'], false],
    ['a', ['b', 'a'], true],
    [{ not: 'a' }, ['b', 'a'], false],
    [{ not: 'a' }, [], true],
    ['a', [], false],
    [{ json: '$.a[0].b', is: 2 }, '{"a":[{"b":2}]}', true],
    [{ json: '$["a b"][-1]', is: 'z' }, '{"a b":["y","z"]}', true],
    [{ json: '$.a', is: { not: 1 } }, '{}', false],
    [{ json: '$.a', is: 1 }, 'no json', false],
    [{ json: '$.constructor', is: { not: 1 } }, '{}', false],
  ])('%j against %j: %s', (raw, value, ok) => expect(holds(raw, value)).toBe(ok));

  test('what is not there satisfies nothing', () => {
    for (const raw of [{ not: 1 }, { matches: '.*' }, 'undefined', { or: [{ not: 1 }, { not: 2 }] }]) {
      expect(holds(raw, undefined)).toBe(false);
      expect(holds(raw, null)).toBe(false);
    }
  });

  test('after parsing a text in slashes is only a text, wherever it comes from', () => {
    expect(match('/.*/', 'anything').ok).toBe(false);
    expect(match('/.*/', '/.*/').ok).toBe(true);
  });
});

test('says both sides in words', () => {
  expect(match(matcher().parse({ ge: 1, le: 3 }), 7)).toEqual({
    ok: false,
    expected: 'at least 1 and at most 3',
    found: '7',
  });
  expect(match(matcher().parse('/a b/i'), '')).toMatchObject({
    expected: 'matching /a b/i',
    found: 'an empty text',
  });
  expect(match(matcher().parse({ exactly: [] }), ['a', 'b c'])).toMatchObject({
    expected: 'none',
    found: 'a, "b c"',
  });
});

test('evidence has no line breaks, no control characters, and an end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const { found } = match('x', text);
      expect(found).not.toMatch(/[\u0000-\u001f\u007f]/);
      expect(found.length).toBeLessThan(300);
    }),
  );
});

const values = fc.oneof(fc.jsonValue(), fc.string(), fc.integer(), fc.constant(undefined));

test('any JSON is a matcher or a list of faults, and matching never throws', () => {
  const words = fc.constantFrom(
    'contains',
    'matches',
    'not',
    'and',
    'or',
    'length',
    'json',
    'is',
    'exactly',
    'lt',
    'ge',
  );
  const raw = fc.oneof(fc.jsonValue(), fc.dictionary(words, fc.jsonValue({ maxDepth: 3 })));
  fc.assert(
    fc.property(raw, values, (given, value) => {
      const parsed = parse(given);
      if (!parsed.success) {
        expect(parsed.error.issues.length).toBeGreaterThan(0);
        return;
      }
      const result = match(parsed.data, value);
      expect(typeof result.ok).toBe('boolean');
      expect(match({ not: parsed.data }, value).ok).toBe(
        value === undefined || value === null ? false : !result.ok,
      );
    }),
  );
});

test('a scalar holds for itself and for no other text', () => {
  const text = fc
    .string({ minLength: 1 })
    .filter((each) => each.trim() !== '' && !/^\/.+\/[imsu]*$/s.test(each));
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(holds(a, a)).toBe(true);
      expect(holds(a, b)).toBe(a.trim() === b.trim());
    }),
  );
});

test('parsing twice is parsing once', () => {
  const once = matcher().parse({ or: ['/a/i', { contains: ['b', '/c/'] }] });
  expect(matcher().parse(once)).toEqual(once);
});

test('in a schema a missing field is a fault, unless it may be left away', () => {
  const schema = z.strictObject({ must: matcher(), may: matcher().optional() });
  expect(schema.safeParse({ must: 1 }).success).toBe(true);
  expect(schema.safeParse({ may: 1 }).error?.issues[0]).toMatchObject({
    path: ['must'],
    params: { code: 'missing-field' },
  });
});

test('a type holds what the parser makes', () => {
  const made: Matcher = matcher().parse('/x/');
  expect(made).toEqual({ matches: 'x' });
});

test('of a long text the lines are told that begin as the pattern does; a tab is a blank', () => {
  const status = `Name:\tunshare\nUmask:\t0022\n${'Other:\t1\n'.repeat(60)}NSpid:\t35\n`;
  const found = (raw: unknown, text = status) => match(matcher().parse(raw), text).found;
  expect(found({ matches: 'NSpid:\\s+[0-9]+\\s+1\\n' })).toBe('"NSpid: 35"');
  expect(found({ matches: 'Nothing: 1' })).toContain('Name: unshare⏎Umask: 0022');
  expect(found({ matches: 'NSpid: 1|Umask: 1' })).toContain('Name: unshare');
  expect(found({ matches: 'NSpid: 1' }, 'Name:\tx\nNSpid:\t35')).toBe('"Name: x⏎NSpid: 35"');
});
