/** `process`: a running process, by name or by its command line. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, matching, nameOrPattern } from '../fields.ts';
import { compile, describeMatcher, type Matcher, match, oneLine } from '../matcher.ts';
import type { Judgement } from '../model.ts';
import type { HostObservation, NetnsObservation, ProcessObservation } from '../observation.ts';
import { sameOwner } from '../owner.ts';
import { inNetns } from '../place.ts';

const schema = () =>
  z.strictObject({
    process: nameOrPattern('The name of its command; or `/pattern/` for its whole command line.', 'nginx'),
    count: matching('How many there are; without this field at least one.', { ge: 2 }).optional(),
    user: matching('The user id that it runs as; `root` is 0.', 'root').optional(),
    absent: absent('Such a process').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function nameOf(spec: Spec): string {
  return typeof spec.process === 'string' ? spec.process : `/${spec.process.matches}/${spec.process.flags}`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const place = at.netns === '' ? `on ${at.host}` : `in ${at.netns} on ${at.host}`;
  const by = spec.user === undefined ? '' : ` of ${describeMatcher(spec.user)}`;
  if (spec.absent) return `no process ${nameOf(spec)}${by} runs ${place}`;
  if (spec.count === undefined) return `a process ${nameOf(spec)}${by} runs ${place}`;
  return `of the processes ${nameOf(spec)}${by} ${place} there are ${describeMatcher(spec.count)}`;
}

/** The kernel keeps 15 bytes of a command's name; the first argument has the whole. */
function isNamed(process: ProcessObservation, wanted: Spec['process']): boolean {
  if (typeof wanted === 'string')
    return process.command === wanted || process.argv[0]?.split('/').at(-1) === wanted;
  const regex = compile(wanted.matches, wanted.flags);
  return typeof regex !== 'string' && regex.test(process.argv.join(' ') || process.command);
}

const line = (process: ProcessObservation) =>
  `${process.pid} ${oneLine(process.argv.join(' ') || process.command, 80)}`;

function judge(
  spec: Spec,
  expected: string,
  look: { host: string; netns: string },
  netns: NetnsObservation,
  host: HostObservation,
): Judgement {
  if (host.processes === undefined) return broken(expected, `The processes of ${look.host} were not read.`);
  // A zombie has ended; only its parent has not noticed.
  const running = host.processes.filter((each) => !each.state.startsWith('Z') && !each.state.startsWith('X'));
  const here = look.netns === '' ? running : running.filter((each) => each.netns === netns.inode);
  const named = here.filter((each) => isNamed(each, spec.process));
  const { user } = spec;
  if (user !== undefined && named.some((each) => each.user === undefined))
    return broken(expected, 'The owner of a process could not be read.');
  const found =
    user === undefined ? named : named.filter((each) => match(user, each.user, { same: sameOwner }).ok);
  const evidence =
    found.length === 0
      ? `${here.length} processes run there, none of them ${nameOf(spec)}`
      : oneLine(found.map(line).join('; '), 400);
  if (spec.absent) return (found.length === 0 ? pass : fail)(expected, evidence);
  const count: Matcher = spec.count ?? { ge: 1 };
  return judgeBy(
    expected,
    differencesOf([{ field: 'count', expected: count, found: found.length }]),
    evidence,
  );
}

export const process = defineKind({
  name: 'process',
  summary: 'A running process. With `in:`, one whose network namespace it is.',
  example: 'process: nginx\ncount: {ge: 2}',
  schema,
  refuse: (spec) =>
    spec.absent && spec.count !== undefined
      ? '`absent` and `count` exclude one another; `count: 0` says the same.'
      : undefined,
  describe,
  needs: (_, { host }) => [
    { read: 'netns', host },
    { read: 'process', host },
  ],
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns, host) => judge(spec, expected, look, netns, host));
  },
});
