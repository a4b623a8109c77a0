/** An `.expect` block: YAML to checks. The kinds themselves are the vocabulary's; here is what all of them share. */
import { isSeq } from 'yaml';
import { parseDuration } from '../lib/duration.ts';
import { COMMON_NAMES, type CommonFields, commonFields, examplesOf } from './common.ts';
import { type Entry, type ExpectContext, type Found, kindOf, readEntry, split, tell } from './entry.ts';
import type { Fence } from './fences.ts';
import { issuesToFaults } from './issues.ts';
import type { Check } from './model.ts';
import { variablesOf } from './substitute.ts';
import { readYaml, type YamlTree } from './yaml.ts';

const EXAMPLES = examplesOf(commonFields.shape);

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
  if (host !== undefined) context.hosts.check(host, entry.tree.span([...entry.path, 'on']), context.faults);
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

function readCheck(found: Found, tree: YamlTree, context: ExpectContext, number: number): Check | undefined {
  const entry = readEntry(found, tree, context);
  if (!entry) return undefined;
  const kind = kindOf(entry, context);
  const { common: commonValues, own, empty } = split(entry, context.faults);
  const common = readCommon(entry, commonValues, context);
  const parsed = kind === undefined ? undefined : readSpec(kind, entry, own, empty, context);
  const id = common?.id ?? `${context.prefix ?? `${context.cell.id}/`}${number}`;
  if (common?.id !== undefined && context.ids.has(id)) {
    tell(context.faults, entry, {
      code: 'duplicate-id',
      path: ['id'],
      message: `Another check is called \`${id}\`.`,
    });
  }
  if (common?.quiet && common.says === undefined) {
    tell(context.faults, entry, {
      code: 'quiet-without-words',
      path: ['quiet'],
      message: 'A `quiet` check needs `says`: its own words would give away what is expected.',
    });
  }
  context.ids.add(id);
  if (kind === undefined || !common || !parsed) return undefined;
  const at = tree.span(found.path);
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
    ...(common.quiet && { quiet: true }),
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
  return readChecks(root.items, tree.value as unknown[], [], tree, context);
}

/** The entries of a list at `path` of a tree. */
export function readChecks(
  nodes: readonly unknown[],
  values: readonly unknown[],
  path: readonly (string | number)[],
  tree: YamlTree,
  context: ExpectContext,
): Check[] {
  const before = context.cell.expects.length;
  return nodes.flatMap(
    (node, i) =>
      readCheck({ path: [...path, i], node, value: values[i] }, tree, context, before + i + 1) ?? [],
  );
}
