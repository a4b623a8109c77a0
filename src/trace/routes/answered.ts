/** What the kernel answered about each routing decision, held against what was seen of the packet. Pure. */
import { contains, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import type { TraceCapture } from '../capture.ts';
import type { Routed, Sighting } from '../model.ts';
import { droppedBy } from '../read/counters.ts';
import { questionKey } from './asked.ts';
import type { Decision } from './decisions.ts';
import type { RouteAnswer, RouteQuestion, RouteRefusal } from './model.ts';
import { type Link, type RouteReply, readLinks, readNeighbours, readRoutes } from './netlink.ts';

/** What was answered in one namespace. */
interface Answers {
  bytes(key: string): Buffer | undefined;
  at(key: string): bigint | undefined;
  /** What readRoutes makes of it. */
  routes(key: string): ReturnType<typeof readRoutes>;
  links: ReadonlyMap<number, Link>;
  neighbours: ReadonlyMap<string, string>;
}

const ERRORS: Readonly<Record<number, string>> = {
  13: 'EACCES',
  18: 'EXDEV',
  22: 'EINVAL',
  101: 'ENETUNREACH',
  113: 'EHOSTUNREACH',
};

const read = new WeakMap<TraceCapture, (space: number) => Answers>();

/** Read once for all packets. */
function answersOf(capture: TraceCapture): (space: number) => Answers {
  const before = read.get(capture);
  const of = before ?? readAnswers(capture);
  if (before === undefined) read.set(capture, of);
  return of;
}

function readAnswers({ answers = [] }: TraceCapture): (space: number) => Answers {
  const bySpace = new Map<number, Answers>();
  return (space) => {
    const known = bySpace.get(space);
    if (known !== undefined) return known;
    const all = new Map(answers.filter((each) => each.space === space).map((each) => [each.key, each]));
    const bytes = (key: string) => {
      const data = all.get(key)?.data;
      return data === undefined ? undefined : Buffer.from(data, 'base64');
    };
    const at = (key: string) => {
      const each = all.get(key);
      return each === undefined ? undefined : BigInt(each.at);
    };
    const parsed = new Map<string, ReturnType<typeof readRoutes>>();
    const routes = (key: string) => {
      const one = parsed.get(key) ?? readRoutes(bytes(key) ?? Buffer.alloc(0));
      parsed.set(key, one);
      return one;
    };
    const made: Answers = {
      bytes,
      routes,
      at,
      links: readLinks(bytes('links') ?? Buffer.alloc(0)),
      neighbours: readNeighbours(bytes('neighbours') ?? Buffer.alloc(0)),
    };
    bySpace.set(space, made);
    return made;
  };
}

export function linksOf(capture: TraceCapture): (space: number) => ReadonlyMap<number, Link> {
  const of = answersOf(capture);
  return (space) => of(space).links;
}

/** There is something that sends in a way of its own. */
export const mayAskMore = (capture: TraceCapture): boolean =>
  capture.spaces.some((_, space) =>
    [...linksOf(capture)(space).values()].some(({ tunnel, kind }) => tunnel !== undefined || kind === 'vrf'),
  );

/** @param start nanoseconds of the first frame, by which the times of the steps are told */
export function routesOf(
  decisions: readonly Decision[],
  capture: TraceCapture,
  start: bigint,
): (Routed & { before: number })[] {
  const of = answersOf(capture);
  return decisions.map((decision) => {
    const plain = routed(decision, decision.question, of(decision.space), capture, start);
    if (decision.bound === undefined || plain.borne === 'yes') return plain;
    // what its socket is bound to cannot be seen: a VRF, if with that it would have gone as it was seen to
    const bound = routed(decision, decision.bound, of(decision.space), capture, start);
    return bound.borne === 'yes' || decision.left.length === 0 ? bound : plain;
  });
}

function routed(
  decision: Decision,
  question: RouteQuestion,
  answers: Answers,
  capture: TraceCapture,
  start: bigint,
): Routed & { before: number } {
  const { space, title, translated, time } = decision;
  const base = {
    is: 'route' as const,
    space,
    title,
    asked: question,
    ...(translated ? { translated } : {}),
    ...(decision.again ? { again: true as const } : {}),
    before: decision.at,
  };
  const key = questionKey(question, 'entry');
  const entry = answers.bytes(key);
  const at = answers.at(key);
  if (entry === undefined || at === undefined)
    return { ...base, borne: 'unseen', evidence: 'the kernel was not asked' };
  const after = time === undefined ? undefined : Math.max(0, Number(at - start) - time) / 1e6;
  const told = { ...base, ...(after === undefined ? {} : { after }) };
  const { routes, error } = answers.routes(key);
  if (error !== undefined) {
    const refusal = refusalOf(error, question, answers, capture, space);
    return { ...told, refusal, ...againstRefusal(decision) };
  }
  if (routes[0] === undefined)
    return { ...told, borne: 'unseen', evidence: 'the kernel’s answer was not understood' };
  const hop = answers.routes(questionKey(question, 'hop')).routes[0];
  const answer = answerOf(routes[0], hop, answers.links);
  return { ...told, answer, ...againstAnswer(answer, decision, answers) };
}

/** The entry that matched, with the next hop that was taken of it. */
function answerOf(
  entry: RouteReply,
  hop: RouteReply | undefined,
  links: ReadonlyMap<number, Link>,
): RouteAnswer {
  const { via, device, source, hops } = entry;
  const taken = hops === undefined ? { via, device } : { via: hop?.via, device: hop?.device };
  const name = taken.device === undefined ? undefined : links.get(taken.device)?.name;
  const prefsrc = source ?? hop?.source;
  const vrf = [...links.values()].find(({ table }) => table !== undefined && table === entry.table)?.name;
  return {
    type: entry.type,
    prefix: entry.prefix,
    table: entry.table,
    ...(vrf === undefined ? {} : { vrf }),
    ...(taken.via === undefined ? {} : { via: taken.via }),
    ...(name === undefined ? {} : { dev: name }),
    ...(prefsrc === undefined ? {} : { source: prefsrc }),
    ...(entry.metric === undefined ? {} : { metric: entry.metric }),
    ...(hop?.mtu === undefined ? {} : { mtu: hop.mtu }),
    ...(hops === undefined ? {} : { hops }),
  };
}

type Borne = Pick<Routed, 'borne' | 'evidence'>;

const LOCAL = ['local', 'broadcast', 'anycast', 'multicast'];

function againstAnswer(answer: RouteAnswer, decision: Decision, { links, neighbours }: Answers): Borne {
  const { left, question, unpacked, ruledTo, again } = decision;
  const names = [...new Set(left.map((each) => each.interface))];
  if (again) return { borne: 'unseen', evidence: 'then rules changed it, and it was routed again' };
  if (LOCAL.includes(answer.type)) {
    if (question.way === 'output') {
      const loop = left.some((each) => each.interface === 'lo');
      if (loop || answer.type !== 'local')
        return {
          borne: left.length > 0 ? 'yes' : 'unseen',
          evidence: left.length > 0 ? `it was seen on ${names.join(', ')}` : 'it was seen on no interface',
        };
      return left.length === 0
        ? { borne: 'unseen', evidence: 'it was seen on no interface' }
        : { borne: 'no', evidence: `but it left by ${names.join(', ')}` };
    }
    if (unpacked) return { borne: 'yes', evidence: 'it was unpacked here' };
    return left.length === 0
      ? { borne: 'yes', evidence: 'it went no further than here' }
      : { borne: 'no', evidence: `but it left by ${names.join(', ')}` };
  }
  const index = [...links].find(([, { name }]) => name === answer.dev)?.[0];
  const isPort = (name: string) =>
    [...links.values()].some((link) => link.name === name && link.master === index);
  const out =
    left.find((each) => each.interface === answer.dev) ?? left.find((each) => isPort(each.interface));
  if (out === undefined && left.length > 0)
    return { borne: 'no', evidence: `but it left by ${names.join(', ')}` };
  if (out === undefined) {
    if (ruledTo === undefined) return { borne: 'unseen', evidence: 'it was not seen leaving' };
    return ruledTo === answer.dev
      ? { borne: 'yes', evidence: `a rule saw it on its way to ${ruledTo}` }
      : { borne: 'no', evidence: `but a rule saw it on its way to ${ruledTo}` };
  }
  const next = answer.via ?? question.destination;
  return againstNeighbour(out, next, ofDevice(neighbours, index));
}

/** By address: the neighbours of one interface. */
const ofDevice = (neighbours: ReadonlyMap<string, string>, index: number | undefined) =>
  new Map(
    [...neighbours].flatMap(([key, mac]): [string, string][] => {
      const [at, address] = key.split(' ');
      return at === String(index) ? [[address!, mac]] : [];
    }),
  );

/** It left by the interface that was named: was it for the MAC of the next hop? */
function againstNeighbour(out: Sighting, next: string, known: ReadonlyMap<string, string>): Borne {
  const mac = known.get(next);
  const left = `it left by ${out.interface}`;
  const sent = out.packet.ethernet?.destination;
  if (sent === undefined) return { borne: 'yes', evidence: left };
  if (mac === undefined) {
    const other = [...known].find(([, each]) => each === sent)?.[0];
    return other === undefined
      ? { borne: 'yes', evidence: `${left}; whose MAC it was for is not known` }
      : { borne: 'no', evidence: `but ${left} for the MAC of ${other}` };
  }
  return mac === sent
    ? { borne: 'yes', evidence: `${left}, for the MAC of ${next}` }
    : { borne: 'no', evidence: `but ${left} for the MAC ${sent}, and ${next} has ${mac}` };
}

function againstRefusal({ left }: Decision): Borne {
  const names = [...new Set(left.map((each) => each.interface))];
  return names.length === 0
    ? { borne: 'yes', evidence: 'it was not seen leaving' }
    : { borne: 'no', evidence: `but it left by ${names.join(', ')}` };
}

const REFUSING: Readonly<Record<string, string>> = {
  blackhole: 'EINVAL',
  prohibit: 'EACCES',
  unreachable: 'EHOSTUNREACH',
};

function refusalOf(
  code: number,
  question: RouteQuestion,
  answers: Answers,
  capture: TraceCapture,
  space: number,
): RouteRefusal {
  const error = ERRORS[code] ?? `error ${code}`;
  const dev =
    question.index === undefined ? undefined : (answers.links.get(question.index)?.name ?? undefined);
  const at = { error, ...(dev === undefined ? {} : { dev }) };
  const setting = (name: string) =>
    Math.max(
      ...[dev, 'all']
        .map((one) => Number(answers.bytes(`ipv4/conf/${one}/${name}`)?.toString().trim() || 'NaN'))
        .map((n) => (Number.isNaN(n) ? -1 : n)),
    );
  const own = dev === undefined ? undefined : answers.bytes(`ipv4/conf/${dev}/forwarding`)?.toString().trim();
  const isFour = !question.destination.includes(':');
  if (error === 'EHOSTUNREACH' && isFour && question.way === 'input' && own === '0')
    return { ...at, why: 'forwarding' };
  const target = parseAddress(question.destination);
  const refusing = answers
    .routes('routes')
    .routes.filter(({ type, prefix, family }) => {
      if (REFUSING[type] !== error || target?.family !== family) return false;
      const wide = prefix === 'default' ? undefined : parsePrefix(prefix);
      return wide === undefined ? true : contains(wide, target);
    })
    .sort((a, b) => lengthOf(b.prefix) - lengthOf(a.prefix))[0];
  if (refusing !== undefined)
    return {
      ...at,
      why: refusing.type as RouteRefusal['why'],
      prefix: refusing.prefix,
      table: refusing.table,
    };
  if (error === 'ENETUNREACH' || error === 'EHOSTUNREACH') return { ...at, why: 'no route' };
  const counted = droppedBy(capture.spaces[space]?.counters).some(
    ({ name }) => name === 'TcpExt.IPReversePathFilter',
  );
  if (isFour && (error === 'EXDEV' || (counted && setting('rp_filter') > 0)))
    return { ...at, why: 'rp_filter' };
  return { ...at, why: 'refused' };
}

const lengthOf = (prefix: string) => (prefix === 'default' ? 0 : Number(prefix.split('/')[1]));
