/** Any JSON as an observation: what has not the form is left out, so that a journal somebody mended by hand is drawn too. */
import type {
  HostObservation,
  NetnsObservation,
  Observation,
  ProcessObservation,
  ToolResult,
} from '../check/observation.ts';
import { isJson, number, text, texts } from '../check/read/json.ts';

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const FAILURES = ['missing-tool', 'timeout', 'no-namespace', 'error'] as const;

function tool(value: unknown): ToolResult | undefined {
  if (!isJson(value)) return undefined;
  const failure = FAILURES.find((one) => one === value.failure);
  return {
    exit: number(value.exit) ?? null,
    stdout: text(value.stdout) ?? '',
    stderr: text(value.stderr) ?? '',
    ...(failure === undefined ? {} : { failure }),
  };
}

function netns(value: unknown): NetnsObservation[] {
  if (!isJson(value)) return [];
  const name = text(value.name);
  if (name === undefined) return [];
  const ids = isJson(value.ids)
    ? Object.fromEntries(
        Object.entries(value.ids).filter(
          (entry): entry is [string, number] => number(entry[1]) !== undefined,
        ),
      )
    : undefined;
  return [
    {
      name,
      inode: text(value.inode) ?? '',
      id: number(value.id),
      ids,
      ip: tool(value.ip),
      bridge: tool(value.bridge),
      nft: tool(value.nft),
      iptables: tool(value.iptables),
    },
  ];
}

function process(value: unknown): ProcessObservation[] {
  if (!isJson(value)) return [];
  const pid = number(value.pid);
  const netns = text(value.netns);
  if (pid === undefined || netns === undefined) return [];
  return [
    {
      pid,
      ppid: number(value.ppid) ?? 0,
      command: text(value.command) ?? '',
      argv: texts(value.argv),
      netns,
      state: text(value.state) ?? '',
    },
  ];
}

function host(value: unknown): HostObservation {
  const raw = isJson(value) ? value : {};
  const sysctls = isJson(raw.sysctls) ? raw.sysctls : {};
  return {
    namespaces: list(raw.namespaces).flatMap(netns),
    processes: list(raw.processes).flatMap(process),
    sysctls: Object.fromEntries(Object.entries(sysctls).map(([key, one]) => [key, text(one) ?? null])),
    files: {},
    env: {},
    ...(text(raw.failure) === undefined ? {} : { failure: text(raw.failure) }),
  };
}

/** Fresh objects: what the readers of check/ remember of the old ones does not stick to them. */
export function saneObservation(value: unknown): Observation {
  const raw = isJson(value) ? value : {};
  const hosts = isJson(raw.hosts) ? raw.hosts : {};
  return {
    at: text(raw.at) ?? '',
    hosts: Object.fromEntries(Object.entries(hosts).map(([name, one]) => [name, host(one)])),
    probes: {},
  };
}
