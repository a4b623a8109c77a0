/** An `.expect` block: YAML to checks. The kinds themselves are the vocabulary's; here is what all of them share. */
import { isMap, isSeq } from 'yaml';
import { parseDuration } from '../lib/duration.ts';
import { suggest } from '../lib/suggest.ts';
import { COMMON_NAMES, type CommonFields, commonFields, examplesOf } from './common.ts';
import type { Faults } from './faults.ts';
import type { Fence } from './fences.ts';
import type { Hosts } from './hosts.ts';
import { issuesToFaults } from './issues.ts';
import type { Check, CheckVocabulary, EntryFault } from './model.ts';
import { variablesOf } from './substitute.ts';
import { keyText, readYaml, type YamlTree } from './yaml.ts';

export interface ExpectContext {
  file: string;
  faults: Faults;
  vocabulary: CheckVocabulary;
  hosts: Hosts;
  /** The cell's, for ids and for the default of `on:`. */
  cell: { id: string; host: string; expects: readonly Check[] };
  /** Ids of all checks so far. */
  ids: Set<string>;
}

const EXAMPLES = examplesOf(commonFields.shape);
const isCommon = (name: string): boolean => (COMMON_NAMES as readonly string[]).includes(name);

/** One entry on its way to a check. */
interface Entry {
  index: number;
  tree: YamlTree;
  /** As they stand, the kind first. */
  keys: readonly string[];
  fields: Readonly<Record<string, unknown>>;
}

function tell(faults: Faults, entry: Entry, fault: EntryFault): void {
  const span = entry.tree.span([entry.index, ...fault.path], fault.atKey);
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

function readEntry(index: number, node: unknown, tree: YamlTree, context: ExpectContext): Entry | undefined {
  const map = tree.resolve(node);
  const value = (tree.value as unknown[])[index];
  if (!isMap(map) || map.items.length === 0) {
    const instead = notAnEntry(value, context.vocabulary.kinds);
    context.faults.error(
      'not-an-entry',
      tree.span([index]),
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
  return { index, tree, keys, fields: value as Record<string, unknown> };
}

/** The key that names the kind: the first that is not one of the common fields. */
function kindKey(entry: Entry): string {
  return entry.keys.find((key) => !isCommon(key)) ?? entry.keys[0]!;
}

/** Says which kind it is; undefined when it is none, which is told. */
function kindOf(entry: Entry, context: ExpectContext): string | undefined {
  const key = kindKey(entry);
  const { kinds } = context.vocabulary;
  if (kinds.includes(key)) return key;
  const later = entry.keys.find((other) => kinds.includes(other) && !isCommon(other));
  const near = suggest(key, kinds);
  const instead = later
    ? `put \`${later}:\` before it: the first key names the kind`
    : near
      ? `did you mean \`${near}\`?`
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
function split(entry: Entry, faults: Faults) {
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

function readCommon(
  entry: Entry,
  fields: Record<string, unknown>,
  context: ExpectContext,
): CommonFields | undefined {
  const parsed = commonFields.safeParse(fields);
  if (!parsed.success) {
    for (const fault of issuesToFaults(parsed.error, fields, () => COMMON_NAMES, EXAMPLES)) {
      const bare =
        typeof fields[String(fault.path[0])] === 'number' && /within|holds/.test(String(fault.path[0]));
      const instead = bare
        ? `write \`${fault.path[0]}: ${fields[String(fault.path[0])]}s\` for seconds`
        : fault.instead;
      tell(context.faults, entry, { ...fault, instead });
    }
    return undefined;
  }
  const host = parsed.data.on;
  if (host !== undefined) context.hosts.check(host, entry.tree.span([entry.index, 'on']), context.faults);
  return parsed.data;
}

function readSpec(
  kind: string,
  entry: Entry,
  own: Record<string, unknown>,
  empty: ReadonlySet<string>,
  context: ExpectContext,
) {
  if (empty.has(kind)) return undefined;
  const result = context.vocabulary.parse(kind, own);
  if (result.ok) return result;
  for (const fault of result.faults) {
    const field = String(fault.path[0] ?? kind);
    // What follows from an empty value has been told already.
    if (empty.has(field)) continue;
    const id = field === 'id' && fault.code === 'unknown-field';
    tell(
      context.faults,
      entry,
      id
        ? {
            code: 'bad-value',
            path: ['id'],
            message: '`id` must be a text that begins with a letter.',
            instead: `write \`${EXAMPLES.id}\``,
          }
        : fault,
    );
  }
  return undefined;
}

function readCheck(
  index: number,
  node: unknown,
  tree: YamlTree,
  context: ExpectContext,
  number: number,
): Check | undefined {
  const entry = readEntry(index, node, tree, context);
  if (!entry) return undefined;
  const kind = kindOf(entry, context);
  const { common: commonValues, own, empty } = split(entry, context.faults);
  const common = readCommon(entry, commonValues, context);
  const parsed = kind === undefined ? undefined : readSpec(kind, entry, own, empty, context);
  const id = common?.id ?? `${context.cell.id}/${number}`;
  if (common?.id !== undefined && context.ids.has(id)) {
    tell(context.faults, entry, {
      code: 'duplicate-id',
      path: ['id'],
      message: `Another check is called \`${id}\`.`,
    });
  }
  context.ids.add(id);
  if (kind === undefined || !common || !parsed) return undefined;
  const at = tree.span([index]);
  return {
    id,
    kind,
    host: common.on ?? context.cell.host,
    netns: common.in === undefined || common.in === 'host' ? '' : common.in,
    withinMs: parseDuration(common.within ?? '0s')!,
    holdsMs: parseDuration(common.holds ?? '0s')!,
    not: common.not ?? false,
    points: common.points ?? 0,
    ...(common.says === undefined ? {} : { says: common.says }),
    invariant: common.invariant ?? false,
    spec: parsed.spec,
    variables: variablesOf(parsed.spec),
    place: { file: context.file, line: at.line, column: at.column },
  };
}

/** The checks of a block; those with faults are told and left out. */
export function readExpect(fence: Fence, context: ExpectContext): Check[] {
  const { faults } = context;
  const tree = readYaml({ lines: fence.lines, line: fence.line + 1, columns: fence.columns }, faults);
  if (!tree) return [];
  const root = tree.resolve(tree.root);
  const head = { line: fence.line, column: fence.column, length: Infinity };
  if (tree.value === null || (isSeq(root) && root.items.length === 0)) {
    faults.error(
      'empty-expect',
      head,
      'An `.expect` block without an entry asserts nothing.',
      'write `- ping: 10.0.0.12`, or take the block away',
    );
    return [];
  }
  if (!isSeq(root)) {
    faults.error('not-a-list', tree.span([]), 'An `.expect` block is a list.', 'begin each entry with `- `');
    return [];
  }
  const before = context.cell.expects.length;
  return root.items.flatMap((node, i) => readCheck(i, node, tree, context, before + i + 1) ?? []);
}
