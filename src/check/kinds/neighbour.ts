/** `neighbour`: who has answered ARP or neighbour discovery. */
import { z } from 'zod';
import { sameAddress, sameMac } from '../../lib/addresses.ts';
import { differencesOf, judgeBy, nearest } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, address, matching } from '../fields.ts';
import { describeMatcher, oneLine } from '../matcher.ts';
import type { Judgement } from '../model.ts';
import type { NetnsObservation } from '../observation.ts';
import { inNetns, placeWords } from '../place.ts';
import { ipFacts } from '../read/ip.ts';
import type { Neighbour } from '../read/neighbour.ts';

const schema = () =>
  z.strictObject({
    neighbour: address('Its IP address.', '10.0.0.12'),
    mac: matching('The link-layer address that it answered with.', '02:00:00:00:00:0b').optional(),
    state: matching('REACHABLE, STALE, DELAY, PROBE, FAILED, INCOMPLETE, PERMANENT.', 'REACHABLE').optional(),
    dev: matching('The interface behind which it is.', 'veth-client').optional(),
    absent: absent('Such an entry').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const parts: string[] = [];
  if (spec.mac !== undefined) parts.push(`with the MAC ${describeMatcher(spec.mac)}`);
  if (spec.state !== undefined) parts.push(`in state ${describeMatcher(spec.state)}`);
  if (spec.dev !== undefined) parts.push(`behind ${describeMatcher(spec.dev)}`);
  const how = parts.length === 0 ? '' : ` ${parts.join(' ')}`;
  return `the neighbour ${spec.neighbour}${how} is ${spec.absent ? 'not ' : ''}known ${placeWords(at)}`;
}

function line(neighbour: Neighbour): string {
  const dev = neighbour.dev === undefined ? '' : ` dev ${neighbour.dev}`;
  const mac = neighbour.mac === undefined ? '' : ` lladdr ${neighbour.mac}`;
  return `${neighbour.address}${dev}${mac} ${neighbour.states.join(',')}`.trim();
}

function compare(spec: Spec, neighbour: Neighbour) {
  return differencesOf([
    { field: 'mac', expected: spec.mac, found: neighbour.mac, options: { same: sameMac } },
    { field: 'state', expected: spec.state, found: neighbour.states, options: { same: sameState } },
    { field: 'dev', expected: spec.dev, found: neighbour.dev },
  ]);
}

const sameState = (a: string, b: string) => a.toUpperCase() === b;

/** Entries that nobody has answered say that somebody was looked for, not that he is known. */
const unanswered = (neighbour: Neighbour) =>
  neighbour.states.some((state) => state === 'FAILED' || state === 'INCOMPLETE');

function judge(spec: Spec, expected: string, netns: NetnsObservation): Judgement {
  const { neighbours } = ipFacts(netns);
  if (!neighbours.ok) return broken(expected, neighbours.why);
  const own = neighbours.value.filter((each) => sameAddress(each.address, spec.neighbour));
  const candidates = spec.state === undefined ? own.filter((each) => !unanswered(each)) : own;
  const best = nearest(candidates, (each) => compare(spec, each));
  if (best?.differences.length === 0) return (spec.absent ? fail : pass)(expected, line(best.candidate));
  const all = own.length > 0 ? own : neighbours.value;
  const found = all.length === 0 ? 'no neighbour is known' : oneLine(all.map(line).join('; '), 400);
  if (spec.absent) return pass(expected, found);
  return best ? judgeBy(expected, best.differences, found) : fail(expected, found);
}

export const neighbour = defineKind({
  name: 'neighbour',
  summary:
    'An entry of the neighbour table: a machine in the same network that has answered ARP (or discovery).',
  example: 'neighbour: 10.0.0.12\nin: client\nstate: REACHABLE',
  schema,
  describe,
  needs: (_, { host }) => [{ read: 'ip', host }],
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns) => judge(spec, expected, netns));
  },
});
