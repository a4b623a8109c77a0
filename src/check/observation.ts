/**
 * What was read of the hosts: pure data, JSON-serialisable, kept in the journal so that it can be judged again later.
 * The raw texts of the tools are kept; `check/read/` turns them into typed facts.
 */

import type { TraceCapture } from '../trace/capture.ts';

/**
 * Something that a check wants observed. Passive needs of one host are read in one round trip; probes of one cell run
 * side by side. Needs that are equal (same `needKey`) are observed once.
 */
export type Need =
  /** Names and ids of all network namespaces of the host (`netns list`), always read when anything is. */
  | { read: 'netns'; host: string }
  /** `ip -j -d` addr, route (all tables, 4 and 6), rule, neigh for EVERY namespace of the host. */
  | { read: 'ip'; host: string }
  /** `bridge -j` fdb and vlan, and link, for every namespace of the host. */
  | { read: 'bridge'; host: string }
  /** `nft -j list ruleset` for every namespace of the host. */
  | { read: 'nft'; host: string }
  /** Sockets that listen, with their process: `ss -H -l -n -t -u -p` for every namespace. */
  | { read: 'listen'; host: string }
  /** All processes of the host. */
  | { read: 'process'; host: string }
  /** `/proc/sys` value, name with dots: `net.ipv4.ip_forward`; read in one namespace. */
  | { read: 'sysctl'; host: string; netns: string; name: string }
  /** Kind, mode, size, link target and at most 64 KiB of content of a path. */
  | { read: 'file'; host: string; path: string }
  /** What the host's container engine says of a container: `docker container inspect`. An engine is never started for it. */
  | { read: 'container'; host: string; name: string }
  /** A variable of the host's persistent shell. */
  | { read: 'env'; host: string; name: string }
  /** An active probe: a command of the sandbox's own tools, run in a namespace. */
  | { read: 'probe'; host: string; netns: string; argv: readonly string[]; timeoutMs: number }
  /** The same, with every packet of all hosts captured meanwhile. One after the other, after everything else. */
  | { read: 'trace'; host: string; netns: string; argv: readonly string[]; timeoutMs: number };

/** How one tool's run ended. Everything in an observation that comes from a tool has this form. */
export interface ToolResult {
  /** Exit status; null when it was killed (time-out) or could not be started. */
  exit: number | null;
  stdout: string;
  stderr: string;
  /** Why there is no result: the tool is not there, the time was over, we could not enter the namespace. */
  failure?: 'missing-tool' | 'timeout' | 'no-namespace' | 'error';
  durationMs?: number;
}

export interface NetnsObservation {
  /** '' for the host's own; else the name under /run/netns. */
  name: string;
  /** Inode of the namespace: two names with one inode are the same namespace. */
  inode: string;
  /** nsid in the host's own namespace, when it has one: what `link_netnsid` of a veth refers to. */
  id?: number;
  /** By inode of another namespace: the nsid that IT has in THIS one, which is what `link_netnsid` here refers to. */
  ids?: Readonly<Record<string, number>>;
  /** stdout: JSON arrays one after the other, in the order addr, route 4, route 6, rule 4, neigh, rule 6. */
  ip?: ToolResult;
  /** stdout: JSON arrays of `bridge -j -d link`, `fdb`, `vlan`, one after the other. */
  bridge?: ToolResult;
  /** stdout: `nft -j list ruleset`. */
  nft?: ToolResult;
  /** stdout: `iptables-save -c`, read with `nft`: it names the matches and targets that nft shows only as `xt`. */
  iptables?: ToolResult;
  /** stdout: `ip6tables-save -c`; read where nft shows parts of the rules of IPv6 only as `xt`. */
  ip6tables?: ToolResult;
  listen?: ToolResult;
}

export interface ProcessObservation {
  /** As seen inside the host. */
  pid: number;
  ppid: number;
  command: string;
  argv: readonly string[];
  /** Inode of its network namespace. */
  netns: string;
  user?: string;
  state: string;
}

export type FileObservation =
  | { exists: false; failure?: string }
  | {
      exists: true;
      kind: 'file' | 'directory' | 'symlink' | 'socket' | 'fifo' | 'device';
      /** Octal permission bits, e.g. `0644`. */
      mode: string;
      size: number;
      owner: number;
      group: number;
      target?: string;
      content?: string;
      truncated?: boolean;
    };

export interface HostObservation {
  namespaces: readonly NetnsObservation[];
  processes?: readonly ProcessObservation[];
  /** Keyed `netns|name`; null when the kernel has no such setting. */
  sysctls: Readonly<Record<string, string | null>>;
  files: Readonly<Record<string, FileObservation>>;
  /** By name; stdout: `docker container inspect`, a JSON array with one element. Exit 1: no such container, or no engine. */
  containers?: Readonly<Record<string, ToolResult>>;
  /** Variables of the persistent shell; null when unset. */
  env: Readonly<Record<string, string | null>>;
  /** Set when the host could not be looked at at all: every check on it is broken. */
  failure?: string;
}

export interface Observation {
  /** ISO 8601, UTC. */
  at: string;
  hosts: Readonly<Record<string, HostObservation>>;
  /** By `needKey` of the probe. */
  probes: Readonly<Record<string, ToolResult>>;
  /** By `needKey` of the trace; where none was asked for, absent. */
  traces?: Readonly<Record<string, TraceCapture>>;
}

/** What a cell did, as checks of kind `output` and `exit` see it. */
export interface CellOutcome {
  exit: number | null;
  stdout: string;
  stderr: string;
}

/** Equal needs have equal keys. */
export function needKey(need: Need): string {
  switch (need.read) {
    case 'sysctl':
      return `sysctl|${need.host}|${need.netns}|${need.name}`;
    case 'file':
      return `file|${need.host}|${need.path}`;
    case 'container':
      return `container|${need.host}|${need.name}`;
    case 'env':
      return `env|${need.host}|${need.name}`;
    case 'probe':
    case 'trace':
      return `${need.read}|${need.host}|${need.netns}|${JSON.stringify(need.argv)}`;
    default:
      return `${need.read}|${need.host}`;
  }
}
