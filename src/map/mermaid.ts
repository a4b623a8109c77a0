/**
 * The network as a Mermaid flowchart: a subgraph a host, one inside for each namespace, an edge a cable.
 * https://mermaid.js.org/syntax/flowchart.html
 */
import type { CableEnd, Interface, Network, Socket, Space } from './model.ts';
import { plain } from './text.ts';

/**
 * Mermaid reads Markdown, HTML and its own entities (`#35;`) inside a label: everything but plain letters is written as
 * such an entity, so that a name can be nothing but a name.
 */
export function mermaidText(text: string): string {
  return plain(text)
    .replace(/[^\p{L}\p{N} ./:_-]/gu, (one) => `#${one.codePointAt(0)};`)
    .replaceAll('://', '#58;//');
}

const STATES = { up: 'up', half: 'up, no carrier', down: 'down' } as const;

function label(each: Interface): string {
  const kind = each.kind === 'bridge' ? ' (bridge)' : '';
  return [`${mermaidText(each.name)}${kind}, ${STATES[each.state]}`, ...each.addresses.map(mermaidText)].join(
    '<br/>',
  );
}

function title(space: Space): string {
  if (space.names.includes('')) return `${space.host} itself`;
  return space.names.length > 0 ? space.names.join(' = ') : `without a name: ${space.processes.join(', ')}`;
}

/** Ids are counted: names may hold anything, and two may become one when cleaned. */
class Ids {
  readonly #known = new Map<string, string>();
  of(kind: string, ...parts: readonly string[]): string {
    const key = JSON.stringify([kind, ...parts]);
    const known = this.#known.get(key) ?? `${kind}${this.#known.size}`;
    this.#known.set(key, known);
    return known;
  }
}

function spaceRows(space: Space, ids: Ids): string[] {
  const rows = [`    subgraph ${ids.of('ns', space.key)}["${mermaidText(title(space))}"]`];
  for (const each of space.interfaces) {
    const [open, close] = each.kind === 'bridge' ? ['[[', ']]'] : ['[', ']'];
    rows.push(`      ${ids.of('if', space.key, each.name)}${open}"${label(each)}"${close}`);
  }
  for (const mark of space.marks)
    rows.push(`      ${ids.of('nat', space.key, mark.text)}{{"${mermaidText(mark.text)}"}}`);
  // An empty subgraph is a fault of syntax in some versions.
  if (rows.length === 1) rows.push(`      ${ids.of('none', space.key)}["not looked into"]`);
  return [...rows, '    end'];
}

export function mermaidOf(network: Network): string {
  const ids = new Ids();
  const rows = ['flowchart LR'];
  for (const host of network.hosts) {
    rows.push(`  subgraph ${ids.of('host', host.name)}["${mermaidText(host.name)}"]`);
    for (const space of host.spaces) rows.push(...spaceRows(space, ids));
    if (host.spaces.length === 0)
      rows.push(`    ${ids.of('none', host.name)}["${mermaidText(host.failure ?? 'not looked into')}"]`);
    rows.push('  end');
  }
  const node = ({ space, interface: name }: Socket) => ids.of('if', space, name);
  const end = (b: CableEnd, a: Socket): string => {
    if (b === 'underlay') return 'underlay(("underlay"))';
    return b === 'unknown' ? `${ids.of('end', a.space, a.interface)}(["end not seen"])` : node(b);
  };
  for (const { a, b, live } of network.cables) rows.push(`  ${node(a)} ${live ? '---' : '-.-'} ${end(b, a)}`);
  for (const space of network.hosts.flatMap((host) => host.spaces))
    for (const each of space.interfaces) {
      const master = space.interfaces.find((one) => one.name === each.master);
      if (master !== undefined && master !== each)
        rows.push(`  ${ids.of('if', space.key, each.name)} === ${ids.of('if', space.key, master.name)}`);
    }
  return `${rows.join('\n')}\n`;
}
