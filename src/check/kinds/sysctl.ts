/** `sysctl`: a setting of the kernel, of one network namespace. */
import { z } from 'zod';
import { differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail } from '../define.ts';
import { matching, name } from '../fields.ts';
import { describeMatcher, shown } from '../matcher.ts';
import { inNetns, placeWords } from '../place.ts';

const schema = () =>
  z.strictObject({
    sysctl: name('Its name, with dots.', 'net.ipv4.ip_forward').refine(
      (value) => !value.includes('/') && !value.includes('..'),
      'The name of a setting has dots, not slashes.',
    ),
    value: matching('What it is set to.', 1),
  });
type Spec = z.output<ReturnType<typeof schema>>;

const describe = (spec: Spec, at: { host: string; netns: string }) =>
  `${spec.sysctl} ${placeWords(at)} is ${describeMatcher(spec.value)}`;

export const sysctl = defineKind({
  name: 'sysctl',
  summary: 'A setting of the kernel under /proc/sys, as the namespace has it.',
  example: 'sysctl: net.ipv4.ip_forward\nvalue: 1',
  schema,
  describe,
  needs: (spec, { host, netns }) => [
    { read: 'netns', host },
    { read: 'sysctl', host, netns, name: spec.sysctl },
  ],
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (_, host) => {
      const key = `${look.netns}|${spec.sysctl}`;
      const value = Object.hasOwn(host.sysctls, key) ? host.sysctls[key] : undefined;
      if (value === undefined) return broken(expected, `${spec.sysctl} was not read.`);
      if (value === null) return fail(expected, `this kernel has no setting ${spec.sysctl} there`);
      // Several numbers of one setting are separated by tabs.
      const plain = value.trim().replace(/\s+/g, ' ');
      return judgeBy(
        expected,
        differencesOf([{ field: 'value', expected: spec.value, found: plain }]),
        `${spec.sysctl} = ${shown(plain)}`,
      );
    });
  },
});
