/** What the packet filter said, each decision under the packet that it was about. Pure. */
import type { Carried } from './around.ts';
import type { TraceCapture } from './capture.ts';
import type { Ruling } from './model.ts';
import type { Timed } from './place.ts';
import { type Connection, readFilter } from './read/netfilter.ts';
import { EXTENSIONS, identity, outermost, type Packet } from './read/packet.ts';
import { readRuleset } from './read/rules.ts';
import { titlesOf } from './titles.ts';

/** The table that asks the kernel for the trace: sandbox/agent/trace.pl. */
const OURS = 'wirebook_trace';

export interface Filtered {
  /** By identity of the packet, in the order in which the kernel decided. */
  rulings: ReadonlyMap<string, readonly Timed[]>;
  connections: readonly { space: number; title: string; connection: Connection }[];
}

/** @param carried what a header was seen around, by then */
export function filteredOf(
  capture: TraceCapture,
  carried: (same: string, at: bigint) => Carried | undefined,
): Filtered {
  const titles = titlesOf(capture);
  const rulesets = capture.spaces.map((space) => readRuleset(space.rules, space.iptables));
  const rulings = new Map<string, Timed[]>();
  const connections: Filtered['connections'][number][] = [];
  /** Which packet a trace id stands for now: the kernel uses them again. */
  const current = new Map<
    string,
    { key: string; packet: Packet; around?: number; ttl?: number; in?: number; out?: number; hook?: string }
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
      // of what is in a tunnel's packet the kernel shows a part at most
      const packet = event.packet && outermost(event.packet);
      const same = packet && identity(packet);
      if (same !== undefined && packet !== undefined) {
        const inside = carried(same, BigInt(raw.at));
        const { transport } = packet.ip ?? {};
        // what is behind its options is known only of what was seen elsewhere
        if (!inside && transport?.name === 'other' && EXTENSIONS.includes(transport.number)) continue;
        const key = inside?.key ?? same;
        const around = found('around', inside?.depth);
        current.set(at, { key, packet, ttl: packet.ip?.ttl, in: event.in, out: event.out, ...around });
      }
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
        ...found('around', of.around),
        ...(isOurs ? ourOwn(event.chain) : {}),
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

/** `output`, `prerouting`; `uid 1000 1999` is called by the first for what users send that a rule of routing asks for. */
function ourOwn(chain: string): Pick<Timed, 'onlySeen' | 'hook' | 'users'> {
  const [, first, last] = /^uid (\d+) (\d+)$/.exec(chain) ?? [];
  if (first === undefined) return { onlySeen: true, hook: chain };
  return { onlySeen: true, hook: 'output', users: { uid: Number(first), uidEnd: Number(last) } };
}

const found = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;

/** Whether it is worth a line: what only passes on to the next chain decides nothing. */
export function isTelling({ decision: { what, verdict }, onlySeen }: Ruling): boolean {
  return !(onlySeen || what === 'return' || (what === 'rule' && verdict === 'continue'));
}
