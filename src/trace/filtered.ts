/** What the packet filter said, each decision under the packet that it was about. Pure. */
import type { TraceCapture } from './capture.ts';
import type { Ruling } from './model.ts';
import { type Connection, readFilter } from './read/netfilter.ts';
import { identity, innermost, type Packet } from './read/packet.ts';
import { readRuleset } from './read/rules.ts';
import { titlesOf } from './titles.ts';

/** The table that asks the kernel for the trace: sandbox/agent/trace.pl. */
const OURS = 'wirebook_trace';

export interface Filtered {
  /** By identity of the packet, in the order in which the kernel decided. */
  rulings: ReadonlyMap<string, readonly (Ruling & { ttl?: number; at: bigint })[]>;
  connections: readonly { space: number; title: string; connection: Connection }[];
}

export function filteredOf(capture: TraceCapture): Filtered {
  const titles = titlesOf(capture);
  const rulesets = capture.spaces.map((space) => readRuleset(space.rules, space.iptables));
  const rulings = new Map<string, (Ruling & { ttl?: number; at: bigint })[]>();
  const connections: Filtered['connections'][number][] = [];
  /** Which packet a trace id stands for now: the kernel uses them again. */
  const current = new Map<
    string,
    { key: string; packet: Packet; ttl?: number; in?: number; out?: number; hook?: string }
  >();
  for (const raw of capture.filter) {
    const { space } = raw;
    const title = titles[space] ?? '?';
    for (const event of readFilter(Buffer.from(raw.data, 'base64'))) {
      if (event.is === 'connection') {
        connections.push({ space, title, connection: event });
        continue;
      }
      const at = `${space} ${event.id}`;
      const key = event.packet === undefined ? undefined : identity(event.packet);
      const { packet } = event;
      if (key !== undefined && packet !== undefined)
        current.set(at, { key, packet, ttl: innermost(packet).ip?.ttl, in: event.in, out: event.out });
      const of = current.get(at);
      if (of === undefined) continue;
      const isOurs = event.table === OURS;
      // our chain is told of once: its rule takes the packet in, or, as it was recorded before, its policy
      if (isOurs && event.what !== 'policy' && event.verdict !== 'accept') continue;
      const chain = rulesets[space]?.get(`${event.family} ${event.table} ${event.chain}`);
      of.hook = chain?.hook ?? of.hook;
      const names = capture.spaces[space]?.interfaces ?? {};
      const name = (index: number | undefined) =>
        index === undefined ? undefined : names[index] || `interface ${index}`;
      const list = rulings.get(of.key) ?? [];
      rulings.set(of.key, list);
      list.push({
        is: 'ruling',
        space,
        title,
        // the kernel shows the packet with the first decision of a chain alone
        decision: { ...event, packet: of.packet },
        // a chain that was called has the hook of the one that called it
        ...found('hook', of.hook),
        ...(isOurs ? { onlySeen: true as const, hook: event.chain } : {}),
        ...found('line', chain?.rules.find((rule) => rule.handle === event.handle)?.line),
        ...found('in', name(of.in)),
        ...found('out', name(of.out)),
        ...found('ttl', of.ttl),
        at: BigInt(raw.at),
      });
    }
  }
  return { rulings, connections };
}

const found = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;

/** Whether it is worth a line: what only passes on to the next chain decides nothing. */
export function isTelling({ decision: { what, verdict }, onlySeen }: Ruling): boolean {
  return !(onlySeen || what === 'return' || (what === 'rule' && verdict === 'continue'));
}
