/** `route`: an entry of a routing table, or, with `get`, what the kernel would choose. */
import { z } from 'zod';
import { parseAddress, parsePrefix } from '../../lib/addresses.ts';
import { differencesOf, judgeBy, nearest } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, address, choice, flag, hasVariable, matching, name } from '../fields.ts';
import { describeMatcher, oneLine } from '../matcher.ts';
import type { Judgement, Look } from '../model.ts';
import { type Need, type NetnsObservation, needKey } from '../observation.ts';
import { findNetns, inNetns, placeWords } from '../place.ts';
import { ipFacts } from '../read/ip.ts';
import { routeLine } from '../read/route.ts';
import { leadsTo, routeComparisons, tableName } from '../read/route-compare.ts';
import { ROUTE_GET_FAILURES, readRouteGet } from '../read/route-get.ts';
import { explainRoute } from '../why/route.ts';

const GET_TIMEOUT_MS = 5000;

const schema = () =>
  z.strictObject({
    route: name('Where it leads: `default`, a prefix, or an address.', 'default').refine(
      (value) => value === 'default' || hasVariable(value) || parsePrefix(value) !== undefined,
      'A destination is `default`, a prefix such as 10.0.0.0/24, or an address.',
    ),
    via: address('The gateway.', '172.30.0.1').optional(),
    dev: name('The interface it leaves by.', 'veth-client').optional(),
    src: address('The source address that it prefers.', '10.0.0.11').optional(),
    metric: matching('Its metric; 0 where none is shown.', 100).optional(),
    table: name('The table: main (without this field), local, default, or a number.', 'main').optional(),
    type: choice('What becomes of the packet.', [
      'unicast',
      'blackhole',
      'unreachable',
      'prohibit',
      'local',
    ]).optional(),
    scope: matching('Its scope: global, link, host.', 'link').optional(),
    protocol: matching('Who made it: kernel, boot, static, ...', 'kernel').optional(),
    absent: absent('Such a route').optional(),
    get: flag('Ask the kernel which route it takes to the address (`ip route get`).').optional(),
    from: address(
      'With `get`: the source address to ask for; rules by source then count.',
      '10.0.0.11',
    ).optional(),
    fails: choice('With `get`: the kernel finds no way, and why.', ROUTE_GET_FAILURES).optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const parts: string[] = [];
  if (spec.via !== undefined) parts.push(`via ${spec.via}`);
  if (spec.dev !== undefined) parts.push(`dev ${spec.dev}`);
  if (spec.src !== undefined) parts.push(`src ${spec.src}`);
  if (spec.metric !== undefined) parts.push(`metric ${describeMatcher(spec.metric)}`);
  if (spec.table !== undefined) parts.push(`table ${spec.table}`);
  if (spec.type !== undefined) parts.push(`of type ${spec.type}`);
  if (spec.scope !== undefined) parts.push(`scope ${describeMatcher(spec.scope)}`);
  if (spec.protocol !== undefined) parts.push(`protocol ${describeMatcher(spec.protocol)}`);
  const how = parts.length === 0 ? '' : ` ${parts.join(' ')}`;
  const place = placeWords(at);
  if (!spec.get) {
    const what = spec.route === 'default' ? 'a default route' : `a route to ${spec.route}`;
    return spec.absent ? `there is no${what.slice(1)}${how} ${place}` : `there is ${what}${how} ${place}`;
  }
  const source = spec.from === undefined ? '' : ` from ${spec.from}`;
  if (spec.fails !== undefined)
    return `the kernel finds no way to ${spec.route}${source} ${place}: ${spec.fails}`;
  return `the kernel's way to ${spec.route}${source} ${place}${how === '' ? ' is known' : ` is${how}`}`;
}

function refuse(spec: Spec): string | undefined {
  if (!spec.get) {
    const field = spec.fails !== undefined ? 'fails' : spec.from !== undefined ? 'from' : undefined;
    return field && `\`${field}\` is of use only with \`get: true\`.`;
  }
  if (!hasVariable(spec.route) && parseAddress(spec.route) === undefined)
    return 'With `get` an address is asked for, not a prefix.';
  const tableOnly = (['table', 'metric', 'absent', 'scope', 'protocol'] as const).find(
    (key) => spec[key] !== undefined,
  );
  if (tableOnly)
    return `\`${tableOnly}\` is of use only without \`get\`: the kernel does not say it of its choice.`;
  if (
    spec.fails !== undefined &&
    [spec.via, spec.dev, spec.src, spec.type].some((each) => each !== undefined)
  )
    return 'Where no way is found there is no `via`, `dev`, `src` or `type`.';
  return undefined;
}

/** The probe of `get`; undefined when a variable has put something that is no address there. */
function getNeed(spec: Spec, at: { host: string; netns: string }): Need | undefined {
  if (parseAddress(spec.route) === undefined) return undefined;
  if (spec.from !== undefined && parseAddress(spec.from) === undefined) return undefined;
  const argv = [
    'ip',
    '-j',
    'route',
    'get',
    spec.route,
    ...(spec.from === undefined ? [] : ['from', spec.from]),
  ];
  return { read: 'probe', host: at.host, netns: at.netns, argv, timeoutMs: GET_TIMEOUT_MS };
}

function judgeGet(spec: Spec, expected: string, look: Look): Judgement {
  const need = getNeed(spec, look);
  if (need === undefined) return fail(expected, `${oneLine(spec.route)} is no address.`);
  const choice = readRouteGet(look.observation.probes[needKey(need)]);
  if (!choice.ok) return broken(expected, choice.why);
  const { route, failure, said } = choice.value;
  if (route === undefined) {
    if (spec.fails === failure) return pass(expected, said);
    return fail(expected, said, [
      { field: 'route', expected: spec.fails ?? 'a way', found: failure ?? 'no way' },
    ]);
  }
  if (spec.fails !== undefined) return fail(expected, routeLine(route));
  return judgeBy(expected, differencesOf(routeComparisons(spec, route)), routeLine(route));
}

function judgeTable(spec: Spec, expected: string, netns: NetnsObservation): Judgement {
  const { routes } = ipFacts(netns);
  if (!routes.ok) return broken(expected, routes.why);
  const table = tableName(spec.table ?? 'main');
  const inTable = routes.value.filter((route) => tableName(route.table) === table);
  const candidates = inTable.filter((route) => leadsTo(route, spec.route));
  const best = nearest(candidates, (route) => differencesOf(routeComparisons(spec, route)));
  // Of the other family nothing can lead there.
  const family = (spec.via ?? spec.route).includes(':') ? 6 : 4;
  const alike = inTable.filter((route) => route.family === family);
  const all =
    inTable.length === 0
      ? `the table ${table} is empty`
      : alike.length === 0
        ? `the table ${table} has no route of IPv${family}`
        : alike.map(routeLine).join('; ');
  if (best?.differences.length === 0) return (spec.absent ? fail : pass)(expected, routeLine(best.candidate));
  if (spec.absent) return pass(expected, oneLine(all, 400));
  if (best) return fail(expected, routeLine(best.candidate), best.differences);
  return fail(expected, oneLine(all, 400));
}

export const route = defineKind({
  name: 'route',
  summary: 'An entry of a routing table; with `get`, the way that the kernel would choose.',
  example: 'route: default\nin: client1\nvia: 172.30.0.1',
  schema,
  refuse,
  describe,
  needs(spec, at) {
    if (!spec.get) return [{ read: 'ip', host: at.host }];
    const need = getNeed(spec, at);
    return need ? [{ read: 'netns', host: at.host }, need] : [{ read: 'netns', host: at.host }];
  },
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns) =>
      spec.get ? judgeGet(spec, expected, look) : judgeTable(spec, expected, netns),
    );
  },
  explainNeeds: (_, { host }) => [{ read: 'ip', host }],
  explain(spec, look) {
    const found = findNetns(look, '');
    return found.ok && !spec.absent && spec.fails === undefined
      ? explainRoute(spec, found.value.netns)
      : undefined;
  },
});
