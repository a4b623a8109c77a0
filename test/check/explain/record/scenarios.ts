/** Single faults put into a network that else works, and what is asked of it. Recorded by record.ts. */
export interface Scenario {
  /** Bash, after topologies.sh. */
  setup: string;
  kind: 'ping' | 'tcp' | 'udp' | 'curl' | 'dns' | 'trace';
  /** The entry without the common fields. */
  entry: Record<string, unknown>;
  netns: string;
  /** What stands in /etc/resolv.conf. */
  resolver?: string;
  /** Namespaces that play another host's own. */
  hosts?: Record<string, string>;
}

const ping = (netns: string, target: string, setup: string, more: object = {}): Scenario => ({
  kind: 'ping',
  netns,
  entry: { ping: target, ...more },
  setup,
});
const tcp = (netns: string, target: string, setup: string): Scenario => ({
  kind: 'tcp',
  netns,
  entry: { tcp: target },
  setup,
});

export const scenarios: Readonly<Record<string, Scenario>> = {
  'cable works': ping('client', '10.0.0.12', 'cable'),
  'no namespace': ping('klient', '10.0.0.12', 'cable'),
  'no address': ping('client', '10.0.0.12', 'cable; ip -n client addr flush dev veth-client'),
  'own interface down': ping('client', '10.0.0.12', 'cable; ip -n client link set veth-client down'),
  'peer down': ping('client', '10.0.0.12', 'cable; ip -n server link set veth-server down'),
  'target prefix too long': ping(
    'client',
    '10.0.0.12',
    'cable; ip -n server addr del 10.0.0.12/24 dev veth-server; ip -n server addr add 10.0.0.12/32 dev veth-server',
  ),
  'own prefix too long': ping(
    'client',
    '10.0.0.12',
    'cable; ip -n client addr del 10.0.0.11/24 dev veth-client; ip -n client addr add 10.0.0.11/32 dev veth-client',
  ),
  'target has another address': ping(
    'client',
    '10.0.0.12',
    'cable; ip -n server addr del 10.0.0.12/24 dev veth-server; ip -n server addr add 10.0.0.21/24 dev veth-server',
  ),
  'own lo down': ping('client', '10.0.0.11', 'cable; ip -n client link set lo down'),
  'blackhole route': ping('client', '10.9.0.1', 'cable; ip -n client route add blackhole 10.9.0.0/16'),
  'input policy drop': ping('client', '10.0.0.12', 'cable; ip netns exec server iptables -P INPUT DROP'),
  'output rule drop': ping(
    'client',
    '10.0.0.12',
    'cable; ip netns exec client iptables -A OUTPUT -d 10.0.0.12 -j DROP',
  ),
  'pings ignored': ping(
    'client',
    '10.0.0.12',
    'cable; ip netns exec server sysctl -qw net.ipv4.icmp_echo_ignore_all=1',
  ),
  'nft input drop': ping(
    'client',
    '10.0.0.12',
    "cable; ip netns exec server nft 'table inet guard { chain in { type filter hook input priority 0; icmp type echo-request drop; ip protocol icmp drop; }; }'",
  ),
  'too big': ping('client', '10.0.0.12', 'cable; ip -n client link set veth-client mtu 1400', { size: 1472 }),
  'wrong source': ping('client', '10.0.0.12', 'cable', { from: '10.0.0.99' }),
  'name without server': ping('client', 'web.example', 'cable', {}),
  'nothing listens': tcp('client', '10.0.0.12:80', 'cable'),
  'listens on loopback only': tcp('client', '10.0.0.12:80', 'cable; serve server 127.0.0.1 80; sleep 0.3'),
  'port dropped': tcp(
    'client',
    '10.0.0.12:80',
    'cable; serve server 0.0.0.0 80; ip netns exec server iptables -A INPUT -p tcp --dport 80 -j DROP; sleep 0.3',
  ),
  'port rejected': {
    ...tcp(
      'client',
      '',
      'cable; serve server 0.0.0.0 80; ip netns exec server iptables -A INPUT -p tcp --dport 80 -j REJECT; sleep 0.3',
    ),
    kind: 'curl',
    entry: { curl: 'http://10.0.0.12/' },
  },
  'bridge works': ping('client1', '172.30.0.12', 'bridge'),
  'cable not in bridge': ping('client1', '172.30.0.12', 'bridge; ip link set server1-veth-br nomaster'),
  'own cable not in bridge': ping('client1', '172.30.0.12', 'bridge; ip link set client1-veth-br nomaster'),
  'bridge down': ping('client1', '172.30.0.12', 'bridge; ip link set bridge1 down'),
  'bridge port down': ping('client1', '172.30.0.12', 'bridge; ip link set server1-veth-br down'),
  'target interface down behind bridge': ping(
    'client1',
    '172.30.0.12',
    'bridge; ip -n server1 link set server1-veth down',
  ),
  'bridged packets meet FORWARD': ping(
    'client1',
    '172.30.0.12',
    'bridge; iptables -A FORWARD -m physdev --physdev-is-bridged; iptables -F FORWARD; echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables; iptables -P FORWARD DROP',
  ),
  'no default route': ping('client1', '172.17.0.33', 'bridge'),
  'default route restored': ping('client1', '172.17.0.33', 'bridge; defaults'),
  'gateway nobody has': ping(
    'client1',
    '172.17.0.33',
    'bridge; ip -n client1 route add default via 172.30.0.254; ip netns exec client1 ping -c1 -W1 172.30.0.254 || true',
  ),
  'not forwarding': ping('client1', '8.8.8.8', 'bridge; defaults; masquerade'),
  'not translated': ping('client1', '8.8.8.8', 'bridge; defaults; forwarding'),
  'internet works': ping('client1', '8.8.8.8', 'bridge; defaults; forwarding; masquerade'),
  'forward policy drop': ping(
    'client1',
    '8.8.8.8',
    'bridge; defaults; forwarding; masquerade; iptables -P FORWARD DROP',
  ),
  'masquerade for another network': ping(
    'client1',
    '8.8.8.8',
    'bridge; defaults; forwarding; iptables -t nat -A POSTROUTING -s 172.31.0.0/24 -j MASQUERADE',
  ),
  'uplink gateway silent': ping(
    'client1',
    '8.8.8.8',
    'bridge; defaults; forwarding; masquerade; ip -n hidden addr flush dev up0; ping -c1 -W1 172.17.0.1 || true',
  ),
  'router works': ping('left', '10.2.0.2', 'router; forwarding'),
  'router does not forward': ping('left', '10.2.0.2', 'router'),
  'no way back': ping('left', '10.2.0.2', 'router; forwarding; ip -n right route del default'),
  'prefix holds no gateway': ping(
    'left',
    '10.2.0.2',
    'router; forwarding; ip -n left addr del 10.1.0.2/24 dev eth0; ip -n left addr add 10.1.0.2/32 dev eth0',
  ),
  'route gone, another taken': ping(
    'left',
    '10.2.0.2',
    'router; forwarding; ip route add default via 10.1.0.2; ip link set to-right down',
  ),
  'way back dropped': ping(
    'left',
    '10.2.0.2',
    'router; forwarding; iptables -P FORWARD DROP; iptables -A FORWARD -i to-left -j ACCEPT',
  ),
  'way back allowed by state': ping(
    'left',
    '10.2.0.2',
    'router; forwarding; iptables -P FORWARD DROP; iptables -A FORWARD -i to-left -j ACCEPT; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
  ),
  'one address twice': ping(
    'left',
    '10.2.0.2',
    'router; forwarding; ip -n right addr add 10.1.0.2/32 dev lo',
  ),
  'reverse path filter': ping(
    'left',
    '10.2.0.2',
    'router; forwarding; ip netns add third; ip link add to-third type veth peer name eth0 netns third; ip link set to-third up; ip -n third link set eth0 up; ip addr add 10.3.0.1/24 dev to-third; ip -n left addr add 10.3.0.9/32 dev lo; ip netns exec right true; echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter; echo 1 >/proc/sys/net/ipv4/conf/to-left/rp_filter',
    { from: '10.3.0.9' },
  ),
  'routes in a circle': ping(
    'left',
    '10.9.9.9',
    'router; forwarding; ip route add default via 10.2.0.2; ip netns exec right sysctl -qw net.ipv4.ip_forward=1',
  ),
  'other host works': {
    ...ping(
      '',
      '172.17.0.33',
      'bridge; ip -n hidden addr flush dev up0; ip -n hidden addr add 172.17.0.34/16 dev up0',
    ),
    hosts: { node01: 'hidden' },
  },
  'destination translated, forward drops': {
    kind: 'tcp',
    netns: '',
    entry: { tcp: '172.17.0.33:80' },
    setup:
      'bridge; defaults; forwarding; serve server1 0.0.0.0 80; iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 172.30.0.12:80; iptables -P FORWARD DROP; sleep 0.3',
    hosts: { node01: 'hidden' },
  },
  'destination translated': {
    kind: 'tcp',
    netns: '',
    entry: { tcp: '172.17.0.33:80' },
    setup:
      'bridge; defaults; forwarding; serve server1 0.0.0.0 80; iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 172.30.0.12:80; sleep 0.3',
    hosts: { node01: 'hidden' },
  },
  'six works': ping('left', 'fd00:2::2', 'six; iptables -P FORWARD DROP; iptables -P INPUT DROP'),
  'six does not forward': ping('left', 'fd00:2::2', 'six; sysctl -qw net.ipv6.conf.all.forwarding=0'),
  'six forward policy drop': ping('left', 'fd00:2::2', 'six; ip6tables -P FORWARD DROP'),
  'six rule of nft': ping(
    'left',
    'fd00:2::2',
    "six; nft 'table ip6 guard { chain f { type filter hook forward priority 0; ip6 daddr fd00:2::/64 drop; }; }'",
  ),
  'six input policy drop': ping('left', 'fd00:2::2', 'six; ip netns exec right ip6tables -P INPUT DROP'),
  'six no way back': ping('left', 'fd00:2::2', 'six; ip -n right route del default via fd00:2::1'),
  'six no default route': ping('left', 'fd00:2::2', 'six; ip -n left route del default via fd00:1::1'),
  'six own interface down': ping('left', 'fd00:2::2', 'six; ip -n left link set eth0 down'),
  'six target interface down': ping('left', 'fd00:2::2', 'six; ip -n right link set eth0 down'),
  'six router interface down': ping('left', 'fd00:2::2', 'six; ip link set to-right down'),
  'six gateway nobody has': ping('left', 'fd00:2::2', 'six; ip -n left route replace default via fd00:1::77'),
  'six prefix too long': ping(
    'left',
    'fd00:2::2',
    'six; ip -n left addr del fd00:1::2/64 dev eth0; ip -n left addr add fd00:1::2/128 dev eth0 nodad; ip -n left -6 route del default',
  ),
  'six target has another address': ping(
    'left',
    'fd00:2::2',
    'six; ip -n right addr del fd00:2::2/64 dev eth0; ip -n right addr add fd00:2::22/64 dev eth0 nodad',
  ),
  'six listens on IPv4 alone': tcp('left', '[fd00:2::2]:80', 'six; serve right 0.0.0.0 80; sleep 0.3'),
  'six udp dropped': {
    kind: 'udp',
    netns: 'left',
    entry: { udp: '[fd00:2::2]:5000', send: 'x' },
    setup:
      'six; ip netns exec right socat UDP6-RECVFROM:5000,fork EXEC:cat & SERVERS="$SERVERS $!"; ip6tables -A FORWARD -p udp --dport 5000 -j DROP; sleep 0.3',
  },
  'six solicitation dropped': ping(
    'left',
    'fd00:2::2',
    'six; ip netns exec right ip6tables -A INPUT -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP; ip -6 neigh flush all',
  ),
  'six advertisement dropped': ping(
    'left',
    'fd00:2::2',
    'six; ip netns exec right ip6tables -A OUTPUT -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP; ip -6 neigh flush all',
  ),
  'six advertisement dropped on the bridge': ping(
    'client1',
    'fd00::12',
    "bridge; ip -n client1 addr add fd00::11/64 dev client1-veth nodad; ip -n server1 addr add fd00::12/64 dev server1-veth nodad; nft 'table bridge guard { chain f { type filter hook forward priority 0; icmpv6 type nd-neighbor-advert drop; }; }'",
  ),
  'six lets in what it needs': ping(
    'left',
    'fd00:2::2',
    'six; for type in neighbour-solicitation neighbour-advertisement echo-request; do ip netns exec right ip6tables -A INPUT -p icmpv6 --icmpv6-type $type -j ACCEPT; done; ip netns exec right ip6tables -P INPUT DROP; ip -6 neigh flush all',
  ),
  'six turned off': ping(
    'left',
    'fd00:2::2',
    'six; ip netns exec right sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1',
  ),
  'six turned off at the sender': ping(
    'left',
    'fd00:2::2',
    'six; ip netns exec left sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1',
  ),
  'six deaf to routers': ping(
    'left',
    'fd00:2::2',
    'six; ip netns exec left sysctl -qw net.ipv6.conf.eth0.accept_ra=0; ip -n left -6 route del default',
  ),
  'six policy rule': ping(
    'left',
    'fd00:2::2',
    'six; ip -6 rule add from fd00:1::2 table 77 priority 100; ip -6 route add unreachable default table 77',
  ),
  'six prefix too short': ping(
    'left',
    'fd00:2::2',
    'six; ip -n right addr del fd00:2::2/64 dev eth0; ip -n right addr add fd00:2::2/16 dev eth0 nodad; ip -n right -6 route replace default via fd00:2::1',
  ),
  'six address not used': ping(
    'left',
    'fd00:2::2',
    'six; ip addr add fd00:2::2/64 dev to-right nodad; ip netns exec right sysctl -qw net.ipv6.conf.all.accept_dad=1 net.ipv6.conf.eth0.accept_dad=1; ip -n right addr del fd00:2::2/64 dev eth0; ip -n right addr add fd00:2::2/64 dev eth0; sleep 3; ip addr del fd00:2::2/64 dev to-right; ip -6 neigh flush all',
  ),
  'dns at the wrong server': {
    kind: 'dns',
    netns: 'client',
    entry: { dns: 'web.lab' },
    resolver: 'nameserver 10.0.0.11\n',
    setup:
      'cable; ip netns exec server socat UDP-RECVFROM:53,fork EXEC:cat & SERVERS="$SERVERS $!"; sleep 0.3',
  },
  'dns without a server': { kind: 'dns', netns: 'client', entry: { dns: 'web.lab' }, setup: 'cable' },
  'trace through a router': {
    kind: 'trace',
    netns: 'left',
    entry: { trace: '10.2.0.2', hops: ['10.1.0.1', '10.2.0.2'] },
    setup: 'router; forwarding',
  },
  'trace without forwarding': {
    kind: 'trace',
    netns: 'left',
    entry: { trace: '10.2.0.2', max: 4 },
    setup: 'router',
  },
  'dns server silent': {
    kind: 'dns',
    netns: 'client1',
    entry: { dns: 'example.com', server: '8.8.8.8' },
    setup: 'bridge; forwarding; defaults',
  },
  'udp refused': {
    kind: 'udp',
    netns: 'client',
    entry: { udp: '10.0.0.12:5000', send: 'x' },
    setup: 'cable',
  },
};
