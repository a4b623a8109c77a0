/** A fence's opening line: its language, its role, its id and its attributes, each read by the table of definitions. */
import { suggest } from '../lib/suggest.ts';
import { type AttributeItem, parseAttributes } from './attributes.ts';
import {
  ATTRIBUTES,
  type AttributeName,
  type AttributeValues,
  ROLE_NAMES,
  ROLES,
  type RoleName,
  SHELL_LANGUAGES,
  Wrong,
} from './definitions.ts';
import type { Faults, Span } from './faults.ts';
import type { Fence } from './fences.ts';

export interface Header {
  role: RoleName;
  language: string;
  /** From `#id`, and where it stands. */
  id?: { text: string; span: Span };
  values: AttributeValues;
  /** Where the value of an attribute stands. */
  spans: { readonly [Name in AttributeName]?: Span };
}

type Item<Kind extends AttributeItem['kind']> = Extract<AttributeItem, { kind: Kind }>;
type Words = readonly string[];

function didYouMean(word: string, names: Words, otherwise: string): string {
  const near = suggest(word, names);
  return near ? `did you mean \`${near}\`?` : otherwise;
}

/** Makes spans of offsets from the opening brace. */
type At = (stretch: { offset: number; length: number }) => Span;

function readRole(items: readonly AttributeItem[], head: Span, at: At, faults: Faults): RoleName | undefined {
  const classes = items.filter((item): item is Item<'class'> => item.kind === 'class');
  const dotted = ROLE_NAMES.map((name) => `.${name}`);
  const [first, ...more] = classes;
  for (const item of classes) {
    if (item.text in ROLES) continue;
    const instead = didYouMean(`.${item.text}`, dotted, `the roles are: ${dotted.join(', ')}`);
    faults.error('unknown-role', at(item), `Unknown role \`.${item.text}\`.`, instead);
  }
  if (!first) {
    const forgotten = items.find((item) => item.kind === 'flag' && item.text in ROLES) as
      | Item<'flag'>
      | undefined;
    const instead = forgotten ? `write \`.${forgotten.text}\`` : `give it one of: ${dotted.join(', ')}`;
    faults.error(
      'no-role',
      forgotten ? at(forgotten) : head,
      'A fence with attributes needs a role.',
      instead,
    );
    return undefined;
  }
  if (classes.every((item) => item.text in ROLES))
    for (const item of more)
      faults.error('two-roles', at(item), 'A fence has one role.', 'take one of them away');
  return first.text in ROLES ? (first.text as RoleName) : undefined;
}

function readId(role: RoleName, items: readonly AttributeItem[], at: At, faults: Faults): Header['id'] {
  const [first, ...more] = items.filter((item): item is Item<'id'> => item.kind === 'id');
  for (const item of more) faults.error('two-ids', at(item), 'A fence has one id.', 'take one of them away');
  if (!first) return undefined;
  if (!ROLES[role].named) {
    const instead = role === 'expect' ? 'give ids to the checks, with `id:`' : 'take it away';
    faults.error('unknown-attribute', at(first), `A \`.${role}\` block has no id.`, instead);
    return undefined;
  }
  if (/^(cell|quiz)-\d+$/.test(first.text))
    faults.error(
      'reserved-id',
      at(first),
      `\`${first.text}\` is how blocks without an id are called.`,
      'choose another id',
    );
  return { text: first.text, span: at(first) };
}

function readValue(
  role: RoleName,
  item: Item<'flag' | 'pair'>,
  at: At,
  faults: Faults,
): [AttributeName, unknown] | undefined {
  const name = item.kind === 'pair' ? item.key : item.text;
  const own = ROLES[role].attributes;
  const nameAt = at({ offset: item.offset, length: name.length });
  if (!Object.hasOwn(ATTRIBUTES, name) || !own.includes(name as AttributeName)) {
    const known = Object.hasOwn(ATTRIBUTES, name);
    const message = known ? `A \`.${role}\` block takes no \`${name}\`.` : `Unknown attribute \`${name}\`.`;
    const list = own.length > 0 ? `\`.${role}\` takes: ${own.join(', ')}` : `\`.${role}\` takes none`;
    faults.error('unknown-attribute', nameAt, message, known ? list : didYouMean(name, own, list));
    return undefined;
  }
  const definition = ATTRIBUTES[name as AttributeName];
  if (item.kind === 'flag' && definition.takes !== null) {
    faults.error('bad-value', nameAt, `\`${name}\` needs a value.`, `write \`${name}=${definition.takes}\``);
    return undefined;
  }
  const value = item.kind === 'flag' ? true : definition.read(item.value);
  if (!(value instanceof Wrong)) return [name as AttributeName, value];
  faults.error('bad-value', item.kind === 'pair' ? at(item.valueAt) : nameAt, value.message, value.instead);
  return undefined;
}

function readValues(role: RoleName, items: readonly AttributeItem[], at: At, faults: Faults) {
  const values: Record<string, unknown> = {};
  const spans: { [Name in AttributeName]?: Span } = {};
  for (const item of items) {
    if (item.kind === 'class' || item.kind === 'id') continue;
    const read = readValue(role, item, at, faults);
    if (!read) continue;
    const [name, value] = read;
    if (name in values)
      faults.error('two-values', at(item), `\`${name}\` is here twice.`, 'keep one of them');
    values[name] = value;
    spans[name] = at(item.kind === 'pair' ? item.valueAt : item);
  }
  return { values: values as AttributeValues, spans };
}

/** The words before the brace. Only the first one counts, and only for a block that runs. */
function readLanguage(role: RoleName, fence: Fence, before: string, faults: Faults): string {
  const language = before.trim().split(/\s+/)[0] ?? '';
  if (!ROLES[role].runs || language === '' || SHELL_LANGUAGES.includes(language)) return language;
  const column = fence.infoColumn + before.indexOf(language);
  const span = { line: fence.line, column, length: language.length };
  faults.error(
    'unknown-language',
    span,
    `A \`.${role}\` block is run by bash, not by \`${language}\`.`,
    'write `sh` or `bash`',
  );
  return language;
}

/** A role without its braces: `sh .run`. The fence would only be shown, which nobody meant. */
function missedBraces(fence: Fence, faults: Faults): void {
  const found = /(?:^|\s)(\.(\w+))/.exec(fence.info);
  if (!found || !(found[2]! in ROLES)) return;
  const column = fence.infoColumn + found.index + found[0].indexOf('.');
  const span = { line: fence.line, column, length: found[1]!.length };
  faults.error('no-braces', span, 'Attributes stand in braces.', `write \`{${found[1]}}\``);
}

/**
 * Undefined for a fence that is only shown, and for one whose role cannot be read (which is told).
 * `shown` tells the two apart.
 */
export function readHeader(fence: Fence, faults: Faults): { header?: Header; shown: boolean } {
  const brace = fence.info.indexOf('{');
  if (brace < 0) {
    missedBraces(fence, faults);
    return { shown: true };
  }
  const { items, faults: found } = parseAttributes(fence.info.slice(brace).trimEnd());
  const at: At = ({ offset, length }) => ({
    line: fence.line,
    column: fence.infoColumn + brace + offset,
    length,
  });
  for (const fault of found) faults.error(fault.code, at(fault), fault.message, fault.instead);
  // What cannot be read may have been the role: one fault is enough then.
  if (found.length > 0 && !items.some((item) => item.kind === 'class')) return { shown: false };
  const role = readRole(items, at({ offset: 0, length: 1 }), at, faults);
  if (role === undefined) return { shown: false };
  const language = readLanguage(role, fence, fence.info.slice(0, brace), faults);
  const id = readId(role, items, at, faults);
  return {
    shown: false,
    header: { role, language, ...(id ? { id } : {}), ...readValues(role, items, at, faults) },
  };
}
