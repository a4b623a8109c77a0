/** `trace`: which routers a packet passes on its way. */
import { z } from 'zod';
import { parseAddress } from '../../lib/addresses.ts';
import { defineKind, fail, pass } from '../define.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { flag, hasVariable, name } from '../fields.ts';
import type { Difference } from '../model.ts';
import { fromWords, judgeProbe, probeNeeds, probeValue, triedWords } from '../probe/look.ts';
import { hopsMatch, readTrace, type TraceResult, traceCommand, traceTime } from '../probe/trace.ts';

const schema = () =>
  z.strictObject({
    trace: name('The address or name that is traced.', '8.8.8.8'),
    hops: z
      .array(
        z
          .string()
          .trim()
          .refine(
            (hop) => hop === '*' || hop === '...' || hasVariable(hop) || parseAddress(hop) !== undefined,
            'A hop is an address, `*` for one that keeps silent, or `...` for any number of hops.',
          ),
      )
      .min(1, 'No hop is named, so nothing would be compared.')
      .max(64)
      .optional()
      .meta({
        description: 'All hops in order: addresses, `*` (keeps silent), `...` (any number of them).',
        examples: [['10.0.0.1', '...', '8.8.8.8']],
      }),
    reached: flag(
      'Whether the target itself answers at the end; default true unless `hops` are given.',
    ).optional(),
    max: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: 'How many hops are tried; default 10.', examples: [5] }),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const MAX = 10;
const command = (spec: Spec) => traceCommand(spec.trace, spec.max ?? MAX);
const reachedOf = (spec: Spec) => spec.reached ?? (spec.hops === undefined ? true : undefined);

function differences(spec: Spec, result: TraceResult): Difference[] {
  const list: Difference[] = [];
  const reached = reachedOf(spec);
  if (spec.hops !== undefined && !hopsMatch(spec.hops, result.hops))
    list.push({ field: 'hops', expected: spec.hops.join(' '), found: result.hops.join(' ') || 'none' });
  if (reached !== undefined && reached !== result.reached)
    list.push({ field: 'reached', expected: String(reached), found: String(result.reached) });
  return list;
}

function evidence(spec: Spec, result: TraceResult): string {
  const tried = triedWords(spec.trace, result.address);
  if (result.message !== undefined) return `${tried}: nothing could be sent ("${result.message}").`;
  const mark = result.mark === undefined ? '' : ` ${result.mark}`;
  return `${tried} ${result.reached ? 'is reached' : 'is not reached'}: ${result.hops.join(' ')}${mark}.`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const what = `the way to ${spec.trace} ${fromWords(at)}`;
  const hops = spec.hops === undefined ? '' : ` is ${spec.hops.join(' ')}`;
  const reached = reachedOf(spec);
  const end = reached === undefined ? '' : reached ? ' ends there' : ' does not end there';
  return `${what}${hops}${hops !== '' && end !== '' ? ' and' : ''}${end}`;
}

export const trace = defineKind({
  name: 'trace',
  summary: 'Which routers a packet passes, as traceroute shows them.',
  example: "trace: 8.8.8.8\nhops: [172.30.0.1, '...', 8.8.8.8]\nin: client1",
  schema,
  refuse: (spec) =>
    spec.hops?.every((hop) => hop === '...') && spec.reached === undefined
      ? '`...` alone fits any way: name a hop, or say `reached`.'
      : undefined,
  describe,
  needs: (spec, asking) => probeNeeds(asking, command(spec), traceTime(spec.max ?? MAX)),
  judge(spec, look) {
    const expected = describe(spec, look);
    return judgeProbe(look, expected, command(spec), readTrace, (result) => {
      const wrong = differences(spec, result);
      const found = evidence(spec, result);
      return wrong.length === 0 ? pass(expected, found) : fail(expected, found, wrong);
    });
  },
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const result = probeValue(look, command(spec), readTrace);
    if ((result === undefined && look.netns === '') || result?.reached) return undefined;
    return explainReach(look.observation, {
      ...look,
      target: spec.trace,
      address: result?.address,
      // The packets are UDP to ports that nobody listens on; the way is the same as a ping's.
      protocol: 'icmp',
      said: result?.message,
    });
  },
});
