/** A `.topology` block: YAML to a topology, each fault told with its place. */
import type { Faults } from '../faults.ts';
import type { Fence } from '../fences.ts';
import { issuesToFaults } from '../issues.ts';
import { readYaml } from '../yaml.ts';
import { topologyFaults } from './faults.ts';
import { type Topology, topologySchema } from './schema.ts';

const TOP = ['host', 'namespaces', 'cables'];
const SPACE = ['addresses', 'routes', 'bridges', 'mtu', 'mac', 'down', 'forward'];

export function readTopology(fence: Fence, faults: Faults): Topology | undefined {
  const head = { line: fence.line, column: fence.column, length: Infinity };
  const tree = readYaml({ lines: fence.lines, line: fence.line + 1, columns: fence.columns }, faults);
  if (!tree) return undefined;
  if (tree.value === null || typeof tree.value !== 'object' || Array.isArray(tree.value)) {
    faults.error(
      'bad-topology',
      head,
      'A `.topology` block is a map.',
      'begin with `namespaces:`, `host:` or `cables:`',
    );
    return undefined;
  }
  const parsed = topologySchema.safeParse(tree.value);
  if (!parsed.success) {
    const names = (path: readonly (string | number)[]) => (path.length === 0 ? TOP : SPACE);
    for (const { code, path, atKey, message, instead } of issuesToFaults(parsed.error, tree.value, names, {}))
      faults.error(code, tree.span(path, atKey), message, instead);
    return undefined;
  }
  const wrong = topologyFaults(parsed.data);
  for (const { path, message, instead } of wrong)
    faults.error('bad-topology', tree.span(path), message, instead);
  return wrong.length === 0 ? parsed.data : undefined;
}
