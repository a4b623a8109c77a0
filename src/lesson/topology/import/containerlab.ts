/** A containerlab file (`*.clab.yml`), as far as its nodes are plain Linux. Pure. */
import { parse } from 'yaml';
import { z } from 'zod';
import { type Imported, LeftOfMany, TopologyDraft } from './draft.ts';

const node = z.looseObject({
  kind: z.string().optional(),
  group: z.string().optional(),
  exec: z.array(z.string()).nullish(),
  sysctls: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
  env: z.record(z.string(), z.unknown()).nullish(),
});
type Given = z.output<typeof node>;
const schema = z.looseObject({
  topology: z.looseObject({
    defaults: node.nullish(),
    kinds: z.record(z.string(), node.nullable()).nullish(),
    groups: z.record(z.string(), node.nullable()).nullish(),
    nodes: z.record(z.string(), node.nullable()),
    links: z.array(z.looseObject({ endpoints: z.array(z.unknown()).optional() })).nullish(),
  }),
});

/** What is left out in silence: how the container is made says nothing of the network. */
const QUIET = new Set(
  `kind exec sysctls env image image-pull-policy labels group cmd entrypoint user memory cpu cpu-set restart-policy
  auto-remove startup-delay wait-for position license certificate healthcheck shm-size cap-add devices runtime
  mgmt-ipv4 mgmt-ipv6 mgmt_ipv4 mgmt_ipv6 type`.split(/\s+/),
);
/** Linux with a program for routing: without it, a namespace whose routes are set by hand. */
const ROUTING = new Set(['frr', 'linux-frr', 'bird', 'gobgp']);
const END = /^([\w.-]+):([\w.-]+)$/;

/** @throws Error in a sentence where the file is no containerlab file at all */
export function readContainerlab(text: string): Imported {
  const parsed = schema.safeParse(parse(text, { merge: true }));
  if (!parsed.success) throw new Error('It has no `topology:` with `nodes:`.');
  const { nodes, links, defaults, kinds, groups } = parsed.data.topology;
  const draft = new TopologyDraft();
  const many = new LeftOfMany();
  const bridges = new Map<string, { node: string; interface: string }[]>();
  const layers = new Map<string, Given[]>();
  for (const [name, given] of Object.entries(nodes)) {
    const group = groups?.[given?.group ?? ''];
    const kind = given?.kind ?? group?.kind ?? defaults?.kind ?? 'linux';
    const all = [defaults, kinds?.[kind], group, given].filter((each) => each !== undefined && each !== null);
    layers.set(name, all);
    if (kind === 'bridge' || kind === 'ovs-bridge') bridges.set(name, []);
    else if (kind === 'linux' || ROUTING.has(kind)) draft.node(name);
    else {
      many.add(`kind ${kind} (no plain Linux)`, name);
      continue;
    }
    if (ROUTING.has(kind)) many.add(`kind ${kind} (no routing program runs here: give it routes)`, name);
    for (const key of new Set(all.flatMap((each) => Object.keys(each))))
      if (!QUIET.has(key)) many.add(key, name);
  }
  const lost = new LeftOfMany();
  for (const [at, link] of (links ?? []).entries()) {
    const [a, b] = (link.endpoints ?? []).map(endOf);
    const words = `link ${at + 1}`;
    if (!a || !b) draft.leave(words, JSON.stringify(link.endpoints ?? link));
    else if (bridges.has(a.node) && draft.has(b.node)) bridges.get(a.node)!.push(b);
    else if (bridges.has(b.node) && draft.has(a.node)) bridges.get(b.node)!.push(a);
    else if (draft.has(a.node) && draft.has(b.node)) draft.cable(a, b);
    else if (layers.has(a.node) && layers.has(b.node))
      for (const { node } of [a, b]) {
        if (!draft.has(node) && !bridges.has(node)) lost.add('the cables', node);
      }
    else draft.leave(words, `${a.node}:${a.interface} to ${b.node}:${b.interface}`);
  }
  for (const [name, members] of bridges) draft.bridge(name, members);
  for (const [name, all] of layers) if (draft.has(name)) configure(draft, name, all);
  many.tell(draft, 'nodes');
  lost.tell(draft, 'links');
  return draft.finish();
}

function configure(draft: TopologyDraft, name: string, layers: readonly Given[]): void {
  for (const [key, value] of layers.flatMap(({ env }) => Object.entries(env ?? {})))
    draft.variable(name, key, String(value));
  for (const [key, value] of layers.flatMap(({ sysctls }) => Object.entries(sysctls ?? {})))
    draft.command(name, `sysctl -w ${key}=${value}`, `node ${name}, sysctls`);
  for (const [at, line] of layers.flatMap(({ exec }) => exec ?? []).entries()) {
    const inner = /^(?:ba|a)?sh -l?c (["'])(.*)\1$/s.exec(line.trim())?.[2] ?? line;
    draft.line(name, inner, `node ${name}, exec ${at + 1}`);
  }
}

/** `a:eth1`, or as a map. */
function endOf(end: unknown): { node: string; interface: string } | undefined {
  const parsed = z.looseObject({ node: z.string(), interface: z.string() }).safeParse(end);
  if (parsed.success) return { node: parsed.data.node, interface: parsed.data.interface };
  const [, name, device] = END.exec(String(end)) ?? [];
  return name === undefined || device === undefined ? undefined : { node: name, interface: device };
}
