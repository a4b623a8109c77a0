/**
 * An observation from real tools (iproute2 6.1, nftables 1.0.6, iptables 1.8.9), recorded inside `unshare -Urn`: the
 * namespaces client and server joined to bridge1 on the host, a cable between them, and one namespace left empty.
 */
import { readFileSync } from 'node:fs';
import type {
  HostObservation,
  NetnsObservation,
  Observation,
  ToolResult,
} from '../../src/check/observation.ts';

export function ran(stdout: string, more: Partial<ToolResult> = {}): ToolResult {
  return { exit: 0, stdout, stderr: '', ...more };
}

export function missing(): ToolResult {
  return { exit: null, stdout: '', stderr: '', failure: 'missing-tool' };
}

export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

function recordedNetns(name: string, file: string, inode: string, id?: number): NetnsObservation {
  return {
    name,
    inode,
    id,
    ip: ran(fixture(`${file}.ip`)),
    bridge: ran(fixture(`${file}.bridge`)),
    nft: ran(fixture(`${file}.nft`)),
    iptables: ran(fixture(`${file}.iptables`)),
    listen: ran(fixture(`${file}.listen`)),
  };
}

/** Fresh objects each time, so that a test may change what it was given. */
export function recordedHost(more: Partial<HostObservation> = {}): HostObservation {
  return {
    namespaces: [
      recordedNetns('', 'host', '4026532324'),
      recordedNetns('client', 'client', '4026532395', 0),
      recordedNetns('server', 'server', '4026532464', 1),
      recordedNetns('empty', 'empty', '4026532533'),
    ],
    processes: [
      { pid: 1, ppid: 0, command: 'init', argv: ['/init'], netns: '4026532324', user: '0', state: 'S' },
      {
        pid: 83,
        ppid: 1,
        command: 'python3',
        argv: ['python3', '-m', 'http.server'],
        netns: '4026532464',
        user: '0',
        state: 'S',
      },
      {
        pid: 84,
        ppid: 1,
        command: 'nginx',
        argv: ['nginx: master'],
        netns: '4026532324',
        user: '33',
        state: 'Z',
      },
    ],
    sysctls: { '|net.ipv4.ip_forward': '1\n', 'client|net.ipv4.ip_forward': '0', '|net.no.such': null },
    files: {
      '/etc/resolv.conf': {
        exists: true,
        kind: 'file',
        mode: '0644',
        size: 19,
        owner: 0,
        group: 0,
        content: 'nameserver 8.8.8.8\n',
      },
      '/run/netns/web': {
        exists: true,
        kind: 'symlink',
        mode: '0777',
        size: 9,
        owner: 0,
        group: 0,
        target: '/proc/1/ns/net',
      },
      '/long': {
        exists: true,
        kind: 'file',
        mode: '0600',
        size: 99999,
        owner: 7,
        group: 7,
        content: 'x',
        truncated: true,
      },
      '/none': { exists: false },
      '/secret': { exists: false, failure: 'Permission denied' },
    },
    env: { WEB_IP: '172.18.0.3', EMPTY: '', UNSET: null },
    ...more,
  };
}

export function recorded(host: Partial<HostObservation> = {}): Observation {
  return { at: '2026-11-23T12:00:00.000Z', hosts: { host: recordedHost(host) }, probes: {} };
}

/** The recorded host with one namespace changed. */
export function withNetns(name: string, change: Partial<NetnsObservation>): Observation {
  const { namespaces } = recordedHost();
  return recorded({
    namespaces: namespaces.map((each) => (each.name === name ? { ...each, ...change } : each)),
  });
}
