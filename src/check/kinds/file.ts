/** `file`: a path of a host's file system. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, choice, hasVariable, matching, name } from '../fields.ts';
import { describeMatcher } from '../matcher.ts';
import { sameOwner } from '../owner.ts';
import { findHost } from '../place.ts';

const schema = () =>
  z.strictObject({
    file: name('Its path, from the root.', '/etc/resolv.conf').refine(
      (value) => value.startsWith('/') || hasVariable(value),
      'A path begins with `/`.',
    ),
    kind: choice('What it is; a link is looked at itself.', [
      'file',
      'directory',
      'symlink',
      'socket',
      'fifo',
      'device',
    ]).optional(),
    mode: matching('Its permissions, octal.', '0644').optional(),
    size: matching('Its size in bytes.', { gt: 0 }).optional(),
    content: matching('Its text, without blanks at the ends.', { contains: 'nameserver' }).optional(),
    target: matching('Where a symbolic link leads.', '/run/netns/web').optional(),
    owner: matching('The user id it belongs to; `root` is 0.', 0).optional(),
    absent: absent('The path').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string }): string {
  if (spec.absent) return `there is no ${spec.file} on ${at.host}`;
  const parts: string[] = [];
  if (spec.kind !== undefined) parts.push(`is a ${spec.kind}`);
  for (const field of ['mode', 'size', 'content', 'target', 'owner'] as const) {
    const wanted = spec[field];
    if (wanted !== undefined) parts.push(`has ${field} ${describeMatcher(wanted)}`);
  }
  return parts.length === 0
    ? `there is ${spec.file} on ${at.host}`
    : `${spec.file} on ${at.host} ${parts.join(', ')}`;
}

/** `644` and `0644` are one mode. */
const sameMode = (a: string, b: string) => a.replace(/^0+(?=.)/, '') === b.replace(/^0+(?=.)/, '');

export const file = defineKind({
  name: 'file',
  summary: 'A path on the host: what it is, its permissions, its text.',
  example: 'file: /etc/resolv.conf\ncontent: {contains: nameserver}',
  schema,
  refuse(spec) {
    const others = Object.keys(spec).filter((key) => key !== 'file' && key !== 'absent');
    return spec.absent && others.length > 0 ? `A path that is not there has no \`${others[0]}\`.` : undefined;
  },
  describe,
  needs: (spec, { host }) => [{ read: 'file', host, path: spec.file }],
  judge(spec, look) {
    const expected = describe(spec, look);
    const host = findHost(look, expected);
    if (!host.ok) return host.judgement;
    const { files } = host.value;
    const found = Object.hasOwn(files, spec.file) ? files[spec.file] : undefined;
    if (found === undefined) return broken(expected, `${spec.file} was not looked at.`);
    if (!found.exists) {
      if (found.failure !== undefined)
        return broken(expected, `${spec.file} could not be looked at: ${found.failure}`);
      return (spec.absent ? pass : fail)(expected, 'it is not there');
    }
    const evidence = `${found.kind}, mode ${found.mode}, ${found.size} bytes${found.target === undefined ? '' : `, leads to ${found.target}`}`;
    if (spec.absent) return fail(expected, `it is there: ${evidence}`);
    if (
      spec.content !== undefined &&
      found.kind === 'file' &&
      (found.truncated || found.content === undefined)
    )
      return broken(expected, `${spec.file} is too long, or could not be read.`);
    const differences = differencesOf([
      { field: 'kind', expected: spec.kind, found: found.kind },
      { field: 'mode', expected: spec.mode, found: found.mode, options: { same: sameMode } },
      { field: 'size', expected: spec.size, found: found.size },
      { field: 'content', expected: spec.content, found: found.content },
      { field: 'target', expected: spec.target, found: found.target },
      { field: 'owner', expected: spec.owner, found: String(found.owner), options: { same: sameOwner } },
    ]);
    return judgeBy(expected, differences, evidence);
  },
});
