/** `dns`: what a DNS server says of a name. */
import { z } from 'zod';
import { sameAddress } from '../../lib/addresses.ts';
import { differencesOf } from '../compare.ts';
import { defineKind, fail, pass } from '../define.ts';
import { nameServers } from '../explain/names.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { address, choice, matching, name } from '../fields.ts';
import { describeMatcher, shown } from '../matcher.ts';
import type { Explanation } from '../model.ts';
import { DNS_TIME, DNS_TYPES, type DnsResult, dnsCommand, readDns, valuesOf } from '../probe/dns.ts';
import { fromWords, judgeFailure, judgeProbe, probeNeeds, probeValue } from '../probe/look.ts';

const schema = () =>
  z.strictObject({
    dns: name('The name that is asked for; for PTR an address will do.', 'example.com'),
    type: choice('Type of record; default A.', DNS_TYPES).optional(),
    server: address('The server that is asked; default: that of /etc/resolv.conf.', '8.8.8.8').optional(),
    answer: matching(
      'Values of the records; a list: all of them are among the answers.',
      '10.0.0.12',
    ).optional(),
    status: choice('What the server says; default NOERROR with at least one record.', [
      'NOERROR',
      'NXDOMAIN',
      'SERVFAIL',
      'REFUSED',
    ]).optional(),
    fails: choice('There must be no answer, and for this reason.', [
      'no-reply',
      'refused',
      'unreachable',
    ]).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const command = (spec: Spec) => dnsCommand({ name: spec.dns, type: spec.type ?? 'A', server: spec.server });

/** Names of hosts are the same whatever their case, and with or without the last dot. */
const sameValue = (a: string, b: string) =>
  sameAddress(a, b) || a.toLowerCase().replace(/\.$/, '') === b.toLowerCase().replace(/\.$/, '');

function evidence(result: DnsResult): string {
  const server = result.server ?? 'no server';
  if (result.result !== 'answered')
    return `${server} did not answer (${result.result})${result.error === undefined ? '' : `: ${result.error}`}.`;
  const values = valuesOf(result);
  return `${server} says ${result.status}${values.length === 0 ? `, and no ${result.type} record` : `: ${shown(values)}`}.`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const what = `DNS ${spec.type ?? 'A'} of ${spec.dns}${spec.server === undefined ? '' : ` at ${spec.server}`} ${fromWords(at)}`;
  if (spec.fails !== undefined) return `${what} fails: ${spec.fails}`;
  if (spec.answer !== undefined) return `${what} is ${describeMatcher(spec.answer)}`;
  return spec.status === undefined ? `${what} has an answer` : `${what} is answered ${spec.status}`;
}

/** The way is in order, and what the server says is not what is expected. */
const otherWords = (spec: Spec, result: DnsResult): Explanation => ({
  cause: `The name server ${result.server} is reached and answers: what it knows of ${spec.dns} is another thing.`,
  advice: 'Look at the records of that server, and whether it is the one that should be asked.',
  steps: [
    {
      question: `Does the name server ${result.server} answer?`,
      answer: `Yes: ${result.status}.`,
      state: 'ok',
    },
  ],
});

export const dns = defineKind({
  name: 'dns',
  summary: 'What a DNS server answers for a name.',
  example: 'dns: example.com\ntype: A\nserver: 8.8.8.8',
  schema,
  refuse(spec) {
    if (spec.fails !== undefined && (spec.answer !== undefined || spec.status !== undefined))
      return 'A question that is not answered has no answer and no status: give `fails`, or the others.';
    if (spec.answer !== undefined && spec.status !== undefined && spec.status !== 'NOERROR')
      return `A server that says ${spec.status} gives no answer.`;
    return undefined;
  },
  describe,
  needs: (spec, asking) => probeNeeds(asking, command(spec), DNS_TIME),
  judge(spec, look) {
    const expected = describe(spec, look);
    return judgeProbe(look, expected, command(spec), readDns, (result) => {
      const found = evidence(result);
      const reason = result.result === 'answered' ? undefined : result.result;
      if (spec.fails !== undefined) return judgeFailure(expected, spec.fails, reason, found);
      if (reason !== undefined) return fail(expected, found);
      const values = valuesOf(result);
      const options = { same: sameValue };
      const wrong = differencesOf([
        { field: 'status', expected: spec.status ?? 'NOERROR', found: result.status },
        { field: 'answer', expected: spec.answer, found: values, options },
      ]);
      const empty = spec.answer === undefined && spec.status === undefined && values.length === 0;
      return wrong.length === 0 && !empty ? pass(expected, found) : fail(expected, found, wrong);
    });
  },
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const result = probeValue(look, command(spec), readDns);
    const answered = result?.result === 'answered';
    if (result !== undefined && answered && spec.fails === undefined) return otherWords(spec, result);
    if (result === undefined && look.netns === '') return undefined;
    const { hosts } = look.observation;
    const configured = Object.hasOwn(hosts, look.host)
      ? nameServers(hosts[look.host], look.netns)
      : undefined;
    const server = spec.server ?? result?.server ?? configured?.[0];
    return explainReach(look.observation, {
      ...look,
      // without a server there is nothing to walk to but the file that names none
      target: server ?? spec.dns,
      port: 53,
      protocol: 'udp',
      said: result?.error,
      answered,
      configured: spec.server === undefined,
    });
  },
});
