# rtnetlink.pl: makes links, addresses and routes without starting ip(8) for each: rtnetlink(7), linux/if_link.h.
# All requests of one network namespace go in one send; the kernel acknowledges each.
use strict;
use warnings;

use constant { IFF_UP => 1, NLM_CREATE => 0x600 };

sub attribute { my ($type, $data) = @_; my $a = pack('S S', 4 + length $data, $type) . $data; $a . "\0" x (-length($a) & 3) }
sub link_message { my ($index, $flags, @attributes) = @_; pack('C x S i I I', 0, 0, $index, $flags, $flags) . join '', @attributes }
sub ipv4 { pack 'C4', split /\./, $_[0] }

sub link_up { my ($index) = @_; ["link $index up", 16, 0, link_message($index, IFF_UP)] }

sub new_bridge {
    my ($index, $name) = @_;
    ["bridge $name", 16, NLM_CREATE, link_message($index, IFF_UP, attribute(3, "$name\0"), attribute(18, attribute(1, 'bridge')))];
}

# The number that eth0 may have in a new namespace: 2, but where a kernel with tunnels loaded puts a tunl0, a sit0 and
# their like into every namespace (fb_tunnels_only_for_init_net, sysctl/net.rst). $home: where to come back to.
sub eth0_index {
    my ($netns, $home) = @_;
    enter($netns, CLONE_NEWNET);
    my @links = grep { /:/ } split /\n/, slurp('/proc/self/net/dev') || '';
    enter($home, CLONE_NEWNET);
    @links > 1 ? 64 : 2;
}

# A cable: one end here, on a bridge; the other, eth0, in the namespace of an open descriptor, not up yet.
sub new_cable {
    my ($index, $name, $bridge, $netns, $eth0) = @_;
    my $peer = link_message($eth0, 0, attribute(3, "eth0\0"), attribute(28, pack 'L', fileno $netns));
    my $info = attribute(1, 'veth') . attribute(2, attribute(1, $peer));
    ["cable $name", 16, NLM_CREATE, link_message($index, IFF_UP, attribute(3, "$name\0"), attribute(10, pack 'L', $bridge), attribute(18, $info))];
}

sub new_address {
    my ($index, $address) = @_;
    my ($ip, $prefix) = split m{/}, $address;
    ["address $address", 20, NLM_CREATE, pack('C4 I', 2, $prefix, 0, 0, $index) . attribute(2, ipv4($ip)) . attribute(1, ipv4($ip))];
}

# `ip route add default via GATEWAY dev ...`: main table, protocol boot, unicast.
sub new_default_route {
    my ($index, $gateway) = @_;
    ["default route via $gateway", 24, NLM_CREATE, pack('C8 I', 2, 0, 0, 0, 254, 3, 0, 1, 0) . attribute(5, ipv4($gateway)) . attribute(4, pack 'L', $index)];
}

# In the namespace of a host: its eth0 and the way out. A new namespace takes these settings over from the machine
# (devconf_inherit_init_net, ip-sysctl.rst): here they start alike.
sub configure_host {
    my ($index, $address, $gateway) = @_;
    for (qw(ip_forward conf/all/rp_filter conf/default/rp_filter)) { eval { spit("/proc/sys/net/ipv4/$_", '0') } }
    netlink(link_up(1), new_address($index, $address), link_up($index), new_default_route($index, $gateway));
}

# Sends all; dies with the first that the kernel refused.
sub netlink {
    my (@requests) = @_;
    socket(my $nl, 16, 3, 0) or die "netlink: $!\n";
    my ($all, $sequence) = ('', 0);
    for (@requests) { my (undef, $type, $flags, $body) = @$_; $all .= pack('L S S L L', 16 + length $body, $type, $flags | 5, ++$sequence, 0) . $body . "\0" x (-length($body) & 3) }
    defined send($nl, $all, 0) or die "netlink: $!\n";
    while ($sequence > 0) {
        defined recv($nl, my $reply, 65536, 0) or die "netlink: $!\n";
        while (length $reply >= 20) {
            my ($size, $type, undef, $of, undef, $error) = unpack 'L S S L L l', $reply;
            if ($type == 2) { $sequence--; if ($error) { local $! = -$error; die "$requests[$of - 1][0]: $!\n" } }
            my $next = ($size + 3) & ~3;
            $reply = $next < length $reply ? substr $reply, $next : '';
        }
    }
}

1;
