/** A `.says` block: the words of a cell's checks in the language of the translation, by the checks' ids. */
import { isMap } from 'yaml';
import { suggest } from '../../lib/suggest.ts';
import type { Faults } from '../faults.ts';
import type { Fence } from '../fences.ts';
import type { Check } from '../model.ts';
import { readYaml } from '../yaml.ts';

export function readSays(fence: Fence, checks: readonly Check[], faults: Faults): Map<string, string> {
  const words = new Map<string, string>();
  const tree = readYaml({ lines: fence.lines, line: fence.line + 1, columns: fence.columns }, faults);
  if (!tree) return words;
  if (!isMap(tree.root)) {
    faults.error(
      'not-a-map',
      tree.root === null ? { line: fence.line, column: fence.column, length: Infinity } : tree.span([]),
      'A `.says` block is a map from the ids of checks to words.',
      `write \`${checks[0]?.id ?? 'check-id'}: words\``,
    );
    return words;
  }
  const ids = checks.map((check) => check.id);
  for (const [id, value] of Object.entries(tree.value as Record<string, unknown>)) {
    if (!ids.includes(id)) {
      const near = suggest(id, ids);
      const list = ids.length > 0 ? `its checks are: ${ids.join(', ')}` : 'its cell has no checks';
      faults.error(
        'unknown-check',
        tree.span([id], true),
        `The original’s cell has no check \`${id}\`.`,
        near ? `did you mean \`${near}\`?` : list,
      );
    } else if (typeof value !== 'string' || value.trim() === '') {
      faults.error('bad-value', tree.span([id]), 'Here belong the words for the check.', 'quote them');
    } else words.set(id, value.trim());
  }
  return words;
}
