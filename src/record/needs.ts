/** What is observed around a cell: everything passive, and the settings and variables that its text mentions. Pure. */
import type { Need, Observation } from '../check/observation.ts';

/** `ip_forward` decides whether a machine is a router; a lesson rarely sets it where it is not the point. */
const FORWARDING = ['net.ipv4.ip_forward'];

const NAME = /(?<![\w.$-])(net|kernel|user|fs|vm)((?:[./][A-Za-z0-9_-]+)+)/g;

/** Names of settings that a text mentions: of `sysctl`, with dots or slashes, and of paths under /proc/sys. */
export function settingsIn(text: string): string[] {
  const paths = text.replaceAll('/proc/sys/', ' ');
  const found = [...paths.matchAll(NAME)].map((match) => match[0].replaceAll('/', '.'));
  return [...new Set([...FORWARDING, ...found])];
}

const ASSIGNED = /(?:^|[\s;&|(])(?:(?:export|declare|typeset|readonly)\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)\+?=/gm;
const READ = /\b(?:read|mapfile|readarray)\s+(?:-\w+\s+)*([A-Za-z_]\w*)/g;
const PRINTED = /\bprintf\s+-v\s+([A-Za-z_]\w*)/g;

const UNSET = /\bunset\s+((?:-\w+\s+)*[A-Za-z_]\w*(?:\s+[A-Za-z_]\w*)*)/g;

/** Variables that a text may set or unset: whether it has is seen afterwards (`A=1 command` leaves none). */
export function variablesIn(text: string): string[] {
  const unset = [...text.matchAll(UNSET)].flatMap((match) => match[1]!.split(/\s+/));
  const names = [ASSIGNED, READ, PRINTED].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1]!),
  );
  return [...new Set([...names, ...unset.filter((name) => /^\w+$/.test(name))])];
}

/** One look at all that is passive; `text` is what the cell runs, on `host`. */
export function looksFor(hosts: readonly string[], host: string, text: string): Need[] {
  return [
    ...hosts.flatMap((each): Need[] => [
      { read: 'netns', host: each },
      { read: 'ip', host: each },
      { read: 'bridge', host: each },
      { read: 'nft', host: each },
      { read: 'listen', host: each },
    ]),
    ...variablesIn(text).map((name): Need => ({ read: 'env', host, name })),
  ];
}

/** Settings have a value in each namespace, and which there are is known only after the first look. */
export function settingsFor(observation: Observation, text: string): Need[] {
  const names = settingsIn(text);
  return Object.entries(observation.hosts).flatMap(([host, { namespaces }]) =>
    namespaces.flatMap((netns) =>
      names.map((name): Need => ({ read: 'sysctl', host, netns: netns.name, name })),
    ),
  );
}
