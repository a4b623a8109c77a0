/** `listen`: a socket that waits for connections or datagrams. */
import { z } from 'zod';
import { parseAddress, sameAddress } from '../../lib/addresses.ts';
import { differencesOf, nearest } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, hasVariable, matching, name } from '../fields.ts';
import { describeMatcher, oneLine } from '../matcher.ts';
import type { Judgement } from '../model.ts';
import type { NetnsObservation } from '../observation.ts';
import { inNetns, placeWords } from '../place.ts';
import { type Listener, listenerLine, listeners } from '../read/listen.ts';

interface Endpoint {
  protocol?: 'tcp' | 'udp';
  address?: string;
  port: number;
}

/** `80`, `tcp:80`, `udp:53`, `tcp:127.0.0.1:80`, `tcp:[::1]:80`. */
function endpointOf(text: string): Endpoint | undefined {
  const found = /^(?:(tcp|udp):)?(?:(\[[^\]]+\]|[^:]+):)?(\d{1,5})$/.exec(text.trim());
  if (!found) return undefined;
  const address = found[2]?.replace(/^\[(.*)\]$/, '$1');
  const port = Number(found[3]);
  if (port < 1 || port > 65535 || (address !== undefined && parseAddress(address) === undefined))
    return undefined;
  return { protocol: found[1] as 'tcp' | 'udp' | undefined, address, port };
}

const schema = () =>
  z.strictObject({
    listen: name('A port: `80`, `tcp:80`, `udp:53`, `tcp:127.0.0.1:80`.', 'tcp:80').refine(
      (value) => hasVariable(value) || endpointOf(value) !== undefined,
      'A port is expected: 80, tcp:80, udp:53 or tcp:127.0.0.1:80.',
    ),
    address: matching(
      'The address it listens on; `0.0.0.0` and `::` for all, `*` for both at once.',
      '0.0.0.0',
    ).optional(),
    process: matching('The name of the process that has it.', 'nginx').optional(),
    absent: absent('Such a socket').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const on = spec.address === undefined ? '' : ` on ${describeMatcher(spec.address)}`;
  const by = spec.process === undefined ? 'something' : describeMatcher(spec.process);
  const who = spec.absent ? (spec.process === undefined ? 'nothing' : `no ${by}`) : by;
  return `${who} listens on ${spec.listen}${on} ${placeWords(at)}`;
}

const isAny = (address: string) => address === '*' || address === '0.0.0.0' || address === '::';

/** A socket on `*` listens on all addresses of both families. */
function sameListening(wanted: string, found: string): boolean {
  return sameAddress(wanted, found) || (found === '*' && isAny(wanted));
}

function compare(spec: Spec, listener: Listener) {
  return differencesOf([
    { field: 'address', expected: spec.address, found: listener.address, options: { same: sameListening } },
    { field: 'process', expected: spec.process, found: listener.processes },
  ]);
}

function judge(spec: Spec, expected: string, netns: NetnsObservation): Judgement {
  const wanted = endpointOf(spec.listen);
  if (wanted === undefined) return { ...fail(expected, `${oneLine(spec.listen)} is no port.`), final: true };
  const sockets = listeners(netns);
  if (!sockets.ok) return broken(expected, sockets.why);
  const candidates = sockets.value.filter(
    (each) =>
      each.port === wanted.port &&
      (wanted.protocol === undefined || each.protocol === wanted.protocol) &&
      (wanted.address === undefined || sameListening(wanted.address, each.address)),
  );
  const best = nearest(candidates, (each) => compare(spec, each));
  if (best?.differences.length === 0)
    return (spec.absent ? fail : pass)(expected, listenerLine(best.candidate));
  const all = sockets.value.map(listenerLine).join('; ');
  const found = all === '' ? 'nothing listens there' : oneLine(all, 400);
  if (best && best.candidate.processes.length === 0 && spec.process !== undefined)
    return broken(expected, `ss did not show which process has ${listenerLine(best.candidate)}.`);
  if (spec.absent) return pass(expected, found);
  return best ? fail(expected, listenerLine(best.candidate), best.differences) : fail(expected, found);
}

export const listen = defineKind({
  name: 'listen',
  summary: 'A TCP or UDP socket that listens, and who has it.',
  example: 'listen: tcp:80\nin: web\nprocess: nginx',
  schema,
  describe,
  needs: (_, { host }) => [{ read: 'listen', host }],
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns) => judge(spec, expected, netns));
  },
});
