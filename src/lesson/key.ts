/**
 * A lesson's key: hidden checks beside it, `lesson.key.yaml`, for all its languages. A map, the ids of cells as keys, each
 * with a list as an `.expect` block has it. `wirebook test` and graders hold them against a cell together with the
 * lesson's own; the notebook never reads them. Pure.
 */
import { isMap, isSeq } from 'yaml';
import { suggest } from '../lib/suggest.ts';
import { readChecks } from './expect.ts';
import { Faults } from './faults.ts';
import { Hosts } from './hosts.ts';
import type { Check, CheckVocabulary, Lesson, LessonKey, ParsedKey } from './model.ts';
import { fillPlaceholders } from './placeholders.ts';
import { readSource } from './source.ts';
import { keyText, readYaml, type YamlTree } from './yaml.ts';

const HEAD = { line: 1, column: 1, length: 1 };

/** @param lesson the key's own, with the values of its params */
export function parseKey(
  file: string,
  bytes: Uint8Array | string,
  lesson: Lesson,
  vocabulary: CheckVocabulary,
): ParsedKey {
  const read = readSource(file, bytes, 'begin it with the id of a cell: `build:`');
  if (!read.ok) return { ok: false, diagnostics: [read.fault] };
  const { lines, hash } = read.source;
  const faults = new Faults(file, lines);
  const filled = fillPlaceholders(lines, 0, lesson.params?.values ?? {}, faults);
  faults.toFile = filled.back;
  const tree = readYaml({ lines: filled.lines, line: 1 }, faults);
  const checks = tree ? readCells(file, tree, lesson, vocabulary, faults) : new Map<string, Check[]>();
  if (faults.fatal) return { ok: false, diagnostics: faults.inOrder() };
  return { ok: true, key: { file, checks, hash }, warnings: faults.inOrder() };
}

function readCells(
  file: string,
  tree: YamlTree,
  lesson: Lesson,
  vocabulary: CheckVocabulary,
  faults: Faults,
): Map<string, Check[]> {
  const checks = new Map<string, Check[]>();
  const root = tree.resolve(tree.root);
  if (!isMap(root) || root.items.length === 0) {
    faults.error(
      'not-a-map',
      HEAD,
      'A key is a map from cells to lists of checks.',
      'write `CELL:` and below it `- ping: 10.0.0.12`',
    );
    return checks;
  }
  const hosts = new Hosts({ title: lesson.title, hosts: [...lesson.hosts] });
  const ids = new Set(lesson.cells.flatMap((cell) => cell.expects.map((check) => check.id)));
  for (const pair of root.items) {
    const name = keyText(pair.key) ?? '';
    const cell = lesson.cells.find(({ id }) => id === name);
    const list = tree.resolve(pair.value);
    if (!cell) {
      const names = lesson.cells.map(({ id }) => id);
      const near = suggest(name, names);
      const instead = near ? `did you mean \`${near}\`?` : `the cells are: ${names.join(', ')}`;
      faults.error('unknown-cell', tree.spanOf(pair.key), `The lesson has no cell \`${name}\`.`, instead);
    } else if (!isSeq(list) || list.items.length === 0)
      faults.error(
        'not-a-list',
        tree.span([name], true),
        `\`${name}\` holds a list of checks.`,
        'begin each entry with `- `',
      );
    else {
      const values = (tree.value as Record<string, unknown[]>)[name]!;
      const context = { file, faults, vocabulary, hosts, ids, prefix: `${name}/key-` };
      const found = readChecks(list.items, values, [name], tree, {
        ...context,
        cell: { id: name, host: cell.host, expects: [] },
      });
      checks.set(
        name,
        found.map((check) => ({ ...check, hidden: true })),
      );
    }
  }
  return checks;
}

/** The lesson with the hidden checks after its own. */
export function withKey(lesson: Lesson, { checks }: LessonKey): Lesson {
  const cells = new Map(
    lesson.cells.map((cell) => [
      cell.id,
      { ...cell, expects: [...cell.expects, ...(checks.get(cell.id) ?? [])] },
    ]),
  );
  return {
    ...lesson,
    cells: [...cells.values()],
    blocks: lesson.blocks.map((block) =>
      block.kind === 'cell' ? { ...block, cell: cells.get(block.cell.id)! } : block,
    ),
  };
}
