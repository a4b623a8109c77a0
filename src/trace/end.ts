/** How a packet's way ended, as far as the kernel shows it: nothing is concluded from how the network is meant to be. */
import type { TraceCapture, TraceSpace } from './capture.ts';
import { type Conversation, packetAt } from './conversation.ts';
import type { End, Ruling, Sighting, Step } from './model.ts';
import type { Open } from './open.ts';
import { type Count, droppedBy, mayCount } from './read/counters.ts';
import { innermost } from './read/packet.ts';
import { linksOf } from './routes/answered.ts';
import { packetTitle, transportWords } from './titles.ts';
import { untaken } from './untaken.ts';
import { refusalWords } from './write/route.ts';

/** A rule or a policy in words: `the rule "-A FORWARD -j DROP" (ip filter FORWARD)`. */
export function rulingWords({ decision, line }: Ruling): string {
  const chain = `${decision.family} ${decision.table} ${decision.chain}`;
  if (decision.what === 'policy') return `the policy of the chain ${chain}`;
  return line === undefined ? `a rule of the chain ${chain}` : `the rule "${line}" (${chain})`;
}

/** What the routing table itself refuses; the rest is told better by what the kernel has counted. */
const BY_TABLE = ['no route', 'blackhole', 'prohibit', 'unreachable'];
const REJECTS = /\breject\b|-j REJECT/;

const known = new WeakMap<TraceSpace, readonly Count[]>();

/** What was counted there: read once, and asked for by each packet that nothing else tells of. */
function lossesIn(space: TraceSpace | undefined): readonly Count[] {
  const before = space && known.get(space);
  if (space === undefined || before !== undefined) return before ?? [];
  const counts = droppedBy(space.counters);
  known.set(space, counts);
  return counts;
}

/** @param number of the packet in the conversation */
export function endOf(open: Open, number: number, talk: Conversation, capture: TraceCapture): End {
  const { steps } = open;
  const last = steps.at(-1)!;
  const at = { space: last.space, title: last.title };
  const ruling = steps.findLast((step): step is Ruling => step.is === 'ruling');
  if (ruling?.decision.verdict === 'drop') {
    const isReject = ruling.line !== undefined && REJECTS.test(ruling.line);
    return {
      space: ruling.space,
      title: ruling.title,
      state: isReject ? 'refused' : 'dropped',
      words: `${isReject ? 'refused' : 'dropped'} in ${ruling.title} at ${ruling.hook ?? 'a hook'} by ${rulingWords(ruling)}`,
    };
  }
  const answer = talk.answerTo(number);
  if (answer !== undefined) {
    const { space, title } = answer.steps[0]!;
    const words = packetTitle(packetAt(answer.steps, 'first')!);
    return { space, title, state: 'answered', words: `arrived in ${title}, which sends: ${words}` };
  }
  const kept = untaken(open, capture);
  if (kept?.state === 'dropped') return { ...at, ...kept };
  const error = talk.errorAbout(number);
  if (error !== undefined) {
    const first = error.steps[0]!;
    const transport = innermost(packetAt(error.steps, 'first')!).ip!;
    const words = transportWords(transport.transport, transport.source.includes(':'));
    return {
      space: first.space,
      title: first.title,
      state: 'refused',
      words: `${first.title} says: ${words}, in the name of ${transport.source}`,
    };
  }
  if (open.kind === 'arp') return { ...at, ...arpEnd(open, last.title) };
  const question = talk.unheardIn(last.space);
  if (question !== undefined && !(last.is === 'frame' && last.direction === 'in' && last.passing)) {
    const { target } = innermost(packetAt(question.steps, 'first')!).arp!;
    const words = `kept in ${last.title}: nobody answers its question who has ${target}`;
    return { ...at, state: 'dropped', words };
  }
  const refused = open.routes?.findLast((route) => route.space === last.space);
  const isRefused = refused?.refusal !== undefined && refused.borne === 'yes';
  if (isRefused && BY_TABLE.includes(refused.refusal!.why))
    return { ...at, state: 'dropped', words: `dropped in ${last.title}: ${refusalWords(refused)}` };
  const packet = packetAt(steps, 'last');
  const counts = lossesIn(capture.spaces[last.space]).filter(({ name }) => packet && mayCount(name, packet));
  if (counts.length > 0) {
    const words = counts.map(({ name, more, words }) => `${words} (${name} has risen by ${more})`).join('; ');
    return { ...at, state: 'dropped', words: `dropped in ${last.title}: ${words}` };
  }
  if (isRefused)
    return { ...at, state: 'dropped', words: `dropped in ${last.title}: ${refusalWords(refused)}` };
  if (kept !== undefined) return { ...at, ...kept };
  if (last.is === 'frame' && last.direction === 'out' && encrypts(last, capture))
    return {
      ...at,
      state: 'unknown',
      words: `left by ${last.interface} in ${last.title}, which encrypts it: what is around it then cannot be told`,
    };
  return { ...at, ...unexplained(open, last, talk.isAsked(number)) };
}

/** WireGuard: what it sends shows nothing of what is in it. */
const encrypts = (last: Sighting, capture: TraceCapture): boolean =>
  [...linksOf(capture)(last.space).values()].some(
    ({ name, kind }) => name === last.interface && kind === 'wireguard',
  );

/** A frame for whoever it is from: translated, and on its way back. */
const isTurned = ({ packet: { ethernet } }: Sighting): boolean =>
  ethernet !== undefined && ethernet.source === ethernet.destination && !/^00(:00){5}$/.test(ethernet.source);

function arpEnd(open: Open, title: string): Pick<End, 'state' | 'words'> {
  const arp = innermost(packetAt(open.steps, 'first')!).arp;
  return arp?.op === 'request'
    ? { state: 'unknown', words: `nobody says that ${arp.target} is there` }
    : { state: 'arrived', words: `told to ${title}` };
}

function unexplained({ steps }: Open, last: Step, isAnswer: boolean): Pick<End, 'state' | 'words'> {
  const transport = innermost(packetAt(steps, 'first')!).ip?.transport;
  // What asks for no answer has arrived when it comes in: an answer itself, the last words of a connection.
  const asks =
    (transport?.name === 'icmp' && (transport.type === 8 || transport.type === 128)) ||
    (transport?.name === 'tcp' && transport.flags === 'SYN') ||
    (transport?.name === 'udp' && !isAnswer);
  if (last.is === 'frame' && last.direction === 'in' && last.passing)
    return {
      state: 'unknown',
      words: `last seen coming in on ${last.interface} in ${last.title}, for the MAC of another: it was not taken further`,
    };
  if (last.is === 'frame' && last.direction === 'out')
    return {
      state: 'unknown',
      words: isTurned(last)
        ? `left by ${last.interface} in ${last.title} for the MAC that it came from, and was seen nowhere after: a bridge sends nothing back by the port that it came in by, unless that is set to hairpin`
        : `left by ${last.interface} in ${last.title} and was seen nowhere after`,
    };
  if (steps.every((step) => step.is !== 'frame'))
    return { state: 'unknown', words: `made in ${last.title}, and seen on no interface` };
  if (!asks) return { state: 'arrived', words: `arrived in ${last.title}` };
  return {
    state: 'unknown',
    words: `last seen in ${last.title}: no rule, no counter and no message says what became of it`,
  };
}
