# container.pl: the network of a room in a container of ours. The room has a network namespace of its own, with an eth0 as
# the embedded sandbox's hosts have; the container's is the underlay: a bridge, in the first container also the router
# and the simulated internet. Several containers are joined by VXLAN over the engine's network, so that the addresses of
# a sandbox and those of the engine may be the same, and neither sees the other.
use strict;
use warnings;

our (%home, %handlers, @internet_addresses);

sub ip { my ($status, undef, $why) = ask(5, undef, 'ip', @_); defined $status && $status eq '0' or die "ip @_: $why\n" }

sub plug_in {
    my ($host, $address, $gateway, $first) = @_;
    ip(qw(link set lo up));
    ip(qw(link add underlay type bridge));
    ip(qw(link set underlay up));
    # the spare one keeps the ends of the cable from having the same index, which the kernel takes its time with
    ip(qw(link add spare type veth peer name eraps));
    ip(qw(link add cable master underlay type veth peer name eth0 netns), $host->{init});
    ip(qw(link del spare));
    ip(qw(link set cable up));
    if ($first) {
        (my $prefix = $address) =~ s{.*/}{/};
        ip(qw(addr add), "$_ dev underlay" =~ /(\S+) (\S+) (\S+)/) for "$gateway$prefix", map { "$_/32" } @internet_addresses;
        start_internet();
    }
    enter($host->{ns}{net}, CLONE_NEWNET);
    my $done = eval {
        # a new namespace takes these over from the machine: here all start alike
        for (qw(ip_forward conf/all/rp_filter conf/default/rp_filter)) { eval { spit("/proc/sys/net/ipv4/$_", '0') } }
        ip(qw(link set lo up));
        ip(qw(addr add), $address, qw(dev eth0));
        ip(qw(link set eth0 up));
        ip(qw(route add default via), $gateway);
        1;
    };
    my $why = $@;
    enter($home{net}, CLONE_NEWNET);
    die $why unless $done;
}

# The other containers, by their addresses on the engine's network.
$handlers{join} = sub {
    my ($id, $own, @others) = @_;
    ip(qw(link add wire mtu 1500 type vxlan id 77 dstport 4799 local), $own);
    ip(qw(link set wire master underlay up));
    for (@others) { my ($status) = ask(5, undef, qw(bridge fdb append 00:00:00:00:00:00 dev wire dst), $_); die "bridge fdb: $_\n" if $status ne '0' }
    send_message('done', $id);
};

1;
