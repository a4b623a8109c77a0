/** `env`: a variable of the host's persistent shell. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, matching, name } from '../fields.ts';
import { describeMatcher, shown } from '../matcher.ts';
import { findHost } from '../place.ts';

const schema = () =>
  z.strictObject({
    env: name('Its name, without the dollar.', 'WEB_IP').refine(
      (value) => /^[A-Za-z_]\w*$/.test(value),
      'The name of a variable has letters, digits and `_`, and no dollar.',
    ),
    value: matching('What it is set to; without this field anything but nothing.', '172.18.0.3').optional(),
    absent: absent('The variable').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

function describe(spec: Spec, at: { host: string }): string {
  const what = `the variable ${spec.env} of the cells’ shell on ${at.host}`;
  if (spec.absent) return `${what} is unset`;
  return spec.value === undefined ? `${what} is set` : `${what} is ${describeMatcher(spec.value)}`;
}

export const env = defineKind({
  name: 'env',
  summary: 'A variable of the shell in which the cells run; with only a name: it is set and not empty.',
  example: 'env: WEB_IP\nvalue: /^172\\./',
  schema,
  refuse: (spec) =>
    spec.absent && spec.value !== undefined ? 'A variable that is unset has no `value`.' : undefined,
  describe,
  needs: (spec, { host }) => [{ read: 'env', host, name: spec.env }],
  judge(spec, look) {
    const expected = describe(spec, look);
    const host = findHost(look, expected);
    if (!host.ok) return host.judgement;
    const value = Object.hasOwn(host.value.env, spec.env) ? host.value.env[spec.env] : undefined;
    if (value === undefined) return broken(expected, `The variable ${spec.env} was not read.`);
    if (value === null) return (spec.absent ? pass : fail)(expected, `${spec.env} is unset`);
    const evidence = `${spec.env}=${shown(value)}`;
    if (spec.absent) return fail(expected, evidence);
    if (spec.value === undefined) return (value.trim() === '' ? fail : pass)(expected, evidence);
    return judgeBy(
      expected,
      differencesOf([{ field: 'value', expected: spec.value, found: value }]),
      evidence,
    );
  },
});
