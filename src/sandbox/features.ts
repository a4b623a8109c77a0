/** What a kernel may have or not: asked before a lesson relies on it. A feature is there when its trial works inside. */
import type { Sandbox } from './contract.ts';

export interface Feature {
  summary: string;
  /** A shell script, run in a network namespace of its own; exit 0 means that the feature is there. */
  trial: string;
  next: readonly string[];
}

const load = (module: string) => [`sudo modprobe ${module}`];

export const FEATURES: Readonly<Record<string, Feature>> = {
  veth: {
    summary: 'cables between namespaces',
    trial: 'ip link add wb0 type veth peer name wb1',
    next: load('veth'),
  },
  bridge: { summary: 'bridges', trial: 'ip link add wb9 type bridge', next: load('bridge') },
  nat: {
    summary: 'network address translation',
    trial: 'iptables -t nat -A POSTROUTING -j MASQUERADE',
    next: load('nft_masq nft_compat'),
  },
  br_netfilter: {
    summary: 'bridged packets can pass the FORWARD chain',
    trial:
      'iptables -A FORWARD -m physdev --physdev-is-bridged -j ACCEPT && test -e /proc/sys/net/bridge/bridge-nf-call-iptables',
    next: load('br_netfilter'),
  },
  conntrack: {
    summary: 'connection tracking',
    trial: 'iptables -A INPUT -m conntrack --ctstate NEW -j ACCEPT',
    next: load('nf_conntrack'),
  },
  vxlan: {
    summary: 'VXLAN tunnels',
    trial: 'ip link add wb9 type vxlan id 1 dstport 4789',
    next: load('vxlan'),
  },
  macvlan: {
    summary: 'macvlan interfaces',
    trial: 'ip link add wb0 type veth peer name wb1 && ip link add wb9 link wb0 type macvlan',
    next: load('macvlan'),
  },
  ipvlan: {
    summary: 'ipvlan interfaces',
    trial: 'ip link add wb0 type veth peer name wb1 && ip link add wb9 link wb0 type ipvlan',
    next: load('ipvlan'),
  },
  vlan: {
    summary: '802.1Q tags',
    trial: 'ip link add wb0 type veth peer name wb1 && ip link add link wb0 name wb0.7 type vlan id 7',
    next: load('8021q'),
  },
  vlan_filtering: {
    summary: 'bridges that keep VLANs apart',
    trial: 'ip link add wb9 type bridge vlan_filtering 1 && bridge vlan add vid 7 dev wb9 self',
    next: ['A kernel with CONFIG_BRIDGE_VLAN_FILTERING has it.'],
  },
  gre: {
    summary: 'GRE tunnels',
    trial: 'ip link add wb9 type gre local 10.0.0.1 remote 10.0.0.2',
    next: load('ip_gre'),
  },
  vrf: {
    summary: 'routing domains of their own',
    trial: 'ip link add wb9 type vrf table 10',
    next: load('vrf'),
  },
  dummy: {
    summary: 'interfaces that lead nowhere',
    trial: 'ip link add wb9 type dummy',
    next: load('dummy'),
  },
  ipip: {
    summary: 'IP in IP tunnels',
    trial: 'ip link add wb9 type ipip local 10.0.0.1 remote 10.0.0.2',
    next: load('ipip'),
  },
  netem: {
    summary: 'delay and loss on an interface',
    trial: 'ip link add wb0 type veth peer name wb1 && tc qdisc add dev wb0 root netem delay 1ms',
    next: load('sch_netem'),
  },
  containers: {
    summary: 'a container engine with the command `docker`',
    // our own engine is not started for the question
    trial: 'test -x /usr/lib/wirebook/engine/start || timeout 4 docker version > /dev/null 2>&1',
    next: [
      'Use a sandbox with a root file system of its own (`wirebook sandbox prepare`), or start Docker there.',
    ],
  },
  cni: {
    summary: 'the CNI plugins bridge and host-local in /usr/lib/cni',
    trial: 'test -x /usr/lib/cni/bridge && test -x /usr/lib/cni/host-local',
    next: ['sudo apt install containernetworking-plugins'],
  },
  wireguard: {
    summary: 'WireGuard tunnels',
    trial: 'ip link add wb9 type wireguard',
    next: load('wireguard'),
  },
};

/** A trial may have to load modules, on a machine in software emulation. */
const TRIAL_MS = 20_000;

/** Name -> whether it is there. Names that are no feature are taken for programs. */
export async function probeFeatures(
  sandbox: Sandbox,
  host: string,
  names: readonly string[],
): Promise<Record<string, boolean>> {
  const results = await Promise.all(
    names.map(async (name) => {
      const feature = Object.hasOwn(FEATURES, name) ? FEATURES[name] : undefined;
      const argv = feature
        ? ['/usr/bin/unshare', '--net', '/bin/sh', '-c', feature.trial]
        : ['/bin/sh', '-c', 'command -v -- "$1"', 'sh', name];
      return [name, (await sandbox.exec(host, argv, { timeoutMs: TRIAL_MS })).exit === 0] as const;
    }),
  );
  return Object.fromEntries(results);
}
