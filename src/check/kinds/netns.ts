/** `netns`: a network namespace with a name. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, matching, name } from '../fields.ts';
import { describeMatcher, shown } from '../matcher.ts';
import { findHost } from '../place.ts';

const schema = () =>
  z.strictObject({
    netns: name('Its name, a file under /run/netns.', 'client'),
    id: matching('The id that the host has given it; `true`: it has one.', true).optional(),
    absent: absent('The namespace').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string }): string {
  const what = `the network namespace ${spec.netns}`;
  if (spec.absent) return `${what} is not on ${at.host}`;
  if (spec.id === undefined) return `${what} is on ${at.host}`;
  if (typeof spec.id === 'boolean') return `${what} on ${at.host} has ${spec.id ? 'an id' : 'no id'}`;
  return `${what} on ${at.host} has the id ${describeMatcher(spec.id)}`;
}

export const netns = defineKind({
  name: 'netns',
  summary: 'A network namespace of this name is on the host, as `ip netns list` shows it.',
  example: 'netns: client',
  schema,
  refuse: (spec) =>
    spec.absent && spec.id !== undefined ? 'A namespace that is not there has no id.' : undefined,
  describe,
  needs: (_, { host }) => [{ read: 'netns', host }],
  judge(spec, look) {
    const expected = describe(spec, look);
    const host = findHost(look, expected);
    if (!host.ok) return host.judgement;
    const { namespaces } = host.value;
    // The host's own is always listed: without it the list was not read.
    if (!namespaces.some((each) => each.name === ''))
      return broken(expected, `The namespaces of ${look.host} could not be read.`);
    const names = namespaces.map((each) => each.name).filter((each) => each !== '');
    const list = names.length === 0 ? 'no namespace has a name' : `the namespaces are ${shown(names)}`;
    const found = names.includes(spec.netns)
      ? namespaces.find((each) => each.name === spec.netns)
      : undefined;
    if (!found) return spec.absent ? pass(expected, list) : fail(expected, list);
    if (spec.absent) return fail(expected, `${spec.netns} is there`);
    const evidence =
      found.id === undefined ? `${spec.netns} is there` : `${spec.netns} has the id ${found.id}`;
    const wanted = typeof spec.id === 'boolean' ? [] : [{ field: 'id', expected: spec.id, found: found.id }];
    if (typeof spec.id === 'boolean' && spec.id !== (found.id !== undefined))
      return fail(expected, found.id === undefined ? `${spec.netns} has no id` : evidence);
    return judgeBy(expected, differencesOf(wanted), evidence);
  },
});
