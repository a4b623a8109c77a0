/** Settings of the kernel that have another value. */
import type { Candidate, Change } from '../model.ts';
import { literal } from '../yaml.ts';

export function sysctlEntries({ host, hostBefore, after, before }: Change): Candidate[] {
  return Object.entries(host.sysctls).flatMap(([key, value]): Candidate[] => {
    const at = key.indexOf('|');
    if (key.slice(0, at) !== after.name || value === null) return [];
    // A namespace that is new has the kernel's own values: which they are is the kernel's affair.
    const old = before === undefined ? undefined : hostBefore.sysctls[key];
    if (old === undefined || old === value) return [];
    const plain = value.trim().replace(/\s+/g, ' ');
    return plain === ''
      ? []
      : [
          {
            entry: {
              sysctl: key.slice(at + 1),
              value: /^\d{1,15}$/.test(plain) ? Number(plain) : literal(plain),
            },
          },
        ];
  });
}
