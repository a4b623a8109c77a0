import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { kinds } from '../../src/check/kinds.ts';
import { checkReference } from '../../src/check/reference.ts';
import { fieldsOf } from '../../src/check/schema-fields.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { COMMON_NAMES } from '../../src/lesson/common.ts';
import { faults } from './judging.ts';

const all = [...kinds.values()];

test('every kind stands under its own name, which is its first field', () => {
  for (const [name, kind] of kinds) {
    expect(kind.name).toBe(name);
    expect(fieldsOf(kind)[0]).toMatchObject({ name, required: true });
  }
});

test.each(all.map((kind) => [kind.name, kind] as const))('%s: its example is valid', (name, kind) => {
  const entry = Object.entries(parseYaml(kind.example) as object);
  expect(entry[0]![0]).toBe(name);
  const own = entry.filter(([key], i) => i === 0 || !(COMMON_NAMES as readonly string[]).includes(key));
  expect(vocabulary.parse(name, Object.fromEntries(own))).toMatchObject({ ok: true });
});

test.each(all.map((kind) => [kind.name, kind] as const))('%s: every field is documented', (_, kind) => {
  for (const field of fieldsOf(kind)) {
    expect(field.description, field.name).toMatch(/\.$/);
    expect(field.takes, field.name).not.toBe('anything');
    expect(field.example, field.name).toBeDefined();
  }
});

test('the nearest word is told: for a kind, a field, a field within, a field of all', () => {
  expect(faults({ interfce: 'a' })[0]).toMatchObject({
    code: 'unknown-kind',
    instead: 'did you mean `interface`?',
  });
  expect(faults({ interface: 'a', stat: 'up' })[0]).toMatchObject({
    code: 'unknown-field',
    path: ['stat'],
    atKey: true,
    instead: 'did you mean `state`?',
  });
  expect(faults({ firewall: 'nat', rule: { sorce: 'a' } })[0]).toMatchObject({
    path: ['rule', 'sorce'],
    instead: 'did you mean `source`?',
  });
  expect(faults({ interface: 'a', witin: '5s' })[0]).toMatchObject({ instead: 'did you mean `within`?' });
  expect(faults({ interface: 'a', mtu: { contain: 1 } })[0]).toMatchObject({
    path: ['mtu', 'contain'],
    instead: 'did you mean `contains`?',
  });
});

test('all faults of an entry at once', () => {
  expect(
    faults({ interface: 'a', state: 'upp', mtu: {}, mac: '/(/', x: 1 })
      .map((fault) => fault.code)
      .sort(),
  ).toEqual(['bad-regex', 'bad-value', 'empty-matcher', 'unknown-field']);
});

test('a wrong value comes with an example', () => {
  expect(faults({ interface: 'a', state: 'upp' })[0]).toMatchObject({
    path: ['state'],
    instead: 'write `state: up`',
  });
});

test('the JSON Schema has every kind, its own fields and those of all', () => {
  const schema = vocabulary.jsonSchema() as {
    items: { anyOf: { title: string; properties: object; required: string[] }[] };
    $defs: object;
  };
  expect(schema.items.anyOf.map((entry) => entry.title)).toEqual(vocabulary.kinds);
  const entry = schema.items.anyOf.find((each) => each.title === 'interface')!;
  expect(Object.keys(entry.properties)).toEqual(expect.arrayContaining(['mtu', 'within', 'says']));
  expect(entry.required).toEqual(['interface']);
  expect(Object.keys(schema.$defs)).toEqual(['Matcher']);
  expect(() => JSON.stringify(schema)).not.toThrow();
});

test('the reference has a section a kind, with every field', () => {
  const text = checkReference();
  for (const kind of all) {
    const section = text.split(`\n## ${kind.name}\n`)[1]!.split('\n## ')[0]!;
    for (const { name } of fieldsOf(kind))
      expect(section).toMatch(new RegExp(`^\\| (\\*\\*)?${name}(\\*\\*)? \\|`, 'm'));
    expect(section).toContain(kind.summary);
  }
  expect(text.endsWith('\n')).toBe(true);
});
