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
        root => "/.old/$index/root", run => "/.old/$index/run", pts => "/.old/$index/pts" };
    mkdir $host->{dir};
    host_layers($host, $option, $specs);
    pipe(my $ready_r, my $ready_w);
    syscall($NR{unshare}, CLONE_NEWPID) == 0 or die "unshare pid: $!\n";
    my $pid = fork;
    my $why = "$!";
    enter($home{pid}, CLONE_NEWPID) if !defined $pid || $pid;
    defined $pid or die "fork: $why\n";
    if (!$pid) {
        my $said = eval {
            syscall($NR{unshare}, CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP) == 0 or die "unshare: $!\n";
            my $name = $host->{name};
            syscall($NR{sethostname}, $name, length $name);
            enter_host_root($host);
            'ok';
        } || $@;
        syswrite $ready_w, $said;
        host_init();
    }
    close $ready_w;
    my $said = ''; while (sysread $ready_r, $said, 4096, length $said) { }
    $said eq 'ok' or die "host $host->{name}: $said\n";
    $host->{init} = $pid;
    for my $kind (qw(mnt net uts ipc cgroup pid)) { open($host->{ns}{$kind}, '<', "/proc/$pid/ns/$kind") or die "namespace $kind: $!\n" }
    $host;
}

# Pid 1 of a host: takes the processes whose parents are gone. SIGCHLD stays ignored over exec, and the kernel then reaps
# them itself (wait(2)); other signals from inside do not reach a pid 1 without handlers (pid_namespaces(7)).
sub host_init {
    $SIG{$_} = 'IGNORE' for qw(CHLD HUP INT TERM);
    syscall($NR{close_range}, 0, 0xffffffff, 0);
    %ENV = ();
    { no warnings; exec { '/usr/bin/sleep' } 'init', 'infinity' }
    select undef, undef, undef, undef while 1;
}

# Indexes are chosen so that no two ends of a cable have the same: the kernel takes its time with the carrier of such.
sub connect_hosts {
    my $cable = 10;
    netlink(link_up(1), new_bridge(5, 'underlay'), new_address(5, $router), map({ new_address(1, "$_/32") } @internet_addresses),
        map { new_cable($cable++, "to-$_->{index}", 5, $_->{ns}{net}) } @hosts);
    (my $gateway = $router) =~ s{/.*}{};
    for my $host (@hosts) {
        enter($host->{ns}{net}, CLONE_NEWNET);
        # a new namespace takes these over from the machine (devconf_inherit_init_net, ip-sysctl.rst): here they start alike
        for (qw(ip_forward conf/all/rp_filter conf/default/rp_filter)) { eval { spit("/proc/sys/net/ipv4/$_", '0') } }
        my $done = eval { netlink(link_up(1), new_address(2, $host->{address}), link_up(2), new_default_route(2, $gateway)); 1 };
        my $why = $@;
        enter($home{net}, CLONE_NEWNET);
        die $why unless $done;
    }
}

1;
