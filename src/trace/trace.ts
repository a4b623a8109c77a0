/** From what was captured to what became of each packet of a command, in order. Pure. */
import { carriedBy, withUnseen } from './around.ts';
import type { TraceCapture } from './capture.ts';
import { byOneClock } from './clocks.ts';
import { Conversation, packetAt } from './conversation.ts';
import { endOf } from './end.ts';
import { filteredOf, isTelling } from './filtered.ts';
import type { Journey, Sighting, Step, Trace } from './model.ts';
import type { Open } from './open.ts';
import { type Timed, withRulings, withTranslation } from './place.ts';
import { innermost } from './read/packet.ts';
import { type Candidate, related } from './relate.ts';
import { linksOf, mayAskMore, routesOf } from './routes/answered.ts';
import { type Ask, asksOf } from './routes/asked.ts';
import { type Decision, decisionsOf } from './routes/decisions.ts';
import { withNames } from './routes/names.ts';
import { enteredBy, unsentOf } from './routes/unsent.ts';
import { sightingsOf } from './sightings.ts';
import { packetTitle, titlesOf } from './titles.ts';

/** The packets that belong to the command, and where each of them was routed. */
function packetsOf(captured: TraceCapture) {
  const capture = byOneClock(withNames(captured));
  const { seen, start } = sightingsOf(capture);
  const { rulings: all, connections } = filteredOf(capture, carriedBy(seen, start));
  const rulings = byPiece(seen, withUnseen(all, seen, start));
  const { host } = capture.command;
  const netns = enteredBy(capture.command);
  const from = capture.spaces.findIndex((space) => space.host === host && space.netns === netns);
  const opens = openJourneys(seen, rulings, start);
  const keys = related(
    opens.map(({ open, made }) => candidateOf(open, made)),
    from,
    connections,
  );
  let kept = opens.filter(({ open }) => keys.has(open.key)).map(({ open }) => open);
  for (const connection of connections) {
    const at = kept.findIndex((open) => withTranslation(open.steps, connection) !== undefined);
    kept = kept.map((open, i) =>
      i === at ? { ...open, steps: withTranslation(open.steps, connection)! } : open,
    );
  }
  const links = linksOf(capture);
  const routed = kept.map((open) => {
    const all = decisionsOf(open.steps, {
      rulings: rulings.get(open.key) ?? [],
      connections,
      start,
      capture,
      links,
    });
    // a question for a neighbour is not routed; how a tunnel has lost it is worth a row
    const last = open.steps.at(-1)!.space;
    const isLost = ({ into, depth, unpacked, left, space }: Decision) =>
      into !== undefined || (depth > 0 && !unpacked && left.length === 0 && space === last);
    return { open, decisions: open.kind === 'arp' ? all.filter(isLost) : all };
  });
  return { capture, routed, from, start, unsent: unsentOf(kept, from, capture) };
}

/**
 * What is yet to be asked of the kernel: which routes it chose. Where it has answered that there are tunnels or VRFs, what
 * these send is asked for once more, as they do it.
 * @param captured what has been seen, and answered, so far
 */
export function routeAsksOf(captured: TraceCapture): Ask[] {
  if (captured.answers?.length && !mayAskMore(captured)) return [];
  const { capture, routed, unsent } = packetsOf(captured);
  const nameOf = (space: number, index: number) => capture.spaces[space]?.interfaces[index] ?? '';
  const known = new Set(captured.answers?.map(({ space, key }) => `${space} ${key}`));
  const asks = asksOf([...routed.flatMap(({ decisions }) => decisions), ...unsent], nameOf);
  if (known.size === 0) return asks;
  const isNew = ({ space, key }: Ask) => !known.has(`${space} ${key}`);
  // what explains an error is of use where something else is asked
  const fresh = new Set(asks.filter((ask) => !ask.onError && isNew(ask)).map(({ space }) => space));
  return asks.filter((ask) => fresh.has(ask.space) && isNew(ask));
}

export function traceOf(captured: TraceCapture): Trace {
  const { capture, routed, from, start, unsent } = packetsOf(captured);
  const titles = titlesOf(capture);
  const { host, netns, argv, exit, failure, stderr } = capture.command;
  const said = stderr.split('\n').find((line) => line.trim() !== '');
  const kept = routed.map(({ open, decisions }): Open => {
    // what was captured before routes were asked for says nothing of them
    if (capture.answers === undefined) return open;
    return { ...open, routes: routesOf(decisions, capture, start) };
  });
  const first = Math.min(
    ...kept.flatMap((open) => open.steps.flatMap((step) => (step.is === 'frame' ? [step.at] : []))),
  );
  const talk = new Conversation(kept);
  const belonging = kept.reduce(
    (sum, { steps }) => sum + steps.filter((step) => step.is === 'frame').length,
    0,
  );
  return {
    command: {
      host,
      netns,
      argv,
      exit,
      ...(failure === undefined ? {} : { failure }),
      ...(said === undefined ? {} : { said }),
    },
    start: { space: from, title: titles[from] ?? '?' },
    journeys: kept.map((open, number) => journeyOf(open, number, talk, capture, first)),
    ...(unsent.length > 0 && capture.answers !== undefined
      ? { unsent: routesOf(unsent, capture, start).map(({ before: _, ...route }) => route) }
      : {}),
    others: capture.frames.length - belonging,
    missing: missingOf(capture, titles),
  };
}

/**
 * Rules see a packet whole that goes over the wire in pieces, but for those before the pieces are put together: all that
 * was decided about it stands with the first piece.
 */
function byPiece(
  seen: readonly { key: string; sightings: readonly Sighting[] }[],
  rulings: ReadonlyMap<string, readonly Timed[]>,
): ReadonlyMap<string, readonly Timed[]> {
  const known = new Set(seen.map(({ key }) => key));
  const pieces = new Map(
    seen.flatMap(({ key, sightings }): [string, string][] => {
      const [, id, carried, transport] = /^(\d+)\/0\/((\w+).*)/.exec(key) ?? [];
      if (id === undefined) return [];
      // of IPv6 a packet has a number only in pieces: whole it is known by what it carries
      const isSix = innermost(sightings[0]!.packet).ip!.source.includes(':');
      return [[isSix ? `//${carried}` : `${id}//${transport}`, key]];
    }),
  );
  const pieceOf = (key: string) => pieces.get(key) ?? pieces.get(/^\d+\/\/\w+/.exec(key)?.[0] ?? '') ?? key;
  const joined = new Map<string, readonly Timed[]>();
  for (const [key, list] of rulings) {
    const piece = known.has(key) ? key : pieceOf(key);
    const both = [...(joined.get(piece) ?? []), ...list];
    joined.set(
      piece,
      both.sort((a, b) => Number(a.at - b.at)),
    );
  }
  return joined;
}

/** What was seen, and what rules saw that no interface did, by when it was first seen. */
function openJourneys(
  seen: readonly { key: string; sightings: Sighting[] }[],
  rulings: ReadonlyMap<string, readonly Timed[]>,
  start: bigint,
): { open: Open; made: boolean }[] {
  const known = new Set(seen.map(({ key }) => key));
  const all = seen.map(({ key, sightings }) => {
    const first = sightings[0]!;
    const telling = (rulings.get(key) ?? []).filter(isTelling);
    const open: Open = {
      key,
      kind: innermost(first.packet).arp === undefined ? 'packet' : 'arp',
      steps: withRulings(sightings, telling),
    };
    return { open, at: first.at, made: first.direction === 'out' };
  });
  for (const [key, list] of rulings) {
    if (known.has(key)) continue;
    const decided = list.filter(isTelling);
    const telling = decided.length > 0 ? decided : list;
    const open: Open = { key, kind: 'packet', steps: withRulings([], telling) };
    // made here and dropped before it reached an interface
    all.push({ open, at: Number(list[0]!.at - start), made: list[0]!.in === undefined });
  }
  return all.sort((a, b) => a.at - b.at);
}

function candidateOf({ key, steps }: Open, made: boolean): Candidate {
  const packets = steps.flatMap((step) =>
    step.is === 'frame'
      ? [step.packet]
      : step.is === 'ruling' && step.decision.packet && step.around === undefined
        ? [step.decision.packet]
        : [],
  );
  return { key, space: steps[0]!.space, last: steps.at(-1)!.space, made, packets };
}

function journeyOf(
  open: Open,
  number: number,
  talk: Conversation,
  capture: TraceCapture,
  first: number,
): Journey {
  const packet = packetAt(open.steps, 'first')!;
  return {
    title: packetTitle(packet),
    kind: open.kind,
    answer: talk.isBack(number) || innermost(packet).arp?.op === 'reply',
    steps: withRoutes(open).map((step) => (step.is === 'frame' ? { ...step, at: step.at - first } : step)),
    end: endOf(open, number, talk, capture),
  };
}

function withRoutes({ steps, routes = [] }: Open): Step[] {
  const all: Step[] = [...steps];
  for (const { before, ...route } of routes.toReversed()) all.splice(before, 0, route);
  return all;
}

function missingOf(capture: TraceCapture, titles: readonly string[]): string[] {
  const gaps = capture.spaces.flatMap(({ gaps }, space) =>
    gaps.map(({ what, why }) => {
      const title = titles[space]!;
      switch (what) {
        case 'filter':
          return `${title}: the decisions of its packet filter could not be watched (${why}).`;
        case 'legacy':
          return `${title}: iptables-legacy holds tables (${why.split(/\s+/).join(', ')}), whose decisions the kernel does not tell.`;
        case 'late':
          return `${title}: its first rules were made while it was watched; what they decided at once may be missing.`;
        case 'trace':
          return `The trace was cut short: ${why}.`;
        default:
          return `${title}: its interfaces could not be watched (${why}).`;
      }
    }),
  );
  const lost = capture.lost.map(
    ({ space, what }) =>
      `${titles[space]}: more ${what === 'frames' ? 'frames' : 'decisions'} came than could be kept.`,
  );
  const clocks = new Set(capture.clocks).size > 1;
  const order = clocks
    ? [
        'The machines have clocks of their own: they were set against one another by the packets that several have seen.',
      ]
    : [];
  return [...new Set([...gaps, ...lost, ...order])];
}
