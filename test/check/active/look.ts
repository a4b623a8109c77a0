import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckKind, Look } from '../../../src/check/model.ts';
import { needKey, type ToolResult } from '../../../src/check/observation.ts';

/** What the tools really printed, by name; see record/record.ts. */
export const tools = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recorded/tools.json'), 'utf8'),
) as Readonly<Record<string, ToolResult>>;

/** A look in which every probe that a check asks for came to the same result. */
export function lookWith<Spec>(
  kind: CheckKind<Spec>,
  spec: Spec,
  result: ToolResult | undefined,
  netns = 'client',
): Look {
  const asking = { host: 'host', netns, hosts: ['host'] };
  const probes = kind.needs(spec, asking).filter((need) => need.read === 'probe');
  const namespaces = [
    { name: '', inode: '1' },
    { name: 'client', inode: '2' },
  ];
  return {
    host: 'host',
    netns,
    observation: {
      at: '2026-11-23T12:00:00.000Z',
      hosts: { host: { namespaces, sysctls: {}, files: {}, env: {} } },
      probes: result === undefined ? {} : Object.fromEntries(probes.map((need) => [needKey(need), result])),
    },
  };
}

export function judged<Spec>(
  kind: CheckKind<Spec>,
  entry: unknown,
  result: ToolResult | undefined,
  netns?: string,
) {
  const spec = kind.schema.parse(entry);
  return kind.judge(spec, lookWith(kind, spec, result, netns));
}

export const ran = (stdout: string, exit: number | null = 0, stderr = ''): ToolResult => ({
  exit,
  stdout,
  stderr,
});
