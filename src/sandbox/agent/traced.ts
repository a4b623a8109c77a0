/** A trace of all machines of a sandbox while a command runs; then what else there is to ask of them. */
import type { TraceCapture } from '../../trace/capture.ts';
import type { Ask } from '../../trace/routes/asked.ts';
import { routeAsksOf } from '../../trace/trace.ts';
import type { Connection } from './connection.ts';
import { type Part, startTrace, type TraceOptions, type Tracing } from './trace.ts';

/** An agent, and what the hosts are called that it serves. */
export interface Machine {
  connection: Connection;
  hosts: readonly string[];
}

/** The second may depend on what the first has told of tunnels. */
const MOST_LOTS = 2;

export type Ended = Omit<TraceCapture['command'], 'host' | 'netns' | 'argv'>;

export async function whileTraced(
  machines: readonly Machine[],
  command: { host: string; netns: string; argv: readonly string[] },
  options: TraceOptions,
  run: () => Promise<Ended>,
): Promise<TraceCapture> {
  const { host, netns, argv } = command;
  const tracings = machines.map(({ connection }) => startTrace(connection, options));
  try {
    await Promise.all(tracings.map((each) => each.ready));
    const ended = await run();
    const join = (parts: readonly Part[]): TraceCapture => ({
      ...joinCaptures(parts.map((part, at) => named(machines[at]!, part))),
      command: { host, netns, argv, ...ended },
    });
    let parts = await Promise.all(tracings.map((each) => each.stop()));
    // the routes are asked for when it is known what was routed: what else is on the wire is not asked about
    for (let lot = 0; lot < MOST_LOTS; lot++) {
      const asks = routeAsksOf(join(parts));
      if (asks.length === 0) break;
      parts = await asked(tracings, parts, asks);
    }
    for (const each of tracings) each.end();
    return join(parts);
  } catch (error) {
    for (const each of tracings) void each.stop().then(() => each.end());
    throw error;
  }
}

/** Each machine is asked about its own namespaces. */
function asked(tracings: readonly Tracing[], parts: readonly Part[], asks: readonly Ask[]): Promise<Part[]> {
  let first = 0;
  return Promise.all(
    tracings.map((each, at) => {
      const from = first;
      first += parts[at]!.spaces.length;
      const own = asks.filter(({ space }) => space >= from && space < first);
      return each.ask(own.map((ask) => ({ ...ask, space: ask.space - from })));
    }),
  );
}

/** An agent that serves one host need not know what the lesson calls it. */
function named({ hosts }: Machine, part: Part): Part {
  if (hosts.length !== 1) return part;
  const spaces = part.spaces.map((space) => (space.host === '' ? space : { ...space, host: hosts[0]! }));
  return { ...part, spaces };
}

/** Captures of several machines as one: the spaces of each are counted on from those before. */
function joinCaptures(parts: readonly Part[]): Omit<TraceCapture, 'command'> {
  if (parts.length === 1) {
    const { boot: _, ...only } = parts[0]!;
    return only;
  }
  // containers of one kernel have its clock; who does not say which kernel is one by itself
  const boots = parts.map(({ boot }, machine) => boot || String(machine));
  let first = 0;
  const joined = parts.map((part) => {
    const from = first;
    first += part.spaces.length;
    const moved = <T extends { space: number }>(all: readonly T[]) =>
      all.map((one) => ({ ...one, space: one.space + from }));
    return {
      spaces: part.spaces,
      frames: moved(part.frames),
      filter: moved(part.filter),
      answers: moved(part.answers ?? []),
      lost: moved(part.lost),
    };
  });
  return {
    spaces: joined.flatMap((part) => part.spaces),
    frames: joined.flatMap((part) => part.frames),
    filter: joined.flatMap((part) => part.filter),
    answers: joined.flatMap((part) => part.answers),
    lost: joined.flatMap((part) => part.lost),
    clocks: parts.flatMap((part, machine) => part.spaces.map(() => boots.indexOf(boots[machine]!))),
  };
}
