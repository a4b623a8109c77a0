/** `ping`: an address answers, or fails to in a certain way. */
import { z } from 'zod';
import { differencesOf } from '../compare.ts';
import { defineKind, fail, pass } from '../define.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { choice, matching, name } from '../fields.ts';
import { describeMatcher } from '../matcher.ts';
import { fromWords, judgeFailure, judgeProbe, probeNeeds, probeValue, triedWords } from '../probe/look.ts';
import { type PingResult, pingCommand, pingTime, readPing } from '../probe/ping.ts';

const FAILURES = [
  'unreachable-network',
  'unreachable-host',
  'no-reply',
  'unknown-host',
  'prohibited',
  'message-too-long',
] as const;

const schema = () =>
  z.strictObject({
    ping: name('The address or name that is pinged.', '10.0.0.12'),
    count: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'How many packets are sent; default 1.', examples: [5] }),
    loss: matching('Percent of packets without an answer; default 0.', 0).optional(),
    ttl: matching('Time to live of every answer.', 64).optional(),
    rtt: matching('Average round trip in milliseconds.', { lt: 50 }).optional(),
    size: z
      .int()
      .min(0)
      .max(65_507)
      .optional()
      .meta({
        description: 'Bytes of payload; the packet may then not be fragmented.',
        examples: [1472],
      }),
    from: name('Source address or interface.', '10.0.0.11').optional(),
    fails: choice('The ping must fail, and for this reason.', FAILURES).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

/**
 * Seconds that an answer may take: a second, thousands of times what a sandbox takes. ARP gives up after 3 s and only
 * then says that the host is unreachable. Where silence is what is expected, all of the wait is always spent.
 */
const WAIT = { usual: 1, 'unreachable-host': 4, 'no-reply': 0.5 } as const;
const waitFor = ({ fails }: Spec) =>
  fails === 'unreachable-host' || fails === 'no-reply' ? WAIT[fails] : WAIT.usual;

const options = (spec: Spec) => ({
  target: spec.ping,
  count: spec.count ?? 1,
  size: spec.size,
  from: spec.from,
  wait: waitFor(spec),
});

function evidence(spec: Spec, ping: PingResult): string {
  const tried = triedWords(spec.ping, ping.address);
  if (ping.reason !== undefined) {
    const words = ping.message === undefined ? '' : `: "${ping.message}"`;
    return `${tried} did not answer (${ping.reason})${words}.`;
  }
  const ttl = ping.ttls.length > 0 ? `, ttl ${[...new Set(ping.ttls)].join(' and ')}` : '';
  const rtt = ping.rtt === undefined ? '' : `, ${ping.rtt} ms`;
  return `${tried} answered ${ping.received} of ${ping.sent}${ttl}${rtt}.`;
}

function differences(spec: Spec, result: PingResult) {
  const ttls = [...new Set(result.ttls)];
  return differencesOf([
    { field: 'loss', expected: spec.loss ?? 0, found: result.loss },
    ...(ttls.length === 0 ? [undefined] : ttls).map((found) => ({ field: 'ttl', expected: spec.ttl, found })),
    { field: 'rtt', expected: spec.rtt, found: result.rtt },
  ]);
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const size = spec.size === undefined ? '' : ` with ${spec.size} bytes`;
  const what = `ping of ${spec.ping} ${fromWords(at)}${size}`;
  if (spec.fails !== undefined) return `${what} fails: ${spec.fails}`;
  const more = (['loss', 'ttl', 'rtt'] as const).flatMap((field) =>
    spec[field] === undefined ? [] : [`${field} ${describeMatcher(spec[field])}`],
  );
  return more.length === 0 ? `${what} is answered` : `${what} has ${more.join(', ')}`;
}

export const ping = defineKind({
  name: 'ping',
  summary: 'An address answers ping, or fails to for a known reason.',
  example: 'ping: 10.0.0.12\nin: client',
  schema,
  refuse: (spec) =>
    spec.fails !== undefined && [spec.loss, spec.ttl, spec.rtt].some((field) => field !== undefined)
      ? 'A ping that fails has no loss, ttl or rtt to compare: give `fails`, or the others.'
      : undefined,
  describe,
  needs: (spec, asking) => probeNeeds(asking, pingCommand(options(spec)), pingTime(options(spec))),
  judge(spec, look) {
    const expected = describe(spec, look);
    return judgeProbe(look, expected, pingCommand(options(spec)), readPing, (result) => {
      const found = evidence(spec, result);
      if (spec.fails !== undefined) return judgeFailure(expected, spec.fails, result.reason, found);
      // Nothing was sent: there is no loss to speak of.
      if (result.sent === 0) return fail(expected, found);
      const wrong = differences(spec, result);
      return wrong.length === 0 ? pass(expected, found) : fail(expected, found, wrong);
    });
  },
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const result = probeValue(look, pingCommand(options(spec)), readPing);
    if (result === undefined && look.netns === '') return undefined;
    const answered = result !== undefined && result.received > 0;
    const isSix = (result?.address ?? spec.ping).includes(':');
    if (answered && spec.fails === undefined && result.loss === 0) return undefined;
    return explainReach(look.observation, {
      ...look,
      target: spec.ping,
      address: result?.address,
      protocol: 'icmp',
      from: spec.from,
      // 8 bytes of ICMP and 20 of IPv4, or 40 of IPv6, come before the payload.
      bytes: spec.size === undefined ? undefined : spec.size + (isSix ? 48 : 28),
      said: result?.message,
      answered: answered && spec.fails !== undefined,
      wanted: spec.fails,
    });
  },
});
