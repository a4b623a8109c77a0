/** `path`: the way that a packet takes, seen on every interface while one probe runs. */
import { broken, defineKind, fail, pass } from '../define.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { hasVariable } from '../fields.ts';
import { oneLine } from '../matcher.ts';
import type { Judgement, Look } from '../model.ts';
import { needKey } from '../observation.ts';
import { differences, seenWords } from '../path/compare.ts';
import { type PathFacts, pathFacts } from '../path/facts.ts';
import { kindOf, probeOf, reachedOf, type Spec, schema } from '../path/spec.ts';
import { findNetns } from '../place.ts';
import { parseUrl } from '../probe/curl.ts';
import { endpointOf, splitEndpoint } from '../probe/endpoint.ts';
import { fromWords } from '../probe/look.ts';

function evidence(spec: Spec, facts: PathFacts): string {
  const way = `The packet to ${spec.path} was seen on ${seenWords(facts.way)}`;
  const back = facts.back.length === 0 ? '' : `; its answer on ${seenWords(facts.back)}`;
  const end = facts.back.length === 0 ? `; it ${facts.journey.end.words}` : '';
  return `${way}${back}${oneLine(end)}.`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const parts = [
    spec.through === undefined ? '' : `goes through ${spec.through.join(', ')}`,
    spec.back === undefined ? '' : `comes back through ${spec.back.join(', ')}`,
    spec.avoids === undefined ? '' : `avoids ${spec.avoids.join(', ')}`,
    spec.translated === undefined ? '' : spec.translated === false ? 'keeps its addresses' : 'is translated',
    spec.dropped === undefined ? '' : dropWords(spec.dropped),
    spec.reached === undefined ? '' : spec.reached ? 'is answered' : 'is not answered',
  ].filter((part) => part !== '');
  return `a packet to ${spec.path} ${fromWords(at)} ${parts.join(', ')}`;
}

function dropWords(dropped: NonNullable<Spec['dropped']>): string {
  if (dropped === true) return 'is dropped by a rule';
  const { at, hook } = dropped;
  return ['is dropped', at === undefined ? '' : ` in ${at}`, hook === undefined ? '' : ` at ${hook}`].join(
    '',
  );
}

/** What could not be watched, where the check depends on it. */
function blind(spec: Spec, look: Look): string | undefined {
  const capture = captureOf(spec, look);
  if (capture === undefined) return 'the packets could not be captured';
  const { failure, stderr } = capture.command;
  if (failure !== undefined)
    return `the probe could not be run (${failure}${stderr === '' ? '' : `: ${oneLine(stderr)}`})`;
  const gaps = capture.spaces.flatMap((space) => space.gaps);
  const frames = gaps.find(({ what }) => what === 'frames' || what === 'space' || what === 'trace');
  if (frames !== undefined) return `the interfaces could not be watched: ${oneLine(frames.why)}`;
  if (capture.lost.length > 0) return 'more packets came than could be kept';
  const rules = gaps.find(({ what }) => what === 'filter' || what === 'legacy');
  if (spec.dropped !== undefined && rules !== undefined)
    return rules.what === 'legacy'
      ? 'the kernel does not tell the decisions of iptables-legacy'
      : `the packet filter could not be watched: ${oneLine(rules.why)}`;
  return undefined;
}

function captureOf(spec: Spec, look: Look) {
  const key = needKey({ read: 'trace', host: look.host, netns: look.netns, ...probeOf(spec) });
  const traces = look.observation.traces ?? {};
  return Object.hasOwn(traces, key) ? traces[key] : undefined;
}

const protocolOf = (spec: Spec) => {
  const kind = kindOf(spec);
  return kind === 'url' ? 'tcp' : kind;
};

function judge(spec: Spec, look: Look): Judgement {
  const expected = describe(spec, look);
  const found = findNetns(look, expected);
  if (!found.ok) return found.judgement;
  const why = blind(spec, look);
  if (why !== undefined) return broken(expected, `${why[0]!.toUpperCase()}${why.slice(1)}.`);
  const capture = captureOf(spec, look)!;
  const facts = pathFacts(capture, look.observation, protocolOf(spec));
  if (facts === 'none') {
    const said = oneLine(capture.command.stderr || capture.command.stdout);
    return fail(expected, `Nothing was sent to ${spec.path}${said === '' ? '' : `: "${said}"`}.`);
  }
  const wrong = differences(spec, facts);
  return wrong.length === 0
    ? pass(expected, evidence(spec, facts))
    : fail(expected, evidence(spec, facts), wrong);
}

export const path = defineKind({
  name: 'path',
  summary: 'The way that a packet takes: captured on every interface of all hosts while one probe runs.',
  example:
    "path: 172.30.0.12\nthrough: [eth0 in client1, '...', eth0 in client2]\navoids: [eth0 on host]\nin: client1",
  schema,
  refuse(spec) {
    const asked = [spec.through, spec.back, spec.avoids, spec.translated, spec.dropped];
    if (asked.every((field) => field === undefined))
      return 'Nothing is said of the way: give `through`, `back`, `avoids`, `translated` or `dropped`. Whether it is reached, `ping`, `tcp` and `curl` ask.';
    if (spec.through?.every((hop) => hop === '...') && asked.slice(1).every((field) => field === undefined))
      return '`...` alone fits any way: name an interface.';
    if (spec.dropped !== undefined && spec.reached === true)
      return 'A packet that is dropped is not answered: give one of the two.';
    if (spec.dropped !== undefined && spec.back !== undefined)
      return 'A packet that is dropped has no answer that comes back.';
    if (spec.protocol !== undefined && splitEndpoint(spec.path) === undefined && !hasVariable(spec.path))
      return '`protocol` belongs to `ADDRESS:PORT`.';
    if (/^https?:/i.test(spec.path) && parseUrl(spec.path) === undefined && !hasVariable(spec.path))
      return 'This URL cannot be read.';
    return undefined;
  },
  describe,
  needs: (spec, { host, netns, hosts }) => [
    ...[...new Set([host, ...hosts])].flatMap(
      (each) =>
        [
          { read: 'netns', host: each },
          { read: 'ip', host: each },
        ] as const,
    ),
    { read: 'trace', host, netns, ...probeOf(spec) },
  ],
  judge,
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const capture = captureOf(spec, look);
    const facts = capture && pathFacts(capture, look.observation, protocolOf(spec));
    const reached = facts !== undefined && facts !== 'none' && facts.back.length > 0;
    if ((capture === undefined && look.netns === '') || reached || !reachedOf(spec)) return undefined;
    const kind = kindOf(spec);
    const url = kind === 'url' ? parseUrl(spec.path) : undefined;
    const { host: target, port } =
      url === undefined
        ? kind === 'icmp'
          ? { host: spec.path, port: undefined }
          : endpointOf(spec.path)
        : {
            host: url.hostname.replace(/^\[|\]$/g, ''),
            port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
          };
    return explainReach(look.observation, { ...look, target, port, protocol: protocolOf(spec) });
  },
});
