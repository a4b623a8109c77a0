import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineKind, pass } from '../../src/check/define.ts';
import { kinds } from '../../src/check/kinds.ts';

test('a schema is made when it is first asked for, and once', () => {
  let made = 0;
  const kind = defineKind({
    name: 'any',
    summary: '',
    example: 'any: x',
    schema: () => {
      made++;
      return z.strictObject({ any: z.string() });
    },
    describe: (spec) => spec.any,
    needs: () => [],
    judge: (spec) => pass(spec.any, spec.any),
  });
  expect(made).toBe(0);
  expect(kind.schema.safeParse({ any: 'x' }).success).toBe(true);
  expect(kind.schema).toBe(kind.schema);
  expect(made).toBe(1);
});

test.each([...kinds.values()])('$name makes its schema so', (kind) => {
  expect(Object.getOwnPropertyDescriptor(kind, 'schema')?.get).toBeTypeOf('function');
});
