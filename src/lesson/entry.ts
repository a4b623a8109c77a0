/** One entry of an `.expect` block on its way to a check: its keys, its kind, and which fields are whose. */
import { isMap } from 'yaml';
import { suggest } from '../lib/suggest.ts';
import { COMMON_NAMES } from './common.ts';
import type { Faults } from './faults.ts';
import type { Hosts } from './hosts.ts';
import type { Check, CheckVocabulary, EntryFault } from './model.ts';
import { keyText, type YamlTree } from './yaml.ts';

export interface ExpectContext {
  file: string;
  faults: Faults;
  vocabulary: CheckVocabulary;
  hosts: Hosts;
  /** The cell's, for ids and for the default of `on:`. */
  cell: { id: string; host: string; expects: readonly Check[] };
  /** Ids of all checks so far. */
  ids: Set<string>;
  /** What stands before the number of a check without an id; `<cell>/` when absent. */
  prefix?: string;
}

/** An entry that has not been looked at yet. */
export interface Found {
  path: readonly (string | number)[];
  node: unknown;
  value: unknown;
}

const isCommon = (name: string): boolean => (COMMON_NAMES as readonly string[]).includes(name);

export interface Entry {
  /** Where it stands in its tree. */
  path: readonly (string | number)[];
  tree: YamlTree;
  /** As they stand, the kind first. */
  keys: readonly string[];
  fields: Readonly<Record<string, unknown>>;
}

export function tell(faults: Faults, entry: Entry, fault: EntryFault): void {
  const span = entry.tree.span([...entry.path, ...fault.path], fault.atKey);
  faults.error(fault.code, span, fault.message, fault.instead);
}

/** A scalar that was meant as an entry: `- ping 10.0.0.1`. */
function notAnEntry(value: unknown, kinds: readonly string[]): string {
  const [word = '', ...rest] = typeof value === 'string' ? value.split(/\s+/) : [];
  const kind = kinds.find((name) => name === word.replace(/:$/, ''));
  return kind && rest.length > 0
    ? `write \`${kind}: ${rest.join(' ')}\``
    : 'write `kind: value`, as in `ping: 10.0.0.12`';
}

/** @param value what the node comes to */
export function readEntry(
  { path, node, value }: Found,
  tree: YamlTree,
  context: ExpectContext,
): Entry | undefined {
  const map = tree.resolve(node);
  if (!isMap(map) || map.items.length === 0) {
    const instead = notAnEntry(value, context.vocabulary.kinds);
    context.faults.error(
      'not-an-entry',
      tree.span(path),
      'An entry is a map of fields, the kind of check first.',
      instead,
    );
    return undefined;
  }
  const keys: string[] = [];
  for (const pair of map.items) {
    const key = keyText(pair.key);
    if (key === undefined) {
      context.faults.error('bad-key', tree.spanOf(pair.key), 'The name of a field is a word.');
      return undefined;
    }
    keys.push(key);
  }
  return { path, tree, keys, fields: value as Record<string, unknown> };
}

/** The key that names the kind: the first that is not one of the common fields. */
function kindKey(entry: Entry): string {
  return entry.keys.find((key) => !isCommon(key)) ?? entry.keys[0]!;
}

/** Says which kind it is; undefined when it is none, which is told. */
export function kindOf(entry: Entry, context: ExpectContext): string | undefined {
  const key = kindKey(entry);
  const { kinds } = context.vocabulary;
  if (kinds.includes(key)) return key;
  const later = entry.keys.find((other) => kinds.includes(other) && !isCommon(other));
  const near = suggest(key, kinds);
  // A word that is nearly a kind is one misspelt; `process:` after `lissen:` is then a field of it.
  const instead = near
    ? `did you mean \`${near}\`?`
    : later
      ? `put \`${later}:\` before it: the first key names the kind`
      : `the kinds are: ${kinds.join(', ')}`;
  tell(context.faults, entry, {
    code: 'unknown-kind',
    path: [key],
    atKey: true,
    message: `\`${key}\` is no kind of check.`,
    instead,
  });
  return undefined;
}

/** Splits the fields; what is empty is told and left out of both. */
export function split(entry: Entry, faults: Faults) {
  const common: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  const empty = new Set<string>();
  for (const key of entry.keys) {
    const value = entry.fields[key];
    if (value === null || value === undefined) {
      empty.add(key);
      tell(faults, entry, {
        code: 'empty-value',
        path: [key],
        atKey: true,
        message: `\`${key}\` has no value.`,
      });
      continue;
    }
    // `id` is a check's name when it is a text; a kind may have a field of that name with any other value.
    const mine = isCommon(key) && !(key === 'id' && typeof value !== 'string');
    Object.defineProperty(mine ? common : own, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return { common, own, empty };
}
