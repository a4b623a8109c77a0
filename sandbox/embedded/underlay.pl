# underlay.pl: the network that joins the hosts, and the hosts themselves.
#
# The keeper's own network namespace holds the bridge `underlay` with the router's address; each host has an end of a
# cable on it, its eth0. Nothing leads from here to the machine's network.
use strict;
use warnings;

our %NR;
our (@hosts, %home);
my $router = '172.17.0.1/16';

sub ip_batch {
    my ($text, @options) = @_;
    pipe(my $r, my $w); pipe(my $er, my $ew);
    my $pid = fork;
    defined $pid or die "fork: $!\n";
    if (!$pid) {
        open(my $null, '>', '/dev/null');
        stdio($r, $null, $ew);
        exec '/usr/sbin/ip', @options, '-batch', '-' or exec '/sbin/ip', @options, '-batch', '-';
        CORE::exit(127);
    }
    close $r; close $ew;
    syswrite $w, $text; close $w;
    my $said = ''; while (sysread $er, $said, 4096, length $said) { }
    waitpid $pid, 0;
    die "ip: $said\n" if $?;
}

my @cables;

sub make_underlay { }    # all links are made in one batch, once the hosts' namespaces exist

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

# Pid 1 of a host: takes the processes whose parents are gone, and holds nothing that could be of use to them.
sub host_init {
    $SIG{$_} = 'IGNORE' for qw(HUP INT TERM PIPE USR1 USR2);
    $0 = 'init';
    $SIG{CHLD} = 'IGNORE';    # the kernel reaps them itself (wait(2))
    syscall($NR{close_range}, 0, 0xffffffff, 0);
    select undef, undef, undef, undef while 1;
}

sub connect_hosts {
    my $batch = "link set lo up\nlink add underlay type bridge\naddr add $router dev underlay\n"
        . "addr add 8.8.8.8/32 dev lo\naddr add 1.1.1.1/32 dev lo\naddr add 203.0.113.80/32 dev lo\nlink set underlay up\n";
    for my $host (@hosts) {
        my $cable = "to-" . $host->{index};
        $batch .= "link add $cable type veth peer name eth0 netns $host->{init}\nlink set $cable master underlay\nlink set $cable up\n";
    }
    ip_batch($batch);
    (my $gateway = $router) =~ s{/.*}{};
    for my $host (@hosts) {
        enter($host->{ns}{net}, CLONE_NEWNET);
        my $done = eval { ip_batch("link set lo up\naddr add $host->{address} dev eth0\nlink set eth0 up\nroute add default via $gateway dev eth0\n"); 1 };
        my $why = $@;
        enter($home{net}, CLONE_NEWNET);
        die $why unless $done;
    }
}

1;
