# The networks that the recorded faults are put into. Sourced inside fresh namespaces; the outer one plays the host.
set -e
export LC_ALL=C
mount -t tmpfs none /run
mkdir -p /run/netns
# A spare pair first: two ends with the same index come up a second late.
ip link add spare0 type veth peer name spare1
ip link set lo up

# Two namespaces and a cable.
cable() {
  ip netns add client
  ip netns add server
  ip link add veth-client type veth peer name veth-server
  ip link set veth-client netns client
  ip link set veth-server netns server
  ip -n client addr add 10.0.0.11/24 dev veth-client
  ip -n server addr add 10.0.0.12/24 dev veth-server
  ip -n client link set veth-client up
  ip -n server link set veth-server up
  ip -n client link set lo up
  ip -n server link set lo up
}

# A bridge with two namespaces, and an uplink to a network with 8.8.8.8 that nobody observes.
bridge() {
  ip netns add hidden
  ip link add eth0 type veth peer name up0 netns hidden
  ip addr add 172.17.0.33/16 dev eth0
  ip link set eth0 up
  ip -n hidden addr add 172.17.0.1/16 dev up0
  ip -n hidden addr add 8.8.8.8/32 dev lo
  ip -n hidden link set up0 up
  ip -n hidden link set lo up
  ip route add default via 172.17.0.1
  ip link add bridge1 type bridge
  ip addr add 172.30.0.1/24 dev bridge1
  ip link set bridge1 up
  for name in client1 server1; do
    ip netns add $name
    ip link add $name-veth type veth peer name $name-veth-br
    ip link set $name-veth netns $name
    ip link set $name-veth-br master bridge1
    ip link set $name-veth-br up
    ip -n $name link set $name-veth up
    ip -n $name link set lo up
  done
  ip -n client1 addr add 172.30.0.11/24 dev client1-veth
  ip -n server1 addr add 172.30.0.12/24 dev server1-veth
}

defaults() {
  ip -n client1 route add default via 172.30.0.1
  ip -n server1 route add default via 172.30.0.1
}

forwarding() { echo 1 >/proc/sys/net/ipv4/ip_forward; }
masquerade() { iptables -t nat -A POSTROUTING -s 172.30.0.0/24 ! -o bridge1 -j MASQUERADE; }

# The host as a router between two cables.
router() {
  for name in left right; do
    ip netns add $name
    ip link add to-$name type veth peer name eth0 netns $name
    ip link set to-$name up
    ip -n $name link set eth0 up
    ip -n $name link set lo up
  done
  ip addr add 10.1.0.1/24 dev to-left
  ip addr add 10.2.0.1/24 dev to-right
  ip -n left addr add 10.1.0.2/24 dev eth0
  ip -n right addr add 10.2.0.2/24 dev eth0
  ip -n left route add default via 10.1.0.1
  ip -n right route add default via 10.2.0.1
}

# Two networks of IPv6 with the host as their router, which forwards. Nobody waits to be sure that he is the only one.
six() {
  for name in left right; do
    ip netns add $name
    ip netns exec $name sysctl -qw net.ipv6.conf.default.accept_dad=0
    sysctl -qw net.ipv6.conf.default.accept_dad=0
    ip link add to-$name type veth peer name eth0 netns $name
    ip link set to-$name up
    ip -n $name link set eth0 up
    ip -n $name link set lo up
  done
  ip addr add fd00:1::1/64 dev to-left nodad
  ip addr add fd00:2::1/64 dev to-right nodad
  ip -n left addr add fd00:1::2/64 dev eth0 nodad
  ip -n right addr add fd00:2::2/64 dev eth0 nodad
  ip -n left route add default via fd00:1::1
  ip -n right route add default via fd00:2::1
  sysctl -qw net.ipv6.conf.all.forwarding=1
  sleep 0.5
}

# A server on a TCP port, until the recording ends: serve NETNS ADDRESS PORT
serve() {
  ip netns exec "$1" perl -MIO::Socket::INET -e '
    my $s = IO::Socket::INET->new(LocalAddr => $ARGV[0], LocalPort => $ARGV[1], Listen => 5, ReuseAddr => 1) or die;
    while (my $c = $s->accept) { print $c "hello\r\n"; close $c }' "$2" "$3" &
  SERVERS="$SERVERS $!"
}
