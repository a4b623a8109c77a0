/** Words of checks in the language of a translation, by the checks' ids: a `.says` block, or those of a key. */
import { isMap } from 'yaml';
import { suggest } from '../../lib/suggest.ts';
import type { Faults, Span } from '../faults.ts';
import type { Fence } from '../fences.ts';
import type { Check } from '../model.ts';
import { type Region, readYaml } from '../yaml.ts';

export function readSays(fence: Fence, checks: readonly Check[], faults: Faults): Map<string, string> {
  const region = { lines: fence.lines, line: fence.line + 1, columns: fence.columns };
  const head = { line: fence.line, column: fence.column, length: Infinity };
  return readWords(region, head, checks, faults);
}

/** @param head where an empty one is told */
export function readWords(
  region: Region,
  head: Span,
  checks: readonly Check[],
  faults: Faults,
): Map<string, string> {
  const words = new Map<string, string>();
  const tree = readYaml(region, faults);
  if (!tree) return words;
  if (!isMap(tree.root)) {
    faults.error(
      'not-a-map',
      tree.root === null ? head : tree.span([]),
      'Here belongs a map from the ids of checks to words.',
      `write \`${checks[0]?.id ?? 'check-id'}: words\``,
    );
    return words;
  }
  const ids = checks.map((check) => check.id);
  for (const [id, value] of Object.entries(tree.value as Record<string, unknown>)) {
    if (!ids.includes(id)) {
      const near = suggest(id, ids);
      const list = ids.length > 0 ? `the checks here are: ${ids.join(', ')}` : 'its cell has no checks';
      faults.error(
        'unknown-check',
        tree.span([id], true),
        `The original has no check \`${id}\` here.`,
        near ? `did you mean \`${near}\`?` : list,
      );
    } else if (typeof value !== 'string' || value.trim() === '') {
      faults.error('bad-value', tree.span([id]), 'Here belong the words for the check.', 'quote them');
    } else words.set(id, value.trim());
  }
  return words;
}
