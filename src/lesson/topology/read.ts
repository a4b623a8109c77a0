/** A `.topology` block: YAML to what is made on each host, each fault told with its place. */
import type { Faults, Span } from '../faults.ts';
import type { Fence } from '../fences.ts';
import { issuesToFaults } from '../issues.ts';
import { readYaml } from '../yaml.ts';
import { topologyFaults } from './faults.ts';
import { type Topology, topologySchema } from './schema.ts';
import { sitesFaults, sitesSchema, type Tunnel, tunnelsOf } from './sites.ts';

const TOP = ['host', 'namespaces', 'cables'];
const SITES = ['hosts', 'cables'];
const SPACE = ['addresses', 'routes', 'bridges', 'mtu', 'mac', 'down', 'forward'];

/** What is made on one host. */
export interface Part {
  /** Absent: the host that the block stands for. */
  host?: { name: string; span: Span };
  topology: Topology;
  tunnels: readonly Tunnel[];
}

export function readTopology(fence: Fence, faults: Faults): readonly Part[] {
  const head = { line: fence.line, column: fence.column, length: Infinity };
  const tree = readYaml({ lines: fence.lines, line: fence.line + 1, columns: fence.columns }, faults);
  if (!tree) return [];
  if (tree.value === null || typeof tree.value !== 'object' || Array.isArray(tree.value)) {
    faults.error(
      'bad-topology',
      head,
      'A `.topology` block is a map.',
      'begin with `namespaces:`, `host:` or `cables:`; of several hosts with `hosts:`',
    );
    return [];
  }
  const isWide = Object.hasOwn(tree.value, 'hosts');
  const names = (path: readonly (string | number)[]) => {
    if (!isWide) return path.length === 0 ? [...TOP, 'hosts'] : SPACE;
    return path.length === 0 ? SITES : path.length === 2 ? TOP : SPACE;
  };
  const refuse = (error: Parameters<typeof issuesToFaults>[0]): readonly Part[] => {
    for (const { code, path, atKey, message, instead } of issuesToFaults(error, tree.value, names, {}))
      faults.error(code, tree.span(path, atKey), message, instead);
    return [];
  };
  const accept = (wrong: ReturnType<typeof topologyFaults>, parts: () => readonly Part[]) => {
    for (const { path, message, instead } of wrong)
      faults.error('bad-topology', tree.span(path), message, instead);
    return wrong.length === 0 ? parts() : [];
  };
  if (!isWide) {
    const parsed = topologySchema.safeParse(tree.value);
    if (!parsed.success) return refuse(parsed.error);
    return accept(topologyFaults(parsed.data), () => [{ topology: parsed.data, tunnels: [] }]);
  }
  const parsed = sitesSchema.safeParse(tree.value);
  if (!parsed.success) return refuse(parsed.error);
  return accept(sitesFaults(parsed.data), () =>
    Object.entries(parsed.data.hosts).map(([name, topology]) => ({
      host: { name, span: tree.span(['hosts', name], true) },
      topology,
      tunnels: tunnelsOf(parsed.data, name),
    })),
  );
}
