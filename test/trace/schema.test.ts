import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { traceJsonSchema, traceSchema } from '../../src/trace/schema.ts';
import { traceOf } from '../../src/trace/trace.ts';
import { recorded } from './recorded.ts';

const names = readdirSync(new URL('fixtures', import.meta.url)).map((file) => file.replace('.json', ''));

test.each(names)('a trace as JSON is what its schema says: %s', (name) => {
  const written = JSON.parse(JSON.stringify(traceOf(recorded(name))));
  expect(traceSchema.parse(written)).toEqual(written);
});

test('the schema is one for other programs too', () => {
  const schema = JSON.stringify(traceJsonSchema());
  expect(schema).toContain('https://json-schema.org/draft/2020-12/schema');
  expect(schema).toContain('The header as it was when it was routed.');
});
