/**
 * `params:` of the front matter: numbers that each learner has otherwise. Here is what an author may declare; what comes
 * of it for a seed is values.ts's, how `{{name}}` is put into the text is placeholders.ts's.
 */
import { z } from 'zod';
import { contains, formatPrefix, network, type Prefix, parsePrefix } from '../lib/addresses.ts';
import { suggest } from '../lib/suggest.ts';
import type { Faults } from './faults.ts';
import type { YamlTree } from './yaml.ts';

/** What the names look like. `{{end}}` and its like are words of Go's templates, which `docker inspect -f` takes. */
export const PARAM_NAME = /^[a-z][a-z0-9_]{0,40}$/;
export const TEMPLATE_WORDS: ReadonlySet<string> = new Set(['end', 'else', 'break', 'continue', 'nil']);

export type Param =
  /** A subnet of `length` bits out of the pool. */
  | { kind: 'subnet'; pool: Prefix; length: number }
  /** An address of the subnet that the param `of` is; `number`: always its n-th. */
  | { kind: 'address'; of: string; number?: number }
  | { kind: 'int'; from: number; to: number }
  | { kind: 'choice'; of: readonly string[] };

/** In the order of the lesson. */
export type Params = ReadonlyMap<string, Param>;

const pool = z.string().refine((text) => {
  const prefix = text.includes('/') ? parsePrefix(text) : undefined;
  return prefix !== undefined && network(prefix).value === prefix.value;
}, 'This is no block of addresses, as `10.0.0.0/8` is.');

const forms = [
  z.strictObject({
    subnet: pool.meta({ description: 'A block of addresses; the value is a subnet of it.' }),
    length: z.int().min(1).max(128).optional().meta({ description: 'Its prefix length; 24 without it.' }),
  }),
  z.strictObject({
    address: z.string().meta({ description: 'The name of a subnet; the value is an address in it.' }),
    number: z
      .int()
      .min(1, 'Addresses are counted from 1.')
      .optional()
      .meta({ description: 'Always the n-th of the subnet, as its router is the first.' }),
  }),
  z.strictObject({
    int: z
      .array(z.int('A whole number is wanted.'))
      .length(2, '`int` is a list of two: the least and the greatest.')
      .meta({ description: 'The least and the greatest; both may come.' }),
  }),
  z.strictObject({
    choice: z
      .array(
        z.union(
          [z.string().regex(/^[^\n\r]{1,200}$/, 'A choice is a line.'), z.number()],
          'A choice is a line.',
        ),
      )
      .min(2, 'Of one there is no choice.')
      .meta({ description: 'One of these.' }),
  }),
] as const;

/** Names of all fields that a param may have, for "did you mean". */
export const PARAM_FIELDS: readonly string[] = forms.flatMap((form) => Object.keys(form.shape));

export const paramsSchema = z
  .record(
    z.string(),
    z.union(forms, 'A param is a map: `{subnet: ..}`, `{address: ..}`, `{int: ..}` or `{choice: ..}`.'),
  )
  .optional()
  .meta({
    description:
      'Numbers that come of a seed, so that each learner has others: `{subnet: 10.0.0.0/8}`, `{address: NAME}`, `{int: [LEAST, GREATEST]}`, `{choice: [..]}`. Written `{{name}}` anywhere below.',
    examples: [{ lan: { subnet: '10.0.0.0/8' } }],
  });

type Declared = NonNullable<z.output<typeof paramsSchema>>;

function toParam(declared: Declared[string]): Param {
  if ('subnet' in declared)
    return { kind: 'subnet', pool: parsePrefix(declared.subnet)!, length: declared.length ?? 24 };
  if ('address' in declared)
    return {
      kind: 'address',
      of: declared.address,
      ...(declared.number === undefined ? {} : { number: declared.number }),
    };
  if ('int' in declared) return { kind: 'int', from: declared.int[0]!, to: declared.int[1]! };
  return { kind: 'choice', of: [...new Set(declared.choice.map(String))] };
}

/** How many there are to choose from. Of a subnet's addresses neither the first nor, in IPv4, the last is a host's. */
export function slots(param: Param, params: Params): bigint {
  switch (param.kind) {
    case 'subnet':
      return 1n << BigInt(param.length - param.pool.length);
    case 'address': {
      const subnet = params.get(param.of) as Extract<Param, { kind: 'subnet' }>;
      const bits = BigInt((subnet.pool.family === 4 ? 32 : 128) - subnet.length);
      return (1n << bits) - (subnet.pool.family === 4 ? 2n : 1n);
    }
    case 'int':
      return BigInt(param.to - param.from + 1);
    case 'choice':
      return BigInt(param.of.length);
  }
}

/** Those of one pool are never the same: what a param is drawn from, as a text that is equal for equal pools. */
export function poolOf(param: Param): string {
  switch (param.kind) {
    case 'subnet':
      return 'subnet';
    case 'address':
      return `address of ${param.of}`;
    case 'int':
      return `int ${param.from} ${param.to}`;
    case 'choice':
      return `choice ${JSON.stringify([...param.of].sort())}`;
  }
}

type Tell = (field: string | undefined, message: string, instead?: string) => void;

function checkAlone(name: string, param: Param, params: Params, tell: Tell): void {
  if (!PARAM_NAME.test(name) || TEMPLATE_WORDS.has(name))
    tell(
      undefined,
      TEMPLATE_WORDS.has(name)
        ? `\`${name}\` is a word of templates.`
        : 'A param’s name is small letters, digits and `_`.',
      'choose another name',
    );
  if (
    param.kind === 'subnet' &&
    (param.length <= param.pool.length || param.length > (param.pool.family === 4 ? 30 : 126))
  )
    tell(
      'subnet',
      `There is no choice of a /${param.length} in ${formatPrefix(param.pool)}.`,
      'give a greater block, or another `length`',
    );
  if (param.kind === 'int' && param.from >= param.to)
    tell('int', 'The first number is the least, the second the greatest.');
  if (param.kind !== 'address') return;
  const subnets = [...params].filter(([, other]) => other.kind === 'subnet').map(([other]) => other);
  if (!subnets.includes(param.of)) {
    const near = suggest(param.of, subnets);
    const list =
      subnets.length > 0
        ? `the subnets are: ${subnets.join(', ')}`
        : 'declare one: `lan: {subnet: 10.0.0.0/8}`';
    tell('address', `There is no subnet \`${param.of}\`.`, near ? `did you mean \`${near}\`?` : list);
  } else if (param.number !== undefined && BigInt(param.number) > slots(param, params))
    tell('number', `\`${param.of}\` has no address of that number.`);
}

/** Whether all that share a pool find a place in it, whatever the seed. */
function hasRoom(name: string, param: Param, params: Params): boolean {
  let taken = 0n;
  for (const [other, its] of params) {
    if (other === name) continue;
    if (param.kind === 'subnet' && its.kind === 'subnet') {
      if (!contains(param.pool, its.pool) && !contains(its.pool, param.pool)) continue;
      // A greater subnet covers several of ours, a smaller one spoils one.
      taken += its.length < param.length ? 1n << BigInt(param.length - its.length) : 1n;
    } else if (poolOf(its) === poolOf(param)) taken += 1n;
  }
  return slots(param, params) > taken;
}

/** What the schema cannot say: names, references, and room for all. Told to `faults`. */
export function readParams(declared: Declared | undefined, tree: YamlTree, faults: Faults): Params {
  const params = new Map(Object.entries(declared ?? {}).map(([name, fields]) => [name, toParam(fields)]));
  const before = faults.count;
  for (const [name, param] of params)
    checkAlone(name, param, params, (field, message, instead) =>
      faults.error(
        'bad-param',
        tree.span(field === undefined ? ['params', name] : ['params', name, field], field === undefined),
        message,
        instead,
      ),
    );
  if (faults.count > before) return params;
  const numbers = new Map<string, string>();
  for (const [name, param] of params) {
    if (!hasRoom(name, param, params))
      faults.error(
        'bad-param',
        tree.span(['params', name], true),
        'There are not enough to choose from: those of one kind and range never come twice.',
        'give more to choose from',
      );
    if (param.kind !== 'address' || param.number === undefined) continue;
    const key = `${param.of} ${param.number}`;
    const other = numbers.get(key);
    if (other !== undefined)
      faults.error('bad-param', tree.span(['params', name], true), `\`${other}\` is this address already.`);
    numbers.set(key, name);
  }
  return params;
}
