/** What probe-sysctls prints: the network settings of every namespace of a host, read in one go. */
import type { ToolResult } from '../observation.ts';
import { PROBES } from '../probe/program.ts';

/** `ipv4/ip_forward`, `ipv4/conf/eth0/rp_filter`, `bridge/bridge-nf-call-iptables`: the path below /proc/sys/net. */
export type Settings = ReadonlyMap<string, string>;

export const SETTINGS_COMMAND: readonly string[] = [`${PROBES}/probe-sysctls`];
export const SETTINGS_TIME = 5000;

/** By the name of the namespace, '' for the host's own. Empty when it could not be read: then nothing is known. */
export function readSettings(result: ToolResult | undefined): ReadonlyMap<string, Settings> {
  const all = new Map<string, Map<string, string>>();
  if (result === undefined || result.failure !== undefined) return all;
  let current: Map<string, string> | undefined;
  for (const line of result.stdout.split('\n')) {
    if (line.startsWith('@')) {
      current = new Map();
      all.set(line.slice(1), current);
      continue;
    }
    const [, path, value] = /^\/proc\/sys\/net\/(\S+?):(.*)$/.exec(line) ?? [];
    if (path !== undefined && value !== undefined) current?.set(path, value.trim());
  }
  return all;
}
