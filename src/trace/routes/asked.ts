/** What is asked of the namespaces that packets were routed in, once these have been seen. Pure. */
import type { Decision } from './decisions.ts';
import type { RouteQuestion } from './model.ts';
import { linksRequest, neighboursRequest, routeRequest, routesRequest } from './netlink.ts';

/** One question to the kernel, in one namespace. */
export interface Ask {
  space: number;
  key: string;
  /** Only where a question before it was answered by an error: what else the kernel has to say of that. */
  onError: boolean;
  /** A message for rtnetlink, or a file below /proc/sys/net. */
  kind: 'netlink' | 'file';
  data: Buffer;
}

/** A flow is asked about once; a command with more flows than this is no longer read packet by packet. */
export const MOST_QUESTIONS = 100;

export const questionKey = (question: RouteQuestion, what: 'entry' | 'hop'): string =>
  `${what} ${Object.values(sorted(question)).join(' ')}`;

const sorted = ({ way, source, destination, uidEnd: _, ...rest }: RouteQuestion) => ({
  way,
  source,
  destination,
  ...Object.fromEntries(
    Object.entries(rest)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, `${name} ${value}`]),
  ),
});

export const isSetting = (key: string): boolean => key.startsWith('ipv4/');
export const settingsOf = (name: string): string[] =>
  [name, 'all'].flatMap((one) => [`ipv4/conf/${one}/forwarding`, `ipv4/conf/${one}/rp_filter`]);

export function asksOf(
  decisions: readonly Decision[],
  nameOf: (space: number, index: number) => string,
): Ask[] {
  const asks = new Map<string, Ask>();
  const add = (ask: Ask) => {
    const key = `${ask.space} ${ask.key}`;
    if (!asks.has(key)) asks.set(key, ask);
  };
  const netlink = (space: number, key: string, data: Buffer, onError = false) =>
    add({ space, key, onError, kind: 'netlink', data });
  const questions = decisions.flatMap(({ space, question, bound }) =>
    [question, ...(bound ? [bound] : [])].map((each) => ({ space, question: each })),
  );
  const distinct = new Map(
    questions.map((each) => [`${each.space} ${questionKey(each.question, 'entry')}`, each]),
  );
  const kept = [...distinct.values()].slice(0, MOST_QUESTIONS);
  for (const { space, question } of kept) {
    netlink(space, questionKey(question, 'entry'), routeRequest(question, 'entry'));
    netlink(space, questionKey(question, 'hop'), routeRequest(question, 'hop'));
  }
  for (const space of new Set(kept.map((each) => each.space))) {
    netlink(space, 'links', linksRequest());
    netlink(space, 'neighbours', neighboursRequest());
    netlink(space, 'routes', routesRequest(), true);
    for (const { question } of kept.filter((each) => each.space === space)) {
      const name = question.index === undefined ? undefined : nameOf(space, question.index);
      if (name === undefined || question.destination.includes(':')) continue;
      for (const path of settingsOf(name))
        add({ space, key: path, onError: true, kind: 'file', data: Buffer.from(path) });
    }
  }
  // in each namespace all at once
  return [...asks.values()].sort((a, b) => a.space - b.space || Number(a.onError) - Number(b.onError));
}
