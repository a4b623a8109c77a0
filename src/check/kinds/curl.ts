/** `curl`: a page answers, or fails to in a certain way. */
import { z } from 'zod';
import { type Comparison, differencesOf } from '../compare.ts';
import { defineKind, fail, pass } from '../define.ts';
import { reachNeeds } from '../explain/needs.ts';
import { explainReach } from '../explain/reach.ts';
import { address, choice, hasVariable, matching, name } from '../fields.ts';
import { describeMatcher, oneLine } from '../matcher.ts';
import { CURL_TIME, type CurlResult, curlCommand, parseUrl, readCurl } from '../probe/curl.ts';
import { fromWords, judgeFailure, judgeProbe, probeNeeds, probeValue, triedWords } from '../probe/look.ts';

const isHttp = (url: string) => /^https?:$/.test(parseUrl(url)?.protocol ?? '');

const schema = () =>
  z.strictObject({
    curl: name('The URL; without a scheme it is http.', 'http://10.0.0.12/').refine(
      (value) => hasVariable(value) || isHttp(value),
      'This is no http or https URL.',
    ),
    status: matching('Status of the answer; default: below 400. Redirects are not followed.', 200).optional(),
    body: matching(
      'The page, at most 64 KiB of it; a bare text is looked for inside it.',
      'Welcome to nginx!',
    ).optional(),
    headers: z
      .record(z.string(), matching('Value of the header.', 'text/html'))
      .refine((value) => Object.keys(value).length > 0, 'No header is named, so nothing would be compared.')
      .optional()
      .meta({
        description: 'Headers of the answer by name; case does not matter.',
        examples: [{ server: { contains: 'nginx' } }],
      }),
    resolve: address("Address to use for the URL's host, in place of DNS.", '10.0.0.12').optional(),
    from: name('Source address or interface.', '10.0.0.11').optional(),
    method: z
      .string()
      .regex(/^[A-Z]{1,20}$/, 'A method is written in capital letters: `POST`.')
      .optional()
      .meta({ description: 'Method of the request; default GET.', examples: ['POST'] }),
    fails: choice('There must be no HTTP answer, and for this reason.', [
      'refused',
      'timeout',
      'unreachable',
      'dns',
      'tls',
      'reset',
    ]).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const command = (spec: Spec) =>
  curlCommand({ url: spec.curl, method: spec.method, from: spec.from, resolve: spec.resolve });

function comparisons(spec: Spec, result: CurlResult): Comparison[] {
  const headers = Object.entries(spec.headers ?? {}).map(([header, expected]) => {
    const key = header.toLowerCase();
    const found = Object.hasOwn(result.headers, key) ? result.headers[key] : undefined;
    return { field: `header ${header}`, expected, found };
  });
  return [
    { field: 'status', expected: spec.status ?? { lt: 400 }, found: result.status },
    ...headers,
    { field: 'body', expected: spec.body, found: result.body, options: { within: true } },
  ];
}

function evidence(spec: Spec, result: CurlResult): string {
  const isShown = parseUrl(spec.curl)?.hostname.replace(/^\[|\]$/g, '') === result.address;
  const tried = isShown ? spec.curl : triedWords(spec.curl, result.address);
  if (result.reason !== undefined)
    return `${tried} gave no answer (${result.reason}): ${result.message ?? 'no answer'}.`;
  const body = result.body.trim() === '' ? 'an empty body' : `"${oneLine(result.body, 80)}"`;
  return `${tried} answered ${result.status} with ${body}.`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const what = `${spec.method ?? 'GET'} ${spec.curl} ${fromWords(at)}`;
  if (spec.fails !== undefined) return `${what} fails: ${spec.fails}`;
  const status = spec.status === undefined ? undefined : `status ${describeMatcher(spec.status)}`;
  const headers = Object.entries(spec.headers ?? {}).map(
    ([key, value]) => `${key} ${describeMatcher(value)}`,
  );
  const body = spec.body === undefined ? undefined : `body ${describeMatcher(spec.body)}`;
  const parts = [status, ...headers, body].filter((part) => part !== undefined);
  return parts.length === 0 ? `${what} is answered` : `${what} is answered with ${parts.join(', ')}`;
}

export const curl = defineKind({
  name: 'curl',
  summary: 'A URL answers over HTTP, or fails to for a known reason.',
  example: 'curl: http://10.0.0.12/\nstatus: 200\nbody: Welcome to nginx!\nin: client',
  schema,
  refuse: (spec) =>
    spec.fails !== undefined && [spec.status, spec.body, spec.headers].some((field) => field !== undefined)
      ? 'A request that fails has no status, body or headers: give `fails`, or the others.'
      : undefined,
  describe,
  needs: (spec, asking) => probeNeeds(asking, command(spec), CURL_TIME),
  judge(spec, look) {
    const expected = describe(spec, look);
    return judgeProbe(look, expected, command(spec), readCurl, (result) => {
      const found = evidence(spec, result);
      if (spec.fails !== undefined) return judgeFailure(expected, spec.fails, result.reason, found);
      if (result.reason !== undefined) return fail(expected, found);
      const wrong = differencesOf(comparisons(spec, result));
      return wrong.length === 0 ? pass(expected, found) : fail(expected, found, wrong);
    });
  },
  explainNeeds: (_, asking) => reachNeeds(asking),
  explain(spec, look) {
    const result = probeValue(look, command(spec), readCurl);
    const answered = result?.status !== undefined;
    if ((result === undefined && look.netns === '') || (answered && spec.fails === undefined))
      return undefined;
    const url = parseUrl(spec.curl);
    if (url === undefined) return undefined;
    return explainReach(look.observation, {
      ...look,
      target: spec.resolve ?? url.hostname.replace(/^\[|\]$/g, ''),
      address: result?.address,
      protocol: 'tcp',
      port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
      from: spec.from,
      said: result?.message,
      answered,
      wanted: spec.fails,
    });
  },
});
