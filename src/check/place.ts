/** Where a check looks: finds the host and the namespace in an observation, or says why it cannot. */
import { broken } from './define.ts';
import { shown } from './matcher.ts';
import type { Judgement, Look } from './model.ts';
import type { HostObservation, NetnsObservation } from './observation.ts';

/** `in client`, `in client on node01`, `on node01`: the place as an end of a sentence. */
export function placeWords(at: { host: string; netns: string }): string {
  return at.netns === '' ? `on ${at.host}` : `in ${at.netns} on ${at.host}`;
}

/** A namespace in a sentence. */
export function netnsWords(netns: string, host: string): string {
  return netns === '' ? `the namespace of ${host} itself` : `the namespace ${netns}`;
}

export type Found<T> = { ok: true; value: T } | { ok: false; judgement: Judgement };

export function findHost(look: Look, expected: string): Found<HostObservation> {
  const host = Object.hasOwn(look.observation.hosts, look.host)
    ? look.observation.hosts[look.host]
    : undefined;
  if (host === undefined)
    return { ok: false, judgement: broken(expected, `The host ${look.host} was not looked at.`) };
  if (host.failure !== undefined)
    return {
      ok: false,
      judgement: broken(expected, `The host ${look.host} could not be looked at: ${host.failure}`),
    };
  return { ok: true, value: host };
}

/** An unknown namespace is a failure that stands, negated or not: the learner has not made it. */
export function findNetns(
  look: Look,
  expected: string,
): Found<{ host: HostObservation; netns: NetnsObservation }> {
  const host = findHost(look, expected);
  if (!host.ok) return host;
  const { namespaces } = host.value;
  // The host's own is always listed: without it the list was not read.
  if (!namespaces.some((each) => each.name === ''))
    return { ok: false, judgement: broken(expected, `The namespaces of ${look.host} could not be read.`) };
  const netns = namespaces.find((each) => each.name === look.netns);
  if (netns !== undefined) return { ok: true, value: { host: host.value, netns } };
  const names = namespaces.map((each) => each.name).filter((each) => each !== '');
  const found = `There is no network namespace ${shown(look.netns)} on ${look.host}; there is ${names.length === 0 ? 'none with a name' : shown(names)}.`;
  return { ok: false, judgement: { state: 'fail', expected, found, differences: [], final: true } };
}

/** Judges in the namespace of the look, once it is found. */
export function inNetns(
  look: Look,
  expected: string,
  judge: (netns: NetnsObservation, host: HostObservation) => Judgement,
): Judgement {
  const found = findNetns(look, expected);
  return found.ok ? judge(found.value.netns, found.value.host) : found.judgement;
}
