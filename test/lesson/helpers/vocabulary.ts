import type { CheckVocabulary, EntryFault } from '../../../src/lesson/model.ts';
import { suggest } from '../../../src/lib/suggest.ts';

/** A small vocabulary of the tests' own: each kind is a list of fields; `mtu` must be a number. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  interface: ['interface', 'state', 'mtu', 'address'],
  ping: ['ping', 'loss', 'from'],
  netns: ['netns', 'id'],
  firewall: ['firewall', 'rule'],
  output: ['output'],
};

function faultsOf(kind: string, fields: Readonly<Record<string, unknown>>): EntryFault[] {
  const names = FIELDS[kind]!;
  const unknown = Object.keys(fields)
    .filter((name) => !names.includes(name))
    .map((name): EntryFault => {
      const near = suggest(name, names);
      const instead = near === undefined ? {} : { instead: `did you mean \`${near}\`?` };
      const message = `Unknown field \`${name}\`.`;
      return { code: 'unknown-field', path: [name], atKey: true, message, ...instead };
    });
  const faults = [...unknown];
  if ('mtu' in fields && typeof fields.mtu !== 'number')
    faults.push({ code: 'bad-value', path: ['mtu'], message: '`mtu` must be a number.' });
  const rule = fields.rule as { dport?: unknown } | undefined;
  if (rule?.dport === 'any')
    faults.push({ code: 'bad-value', path: ['rule', 'dport'], message: '`dport` must be a port.' });
  return faults;
}

export const vocabulary: CheckVocabulary = {
  kinds: Object.keys(FIELDS),
  parse(kind, fields) {
    const faults = faultsOf(kind, fields);
    return faults.length > 0 ? { ok: false, faults } : { ok: true, spec: fields };
  },
};
