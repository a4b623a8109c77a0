/**
 * Records the fixtures of the explanation tests: makes each faulty network for real in fresh namespaces, runs the
 * check's probe there, and keeps what was observed. Nothing leaves the namespaces. Run it by hand, as any user, on a
 * machine with iproute2, iptables, nft, ping, traceroute and curl:
 *
 *     node test/check/explain/record/record.ts [NAME...]
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Need } from '../../../../src/check/model.ts';
import {
  type HostObservation,
  type NetnsObservation,
  needKey,
  type Observation,
  type ToolResult,
} from '../../../../src/check/observation.ts';
import { kinds } from '../kinds.ts';
import { scenarios } from './scenarios.ts';

const here = dirname(fileURLToPath(import.meta.url));
const tools = join(here, '../../../../sandbox/tools');
const HOST = 'host';

function run(argv: readonly string[], netns: string, timeout = 30_000): ToolResult {
  const [program, ...rest] = netns === '' ? argv : ['ip', 'netns', 'exec', netns, ...argv];
  const ended = spawnSync(program!, rest, { encoding: 'utf8', timeout, maxBuffer: 2 ** 24 });
  return { exit: ended.status, stdout: ended.stdout ?? '', stderr: ended.stderr ?? '' };
}

const sh = (text: string, netns: string) => run(['sh', '-c', text], netns);

function readNetns(name: string, entered: string): NetnsObservation {
  const ids = run(['ip', 'netns', 'list'], '').stdout;
  const id = new RegExp(`^${name} \\(id: (\\d+)\\)`, 'm').exec(ids)?.[1];
  const path = entered === '' ? '/proc/self/ns/net' : `/run/netns/${entered}`;
  return {
    name,
    inode: String(statSync(path).ino),
    id: name === '' || id === undefined ? undefined : Number(id),
    ip: sh(
      'ip -j -d addr; ip -j -d route show table all; ip -j -d -6 route show table all; ip -j rule; ip -j neigh; ip -j -6 rule',
      entered,
    ),
    nft: sh('nft -j list ruleset', entered),
    iptables: sh('iptables-save -c', entered),
    ip6tables: sh('ip6tables-save -c', entered),
    listen: sh('ss -H -l -n -t -u', entered),
  };
}

function readHost(namespaces: readonly [string, string][]): HostObservation {
  return {
    namespaces: namespaces.map(([name, entered]) => readNetns(name, entered)),
    sysctls: {},
    files: {},
    env: {},
  };
}

function observe(name: string): Observation {
  const scenario = scenarios[name]!;
  const others = Object.entries(scenario.hosts ?? {});
  const hidden = ['hidden', ...others.map(([, netns]) => netns)];
  const named = readdirSync('/run/netns').filter((each) => !hidden.includes(each));
  const asking = {
    host: others[0]?.[0] ?? HOST,
    netns: scenario.netns,
    hosts: [HOST, ...others.map(([host]) => host)],
  };
  const entered = (host: string, netns: string) => (host === HOST ? netns : (scenario.hosts?.[host] ?? ''));
  const kind = kinds[scenario.kind]!;
  const spec = kind.schema.parse(scenario.entry);
  const probes: Record<string, ToolResult> = {};
  const all: Need[] = [...kind.needs(spec, asking), ...(kind.explainNeeds?.(spec, asking) ?? [])];
  for (const need of all) {
    if (need.read !== 'probe') continue;
    const argv = need.argv.map((word) => word.replace('/usr/lib/wirebook', tools));
    const place = entered(need.host, need.netns);
    // Another host has namespaces of its own, which the recording does not: only its own settings are read.
    const settings =
      need.argv[0]?.endsWith('probe-sysctls') && need.host !== HOST ? [...argv, '--here'] : argv;
    const known = place === '' || readdirSync('/run/netns').includes(place);
    probes[needKey(need)] = known
      ? run(settings, place)
      : { exit: null, stdout: '', stderr: '', failure: 'no-namespace' };
  }
  const hosts: Record<string, HostObservation> = {
    [HOST]: readHost([['', ''], ...named.map((each): [string, string] => [each, each])]),
    ...Object.fromEntries(others.map(([host, netns]) => [host, readHost([['', netns]])])),
  };
  const own = hosts[asking.host]!;
  hosts[asking.host] = {
    ...own,
    files: {
      '/etc/resolv.conf': {
        exists: true,
        kind: 'file',
        mode: '0644',
        size: 0,
        owner: 0,
        group: 0,
        content: scenario.resolver ?? '',
      },
    },
  };
  return { at: '2026-11-23T12:00:00.000Z', hosts, probes };
}

const file = (name: string) => join(here, '../recorded', `${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.json`);

if (process.argv[2] === '--inside') {
  const name = process.argv[3]!;
  writeFileSync(file(name), JSON.stringify(observe(name)) + '\n');
} else {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenarios);
  for (const name of names) {
    const script = `. ${join(here, 'topologies.sh')}\nSERVERS=\nresolver=$(mktemp)\nprintf %s "$3" >$resolver\nmount --bind $resolver /etc/resolv.conf\nrm $resolver\n${scenarios[name]!.setup}\nsleep 1.3\nset +e\n"$0" "$1" --inside "$2"\nstatus=$?\n[ -z "$SERVERS" ] || kill $SERVERS\nexit $status`;
    const ended = spawnSync(
      'unshare',
      [
        '-Urnm',
        'bash',
        '-c',
        script,
        process.execPath,
        fileURLToPath(import.meta.url),
        name,
        scenarios[name]!.resolver ?? '',
      ],
      { encoding: 'utf8' },
    );
    console.log(ended.status === 0 ? `recorded ${name}` : `FAILED ${name}: ${ended.stderr}`);
  }
}
