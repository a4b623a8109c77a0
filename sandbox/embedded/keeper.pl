#!/usr/bin/perl
# keeper.pl: makes the embedded sandbox out of Linux namespaces, as an ordinary user or as root, and keeps it.
#
#   keeper.pl root=DIR ids=one|full|all|root hosts=NAME:ADDRESS/PREFIX,... [disk=BYTES] [memory=BYTES] [processes=N]
#             [uid=N gid=N (root: first id of the range)] [subuid=N:COUNT subgid=N:COUNT (full)] [count=N (all)] [socket=PATH] [own=1]
#             [cgroup=DIR cgroup_version=1|2]
#
# The connection to Wirebook is descriptor 3, or with socket= whoever connects there. What stands where:
#
#   keeper (pid 1 of the sandbox's own pid namespace; its root is the pristine root file system, read-only)
#     its network namespace is the underlay: bridge, router, and beyond it the simulated internet
#     a host: mount, pid, net, uts, ipc and cgroup namespaces of its own; a writable layer over the same root file system
#
# All die with the keeper (pid_namespaces(7)), and the keeper ends when its connection does. Processes of a host see
# neither the keeper nor its tools. Sources: user_namespaces(7), mount_namespaces(7), pivot_root(2).
use strict;
use warnings;

BEGIN {
    my ($here) = __FILE__ =~ m{^(.*)/[^/]*$}; $here = '.' unless defined $here;
    require "$here/../agent/$_.pl" for qw(calls frames hosts loop);
    require "$here/$_.pl" for qw(cgroup ids mounts outlive rtnetlink internet underlay);
    # compiled once the sandbox is ready: nobody has asked for anything yet
    our @later = map { [$_, slurp("$here/../agent/$_.pl")] } qw(shell commands observe pty typed trace);
    # our own probe programs, for a sandbox out of the machine's tools: read now, while we are who started us
    our %tools = grep({ $_ eq 'own=1' } @ARGV) ? map { m{([^/]+)$}; ($1 => slurp($_)) } glob "$here/../tools/probe-*" : ();
}

our (@later, %NR, @hosts, %home, $stream, $listener, $on_end, $watch, $child_processes);
my %option = map { /^(\w+)=(.*)$/s ? ($1, $2) : die "bad argument $_\n" } @ARGV;
my $began = now();

sub fail { my ($stage, $why) = @_; chomp $why; syswrite STDERR, "keeper: $stage: $why\n"; CORE::exit(70) }

# What the user's shell has open besides is none of the sandbox's.
{ my $first = $option{socket} ? 3 : 4; syscall($NR{close_range}, $first, ~0 & 0xffffffff, 0) }

if ($option{socket}) {
    unlink $option{socket};
    socket($listener, 1, 1, 0) or fail('socket', "$!");
    bind($listener, pack 'S a*', 1, "$option{socket}\0") or fail('socket', "$option{socket}: $!");
    chmod 0600, $option{socket};
    listen($listener, 8) or fail('socket', "$!");
} else { open($stream, '+<&=', 3) or fail('stream', "$!") }

# The root file system may lie where the mapped ids cannot walk to: it is reached as the working directory.
chdir $option{root} or fail('root', "$option{root}: $!");
enter_cgroup(\%option);
eval { new_user_namespace(\%option); 1 } or fail('user-namespace', $@);
syscall($NR{unshare}, CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP | CLONE_NEWPID) == 0
    or fail('namespaces', "unshare: $!");

my $keeper = fork;
defined $keeper or fail('fork', "$!");
if ($keeper) { syswrite STDOUT, "keeper $keeper\n"; CORE::exit(0) }

# From here: pid 1 of the sandbox.
eval {
    syscall($NR{setsid});
    open(STDIN, '<', '/dev/null'); open(STDOUT, '>', '/dev/null');    # whoever started us waits for the end of these
    $0 = 'wirebook-keeper';
    spit('/proc/self/oom_score_adj', '500') if -w '/proc/self/oom_score_adj';
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 4096);
    my $processes = $option{processes} || 1024;
    limit(RLIMIT_NPROC, $processes + 64);    # the keeper must still be able to look when the hosts have used theirs up
    $child_processes = $processes;
    pristine_root(\%option);
    seccomp_setgroups() if $option{ids} eq 'one';
    open($home{$_}, '<', "/proc/self/ns/$_") or die "own $_ namespace: $!\n" for qw(mnt pid net uts ipc);
    my @specs = map { /^([^:]+):(.+)$/ or die "bad host $_\n"; { name => $1, address => $2 } } split /,/, $option{hosts};
    push @hosts, make_host($_, \%option, \@specs) for @specs;
    connect_hosts();
    start_internet();
    1;
} or fail('setup', $@);

$on_end = sub { CORE::exit(0) };
my $memory = $option{memory};
$watch = sub { keep_memory($memory) } if $memory;
open(STDERR, '>', '/dev/null');
nonblocking($stream) if $stream;
send_message('ready', int((now() - $began) * 1e6), map { "$_->{name}\0$_->{address}" } @hosts);
flush_stream() if $stream;
for (@later) { my ($name, $text) = @$_; eval "#line 1 \"$name.pl\"\n$text" or fail($name, $@) }
loop();

# The largest process goes when all together are over the limit, as the kernel would do. A cgroup, where there is one,
# holds what comes between two looks.
sub keep_memory {
    my ($most) = @_;
    my ($sum, $largest, $victim) = (0, 0);
    my $mine = qr/^(?:@{[ join '|', $$, map { $_->{init} } @hosts ]})$/;
    opendir(my $d, '/proc') or return;
    for my $pid (grep { /^\d+$/ } readdir $d) {
        my $statm = slurp("/proc/$pid/statm") or next;
        my (undef, $resident, $shared) = split ' ', $statm;
        my $bytes = ($resident - $shared) * 4096;
        $sum += $bytes;
        ($largest, $victim) = ($bytes, $pid) if $bytes > $largest && $pid !~ $mine;
    }
    kill 9, $victim if $sum > $most && $victim;
}
