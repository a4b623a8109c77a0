# underlay.pl: the network that joins the hosts, and the hosts themselves.
#
# The keeper's own network namespace holds the bridge `underlay` with the router's address; each host has an end of a
# cable on it, its eth0. Nothing leads from here to the machine's network.
use strict;
use warnings;

our %NR;
our (@hosts, %home);
our @internet_addresses;
my $router = '172.17.0.1/16';

sub make_host {
    my ($spec, $option, $specs) = @_;
    my $index = @hosts;
    my $host = { index => $index, name => $spec->{name}, address => $spec->{address}, dir => "/.old/$index",
        root => "/.old/$index/root", run => "/.old/$index/run", pts => "/.old/$index/pts", own_engine => 1 };
    mkdir $host->{dir};
    host_layers($host, $option, $specs);
    start_init($host, CLONE_NEWNET, sub { enter_host_root($host) });
}

# Indexes are chosen so that no two ends of a cable have the same: the kernel takes its time with the carrier of such.
our $underlay;    # our own network namespace joins the hosts, and holds nothing else
sub connect_hosts {
    $underlay = 1;
    my $cable = 10;
    $_->{eth0} = eth0_index($_->{ns}{net}, $home{net}) for @hosts;
    netlink(link_up(1), new_bridge(5, 'underlay'), new_address(5, $router), map({ new_address(1, "$_/32") } @internet_addresses),
        map { new_cable($cable++, "to-$_->{index}", 5, $_->{ns}{net}, $_->{eth0}) } @hosts);
    (my $gateway = $router) =~ s{/.*}{};
    for my $host (@hosts) {
        enter($host->{ns}{net}, CLONE_NEWNET);
        my $done = eval { configure_host($host->{eth0}, $host->{address}, $gateway); 1 };
        my $why = $@;
        enter($home{net}, CLONE_NEWNET);
        die $why unless $done;
    }
}

1;
