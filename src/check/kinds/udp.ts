/** `udp`: a port answers a datagram, or fails to in a certain way. */
import { z } from 'zod';
import { differencesOf } from '../compare.ts';
import { defineKind, fail, pass } from '../define.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { choice, matching, name } from '../fields.ts';
import { describeMatcher, shown } from '../matcher.ts';
import { endpoint, endpointOf } from '../probe/endpoint.ts';
import { fromWords, judgeFailure, judgeProbe, probeNeeds, probeValue, triedEndpoint } from '../probe/look.ts';
import { readUdp, SOCKET_TIME, type UdpResult, udpCommand } from '../probe/socket.ts';

const schema = () =>
  z.strictObject({
    udp: endpoint('Host and port to send to.', '10.0.0.12:5000'),
    send: z
      .string()
      .max(1400)
      .optional()
      .meta({ description: 'What is sent; default: nothing, an empty datagram.', examples: ['hello'] }),
    answer: matching('What comes back; without it any answer will do.', 'hello').optional(),
    from: name('Source address or interface.', '10.0.0.11').optional(),
    fails: choice('There must be no answer, and for this reason.', [
      'refused',
      'no-reply',
      'unreachable',
      'dns',
    ]).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const command = (spec: Spec) =>
  udpCommand({ ...endpointOf(spec.udp), from: spec.from, send: spec.send ?? '' });

function evidence(spec: Spec, result: UdpResult): string {
  const tried = triedEndpoint(spec.udp, result);
  if (result.result === 'answered') return `${tried} answered ${shown(result.answer)}.`;
  return `${tried} did not answer (${result.result})${result.error === undefined ? '' : `: ${result.error}`}.`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const what = `UDP to ${spec.udp} ${fromWords(at)}`;
  if (spec.fails !== undefined) return `${what} fails: ${spec.fails}`;
  return `${what} is answered${spec.answer === undefined ? '' : ` with ${describeMatcher(spec.answer)}`}`;
}

export const udp = defineKind({
  name: 'udp',
  summary: 'A UDP port answers a datagram, or fails to for a known reason.',
  example: 'udp: 10.0.0.12:5000\nsend: hello\nanswer: hello\nin: client',
  schema,
  refuse: (spec) =>
    spec.fails !== undefined && spec.answer !== undefined
      ? 'A datagram that is not answered has no answer: give `fails` or `answer`.'
      : undefined,
  describe,
  needs: (spec, asking) => probeNeeds(asking, command(spec), SOCKET_TIME),
  judge(spec, look) {
    const expected = describe(spec, look);
    return judgeProbe(look, expected, command(spec), readUdp, (result) => {
      const found = evidence(spec, result);
      const reason = result.result === 'answered' ? undefined : result.result;
      if (spec.fails !== undefined) return judgeFailure(expected, spec.fails, reason, found);
      if (reason !== undefined) return fail(expected, found);
      const wrong = differencesOf([{ field: 'answer', expected: spec.answer, found: result.answer }]);
      return wrong.length === 0 ? pass(expected, found) : fail(expected, found, wrong);
    });
  },
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const result = probeValue(look, command(spec), readUdp);
    const { host: target, port } = endpointOf(spec.udp);
    const answered = result?.result === 'answered';
    if ((result === undefined && look.netns === '') || (answered && spec.fails === undefined))
      return undefined;
    return explainReach(look.observation, {
      ...look,
      target,
      port,
      address: result?.address,
      protocol: 'udp',
      from: spec.from,
      said: result?.error,
      answered,
      wanted: spec.fails,
    });
  },
});
