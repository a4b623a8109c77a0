/** A Kathará (or Netkit) lab: `lab.conf`, a `.startup` file a machine, and the folders that are copied into machines. Pure. */
import { type Imported, LeftOfMany, TopologyDraft } from './draft.ts';

const OPTION = /^([\w.-]+)\[(\w+)\]\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'#]*?))\s*(?:#.*)?$/;
/** Of the lab itself. */
const ABOUT = /^(LAB_\w+)\s*=/;
/** How the container is made says nothing of the network. */
const QUIET = new Set([
  'image',
  'mem',
  'cpus',
  'shell',
  'num_terms',
  'ipv6',
  'ulimit',
  'privileged',
  'entrypoint',
  'args',
]);
const REASONS: Readonly<Record<string, string>> = {
  bridged: 'bridged (there is no way to the machine that runs this)',
  port: 'port (published on the machine that runs this)',
};
/** Run by every machine before its own. */
const SHARED = 'shared';

export interface KatharaFiles {
  /** By machine: the text of its start-up file. */
  startups: ReadonlyMap<string, string>;
  /** By machine: its etc/network/interfaces. */
  interfaces?: ReadonlyMap<string, string>;
  /** Machines with a folder of files. */
  folders?: readonly string[];
}

export function readKathara(conf: string, { startups, interfaces, folders = [] }: KatharaFiles): Imported {
  const draft = new TopologyDraft();
  const domains = new Map<string, { node: string; interface: string }[]>();
  const commands: { node: string; text: string; place: string }[] = [];
  const many = new LeftOfMany();
  const machines: string[] = [];
  for (const [at, raw] of conf.split('\n').entries()) {
    const line = raw.trim();
    const place = `lab.conf:${at + 1}`;
    if (line === '' || line.startsWith('#') || ABOUT.test(line)) continue;
    const [, machine, key, ...values] = OPTION.exec(line) ?? [];
    const value = values.find((each) => each !== undefined);
    if (machine === undefined || key === undefined || value === undefined) {
      draft.leave(place, line);
      continue;
    }
    if (!draft.has(machine)) machines.push(machine);
    draft.node(machine);
    if (/^\d+$/.test(key)) {
      const [domain = '', mac] = value.split('/');
      domains.set(domain, [...(domains.get(domain) ?? []), { node: machine, interface: `eth${key}` }]);
      if (mac !== undefined)
        commands.push({ node: machine, text: `ip link set eth${key} address ${mac}`, place });
    } else if (key === 'sysctl') commands.push({ node: machine, text: `sysctl -w ${value}`, place });
    else if (key === 'exec') commands.push({ node: machine, text: value, place });
    else if (key === 'env') draft.variable(machine, value.split('=')[0]!, value.replace(/^[^=]*=/, ''));
    else if (!QUIET.has(key)) many.add(REASONS[key] ?? key, machine);
  }
  for (const [domain, members] of domains) {
    if (members.length === 2) draft.cable(members[0]!, members[1]!);
    else draft.bridge(domain, members);
  }
  for (const { node, text, place } of commands) draft.line(node, text, place);
  for (const machine of machines) {
    const text = interfaces?.get(machine);
    if (text !== undefined) draft.interfaces(machine, text, `${machine}/etc/network/interfaces`);
    const shared = startups.get(SHARED);
    if (shared !== undefined) draft.script(machine, shared, `${SHARED}.startup`);
    const own = startups.get(machine);
    if (own !== undefined) draft.script(machine, own, `${machine}.startup`);
  }
  for (const machine of startups.keys())
    if (machine !== SHARED && !draft.has(machine))
      draft.leave(`${machine}.startup`, 'lab.conf has no such machine');
  for (const machine of folders)
    many.add('the folder of files (nothing is copied into a namespace)', machine);
  many.tell(draft, 'lab.conf');
  return draft.finish();
}
