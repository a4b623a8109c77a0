/** `tcp`: a port takes a connection, or fails to in a certain way. */
import { z } from 'zod';
import { differencesOf } from '../compare.ts';
import { defineKind, fail, pass } from '../define.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { choice, matching, name } from '../fields.ts';
import { describeMatcher, shown } from '../matcher.ts';
import { endpoint, endpointOf } from '../probe/endpoint.ts';
import { fromWords, judgeFailure, judgeProbe, probeNeeds, probeValue, triedEndpoint } from '../probe/look.ts';
import { readTcp, SOCKET_TIME, type TcpResult, tcpCommand } from '../probe/socket.ts';

const schema = () =>
  z.strictObject({
    tcp: endpoint('Host and port to connect to.', '10.0.0.12:80'),
    from: name('Source address or interface.', '10.0.0.11').optional(),
    banner: matching('What the server says first.', { contains: 'SSH-2.0' }).optional(),
    fails: choice('The connection must fail, and for this reason.', [
      'refused',
      'timeout',
      'unreachable',
      'dns',
    ]).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const command = (spec: Spec) =>
  tcpCommand({ ...endpointOf(spec.tcp), from: spec.from, banner: spec.banner !== undefined });

function evidence(spec: Spec, result: TcpResult): string {
  const tried = triedEndpoint(spec.tcp, result);
  if (result.result !== 'connected')
    return `${tried} took no connection (${result.result}): ${result.error ?? 'no answer'}.`;
  const banner = result.banner === undefined ? '' : ` and says ${shown(result.banner)}`;
  return `${tried} takes connections${banner}.`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const what = `TCP to ${spec.tcp} ${fromWords(at)}`;
  if (spec.fails !== undefined) return `${what} fails: ${spec.fails}`;
  return spec.banner === undefined
    ? `${what} connects`
    : `${what} is greeted with ${describeMatcher(spec.banner)}`;
}

export const tcp = defineKind({
  name: 'tcp',
  summary: 'A TCP port takes a connection, or fails to for a known reason.',
  example: 'tcp: 10.0.0.12:80\nin: client',
  schema,
  refuse: (spec) =>
    spec.fails !== undefined && spec.banner !== undefined
      ? 'A connection that fails has no banner: give one of the two.'
      : undefined,
  describe,
  needs: (spec, asking) => probeNeeds(asking, command(spec), SOCKET_TIME),
  judge(spec, look) {
    const expected = describe(spec, look);
    return judgeProbe(look, expected, command(spec), readTcp, (result) => {
      const found = evidence(spec, result);
      const reason = result.result === 'connected' ? undefined : result.result;
      if (spec.fails !== undefined) return judgeFailure(expected, spec.fails, reason, found);
      if (reason !== undefined) return fail(expected, found);
      const wrong = differencesOf([{ field: 'banner', expected: spec.banner, found: result.banner }]);
      return wrong.length === 0 ? pass(expected, found) : fail(expected, found, wrong);
    });
  },
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const result = probeValue(look, command(spec), readTcp);
    const { host: target, port } = endpointOf(spec.tcp);
    const connected = result?.result === 'connected';
    if ((result === undefined && look.netns === '') || (connected && spec.fails === undefined))
      return undefined;
    return explainReach(look.observation, {
      ...look,
      target,
      port,
      address: result?.address,
      protocol: 'tcp',
      from: spec.from,
      said: result?.error,
      answered: connected,
      wanted: spec.fails,
    });
  },
});
