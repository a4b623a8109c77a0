/** A Kathará (or Netkit) lab: `lab.conf`, and a `.startup` file a machine. Pure. */
import { type Imported, TopologyDraft } from './draft.ts';

const OPTION = /^([\w.-]+)\[(\w+)\]\s*=\s*"?([^"#]*?)"?\s*(?:#.*)?$/;
/** Of the lab itself. */
const ABOUT = /^(LAB_\w+)\s*=/;

/** @param startups by machine: the text of its start-up file */
export function readKathara(conf: string, startups: ReadonlyMap<string, string>): Imported {
  const draft = new TopologyDraft();
  const domains = new Map<string, { node: string; interface: string }[]>();
  for (const [at, raw] of conf.split('\n').entries()) {
    const line = raw.trim();
    const place = `lab.conf:${at + 1}`;
    if (line === '' || line.startsWith('#') || ABOUT.test(line)) continue;
    const [, machine, key, value] = OPTION.exec(line) ?? [];
    if (machine === undefined || key === undefined || value === undefined) {
      draft.leave(place, line);
      continue;
    }
    draft.node(machine);
    if (/^\d+$/.test(key)) {
      const [domain = '', mac] = value.split('/');
      domains.set(domain, [...(domains.get(domain) ?? []), { node: machine, interface: `eth${key}` }]);
      if (mac !== undefined) draft.command(machine, `ip link set eth${key} address ${mac}`, place);
    } else if (key === 'sysctl') draft.command(machine, `sysctl -w ${value}`, place);
    else draft.leave(place, `${key} of ${machine}`);
  }
  for (const [domain, members] of domains) {
    if (members.length === 2) draft.cable(members[0]!, members[1]!);
    else draft.bridge(domain, members);
  }
  for (const [machine, text] of startups) {
    if (!draft.has(machine)) {
      draft.leave(`${machine}.startup`, 'lab.conf has no such machine');
      continue;
    }
    for (const [at, line] of text.split('\n').entries())
      draft.command(machine, line, `${machine}.startup:${at + 1}`);
  }
  return draft.finish();
}
