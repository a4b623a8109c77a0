/** `container`: a container of the host's engine: whether it runs, from which image, in which network namespace. */
import { z } from 'zod';
import { type Comparison, differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, flag, matching, name } from '../fields.ts';
import { describeMatcher } from '../matcher.ts';
import type { Need } from '../observation.ts';
import { findHost } from '../place.ts';
import { readContainer } from '../read/container.ts';
import { netnsOf } from '../read/container-netns.ts';

const schema = () =>
  z.strictObject({
    container: name('Its name.', 'web'),
    running: flag('Whether it runs; without this field it must.').optional(),
    image: matching('The image that it was made from, as it was named.', 'nginx').optional(),
    network: matching('Its network mode: `bridge`, `none`, `host`, `container:ID`.', 'none').optional(),
    address: matching('An address that the engine has given it.', '172.18.0.2').optional(),
    netns: name('A name under /run/netns that leads to its network namespace.', 'web').optional(),
    shares: name('Another container, whose network namespace it is in.', 'pause').optional(),
    absent: absent('The container').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string }): string {
  if (spec.absent) return `there is no container ${spec.container} on ${at.host}`;
  const parts = [spec.running === false ? 'does not run' : 'runs'];
  for (const field of ['image', 'network', 'address'] as const) {
    const wanted = spec[field];
    if (wanted !== undefined) parts.push(`has ${field} ${describeMatcher(wanted)}`);
  }
  if (spec.netns !== undefined) parts.push(`is in the network namespace ${spec.netns}`);
  if (spec.shares !== undefined) parts.push(`shares the network namespace of ${spec.shares}`);
  return `the container ${spec.container} on ${at.host} ${parts.join(', ')}`;
}

export const container = defineKind({
  name: 'container',
  summary: "A container of the host's engine: whether it runs, its image, its network.",
  example: 'container: web\nimage: nginx\nnetns: web',
  schema,
  refuse(spec) {
    const others = Object.keys(spec).filter((key) => key !== 'container' && key !== 'absent');
    if (spec.absent && others.length > 0) return `A container that is not there has no \`${others[0]}\`.`;
    if (spec.running === false && (spec.netns !== undefined || spec.shares !== undefined))
      return 'A container that does not run is in no network namespace.';
    return undefined;
  },
  describe,
  needs(spec, { host }) {
    const needs: Need[] = [{ read: 'container', host, name: spec.container }];
    if (spec.netns !== undefined || spec.shares !== undefined)
      needs.push({ read: 'netns', host }, { read: 'process', host });
    if (spec.shares !== undefined) needs.push({ read: 'container', host, name: spec.shares });
    return needs;
  },
  judge(spec, look) {
    const expected = describe(spec, look);
    const host = findHost(look, expected);
    if (!host.ok) return host.judgement;
    const reading = readContainer(host.value, spec.container);
    if (reading.state === 'unknown') return broken(expected, reading.why);
    if (reading.state === 'absent') return (spec.absent ? pass : fail)(expected, reading.why);
    const { container: found } = reading;
    const evidence = found.running
      ? `it runs ${found.image} as process ${found.pid}, network ${found.network}`
      : `it has ended with status ${found.exitCode}`;
    if (spec.absent) return fail(expected, evidence);
    const comparisons: Comparison[] = [
      { field: 'running', expected: spec.running ?? true, found: found.running },
      { field: 'image', expected: spec.image, found: found.image },
      { field: 'network', expected: spec.network, found: found.network },
      {
        field: 'address',
        expected: spec.address,
        found: found.addresses.length > 0 ? found.addresses : undefined,
      },
    ];
    if (found.running && (spec.netns !== undefined || spec.shares !== undefined)) {
      const place = netnsOf(host.value, found);
      if (place === undefined)
        return broken(expected, `The network namespace of ${spec.container} could not be read.`);
      if (spec.netns !== undefined) {
        const named = host.value.namespaces.filter((each) => each.inode === place).map((each) => each.name);
        comparisons.push({ field: 'netns', expected: { contains: spec.netns }, found: named });
      }
      if (spec.shares !== undefined) {
        const other = readContainer(host.value, spec.shares);
        if (other.state === 'unknown') return broken(expected, other.why);
        const shared = other.state === 'there' && netnsOf(host.value, other.container) === place;
        comparisons.push({
          field: `shares ${spec.shares}`,
          expected: true,
          found: shared,
        });
      }
    }
    return judgeBy(expected, differencesOf(comparisons), evidence);
  },
});
