/** A containerlab file (`*.clab.yml`), as far as its nodes are plain Linux. Pure. */
import { parse } from 'yaml';
import { z } from 'zod';
import { type Imported, TopologyDraft } from './draft.ts';

const node = z.looseObject({ kind: z.string().optional(), exec: z.array(z.string()).optional() });
const schema = z.looseObject({
  topology: z.looseObject({
    defaults: z.looseObject({ kind: z.string().optional() }).optional(),
    nodes: z.record(z.string(), node.nullable()),
    links: z.array(z.looseObject({ endpoints: z.array(z.unknown()).optional() })).optional(),
  }),
});

/** What is left out in silence: how the container is made says nothing of the network. */
const QUIET = ['kind', 'exec', 'image', 'labels', 'env', 'group'];
const END = /^([\w.-]+):([\w.-]+)$/;

/** @throws Error in a sentence where the file is no containerlab file at all */
export function readContainerlab(text: string): Imported {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new Error('It has no `topology:` with `nodes:`.');
  const { nodes, links = [], defaults } = parsed.data.topology;
  const draft = new TopologyDraft();
  const bridges = new Map<string, { node: string; interface: string }[]>();
  for (const [name, given] of Object.entries(nodes)) {
    const kind = given?.kind ?? defaults?.kind ?? 'linux';
    if (kind === 'bridge' || kind === 'ovs-bridge') bridges.set(name, []);
    else if (kind !== 'linux') {
      draft.leave(`node ${name}`, `kind ${kind} is no plain Linux node`);
      continue;
    } else draft.node(name);
    for (const key of Object.keys(given ?? {})) if (!QUIET.includes(key)) draft.leave(`node ${name}`, key);
  }
  for (const [at, link] of links.entries()) {
    const ends = (link.endpoints ?? []).map((end) => END.exec(String(end)));
    const [a, b] = ends.map((end) => end && { node: end[1]!, interface: end[2]! });
    const words = `link ${at + 1}`;
    if (!a || !b) draft.leave(words, JSON.stringify(link.endpoints ?? link));
    else if (bridges.has(a.node) && draft.has(b.node)) bridges.get(a.node)!.push(b);
    else if (bridges.has(b.node) && draft.has(a.node)) bridges.get(b.node)!.push(a);
    else if (draft.has(a.node) && draft.has(b.node)) draft.cable(a, b);
    else draft.leave(words, `${a.node}:${a.interface} to ${b.node}:${b.interface}`);
  }
  for (const [name, members] of bridges) draft.bridge(name, members);
  for (const [name, given] of Object.entries(nodes))
    if (draft.has(name))
      for (const [at, line] of (given?.exec ?? []).entries()) {
        const inner = /^(?:ba)?sh -c (["'])(.*)\1$/.exec(line.trim())?.[2] ?? line;
        for (const part of inner.split(/\s*(?:&&|;)\s*/))
          draft.command(name, part, `node ${name}, exec ${at + 1}`);
      }
  return draft.finish();
}
