# wire.pl: a room with a network of its own, in a virtual machine. The machine's first card belongs to whoever runs the
# machine (Vagrant's ssh, and ours): a lesson neither sees it nor can cut it off. Its second card leads to the other
# machines of the sandbox, and the lesson's eth0 to it:
#
#   the room's namespace                 the agent's namespace         the machine's namespace
#   eth0 172.17.0.33/16 ---- cable ---- bridge `underlay` ---- tag N ---- second card ---- the other machines
#                                       router and internet, on the first machine
#
# Several sandboxes share the card, each with a tag (802.1Q) of its own. Everything here goes with the agent.
use strict;
use warnings;

our (%NR, %home, @internet_addresses);

my $router = '172.17.0.1';
my $underlay;    # the namespace lives as long as this descriptor

# A link with an 802.1Q tag on a card of this namespace, made in another: linux/if_link.h.
sub new_tagged {
    my ($index, $name, $card, $tag, $netns) = @_;
    my $info = attribute(1, 'vlan') . attribute(2, attribute(1, pack 'S', $tag));
    ["tag $tag", 16, NLM_CREATE, link_message($index, 0, attribute(3, "$name\0"), attribute(5, pack 'L', $card),
        attribute(28, pack 'L', fileno $netns), attribute(18, $info))];
}

sub into_bridge { my ($index, $bridge) = @_; ["port $index", 16, 0, link_message($index, IFF_UP, attribute(10, pack 'L', $bridge))] }

# The card that has an address; it is where the machine's provisioning put it.
sub card_with {
    my ($address) = @_;
    for (lines(said(qw(ip -o -4 addr show)))) { return $1 if m{^(\d+): \S+\s+inet \Q$address\E/} }
    undef;
}

# {card => the machine's own address on the wire, or '' for none, address => the lesson's, tag, router}. The tag is taken
# by the first machine: the first that is free; returns it.
sub lay_wire {
    my ($host, $option) = @_;
    my $eth0 = eth0_index($host->{ns}{net}, $home{net});
    syscall($NR{unshare}, CLONE_NEWNET) == 0 or die "unshare: $!\n";
    open($underlay, '<', '/proc/self/ns/net') or die "underlay: $!\n";
    my $router_links = $option->{router};
    netlink(link_up(1), new_bridge(5, 'underlay'), new_cable(10, 'to-0', 5, $host->{ns}{net}, $eth0),
        $router_links ? (new_address(5, "$router/16"), map { new_address(1, "$_/32") } @internet_addresses) : ());
    start_internet() if $router_links;
    enter($home{net}, CLONE_NEWNET);

    my $tag = '';
    if (length $option->{card}) {
        my $card = card_with($option->{card});
        if (defined $card) { $tag = take_tag($card, $underlay, $option->{tag}) }
        elsif (length $option->{tag} || $option->{others}) { die "no card has the address $option->{card}: the machine was not provisioned\n" }
    }
    if (length $tag) { enter($underlay, CLONE_NEWNET); netlink(into_bridge(20, 5)); enter($home{net}, CLONE_NEWNET) }

    enter($host->{ns}{net}, CLONE_NEWNET);
    my $done = eval { configure_host($eth0, $option->{address}, $router); 1 };
    my $why = $@;
    enter($home{net}, CLONE_NEWNET);
    die $why unless $done;
    $tag;
}

sub take_tag {
    my ($card, $underlay, $given) = @_;
    for my $tag (length $given ? $given : 33 .. 132) {
        return $tag if eval { netlink(new_tagged(20, "tag-$tag", $card, $tag, $underlay)); 1 };
        die $@ unless $@ =~ /exists/i && !length $given;
    }
    die "all tags are taken: end other sandboxes\n";
}

1;
