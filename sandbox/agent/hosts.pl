# hosts.pl: what the agent knows of its hosts, and how a process gets into one.
#
# A host is { index, name, init (its pid 1), ns => {mnt, net, uts, ipc, cgroup, pid => open descriptors} }. Where the
# agent runs on the machine itself (over ssh, in a container), ns is empty and a child is where it should be already.
use strict;
use warnings;

our (%NR, @hosts, %home);      # %home: descriptors of the agent's own namespaces, to come back to
our $child_processes = 1024;

my %kind = (mnt => CLONE_NEWNS, net => CLONE_NEWNET, uts => CLONE_NEWUTS, ipc => CLONE_NEWIPC, cgroup => CLONE_NEWCGROUP, pid => CLONE_NEWPID);

# Starts the pid 1 of a host, in namespaces of its own and those that $more asks for; $code gives it its root. Nothing
# of the host outlives it (pid_namespaces(7)), and it does not outlive us.
sub start_init {
    my ($host, $more, $code) = @_;
    pipe(my $ready_r, my $ready_w);
    my $apart = !$host->{among_others};    # else it is no pid 1: processes of the machine are in sight
    if ($apart) { syscall($NR{unshare}, CLONE_NEWPID) == 0 or die "unshare pid: $!\n" }
    my $pid = fork;
    my $why = "$!";
    enter($home{pid}, CLONE_NEWPID) if $apart && (!defined $pid || $pid);
    defined $pid or die "fork: $why\n";
    if (!$pid) {
        my $said = eval {
            # a cgroup namespace begins where its maker is; what is in it has a group of its own below (cgroup-v2.rst,
            # "No Internal Process Constraint")
            my $group = $host->{group};
            spit("$group/cgroup.procs", '0') if $group;
            syscall($NR{unshare}, CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP | $more) == 0 or die "unshare: $!\n";
            if ($group) { mkdir "$group/lesson"; spit("$group/lesson/cgroup.procs", '0') }
            my $name = $host->{name};
            syscall($NR{sethostname}, $name, length $name);
            $code->();
            'ok';
        } || $@;
        syswrite $ready_w, $said;
        host_init();
    }
    close $ready_w;
    my $said = ''; while (sysread $ready_r, $said, 4096, length $said) { }
    $said eq 'ok' or die "host $host->{name}: $said\n";
    $host->{init} = $pid;
    for my $kind (keys %kind) {
        next if $kind eq 'net' && !$more || $kind eq 'pid' && !$apart;
        open($host->{ns}{$kind}, '<', "/proc/$pid/ns/$kind") or die "namespace $kind: $!\n";
    }
    $host;
}

# Pid 1 of a host: takes the processes whose parents are gone. SIGCHLD stays ignored over exec, and the kernel then reaps
# them itself (wait(2)); other signals from inside do not reach a pid 1 without handlers (pid_namespaces(7)).
sub host_init {
    $SIG{$_} = 'IGNORE' for qw(CHLD HUP INT TERM);
    syscall($NR{prctl}, 1, 9, 0, 0, 0);    # PR_SET_PDEATHSIG: SIGKILL
    syscall($NR{close_range}, 0, 0xffffffff, 0);
    %ENV = ();
    { no warnings; exec { '/usr/bin/sleep' } 'init', 'infinity'; exec { '/bin/sleep' } 'init', 'infinity' }
    select undef, undef, undef, undef while 1;
}

# Forks a child that runs $code inside the host (with its own pid when $own_pid) and never returns.
sub fork_into {
    my ($host, $own_pid, $code) = @_;
    my $ns = $host->{ns};
    enter($ns->{pid}, CLONE_NEWPID) if $own_pid && $ns->{pid};
    my $pid = fork;
    my $why = $!;
    enter($home{pid}, CLONE_NEWPID) if (!defined $pid || $pid) && $own_pid && $ns->{pid};
    die "fork: $why\n" unless defined $pid;
    return $pid if $pid;
    $SIG{$_} = 'DEFAULT' for qw(CHLD PIPE INT TERM HUP);
    eval {
        limit(RLIMIT_NPROC, $child_processes);
        spit("$host->{group}/lesson/cgroup.procs", '0') if $host->{group};
        for my $k (qw(cgroup ipc uts net mnt)) { enter($ns->{$k}, $kind{$k}) if $ns->{$k} }
        $code->();
    };
    syswrite STDERR, $@ if $@;
    CORE::exit(127);
}

# Opens a network namespace by name, as this host sees the name; '' is the host's own. Called in a child that is in
# the host's mount namespace already. A link in /run/netns may point to another mount (docker's) and is followed.
sub open_netns {
    my ($name) = @_;
    die "bad name\n" if $name =~ m{/|\0} || $name eq '.' || $name eq '..';
    for my $dir ('/run/netns', '/var/run/netns') { my $f; return $f if open $f, '<', "$dir/$name" }
    die "no network namespace $name\n";
}

# /etc/passwd and /etc/group as the packages' own scripts would leave them. Where there is one id, all accounts are that.
sub accounts {
    my ($etc, $real) = @_;
    my %accounts = (daemon => 1, bin => 2, sys => 3, man => 6, mail => 8, 'www-data' => 33, tcpdump => 101, dnsmasq => 102, systemd => 103, messagebus => 104);
    my (@passwd, @group);
    for my $name (sort { $accounts{$a} <=> $accounts{$b} } keys %accounts) {
        my $id = $real ? $accounts{$name} : 0;
        push @passwd, "$name:x:$id:$id:$name:/nonexistent:/usr/sbin/nologin\n"; push @group, "$name:x:$id:\n";
    }
    my ($nobody) = $real ? 65534 : 0;
    spit("$etc/passwd", "root:x:0:0:root:/root:/bin/bash\n@{[join '', @passwd]}nobody:x:$nobody:$nobody:nobody:/nonexistent:/usr/sbin/nologin\n", 0644);
    spit("$etc/group", "root:x:0:\ntty:x:@{[$real ? 5 : 0]}:\n@{[join '', @group]}nogroup:x:$nobody:\n", 0644);
}

sub environment {
    my ($host, %more) = @_;
    %ENV = (HOME => '/root', USER => 'root', LOGNAME => 'root', SHELL => '/bin/bash', LANG => 'C.UTF-8', TERM => 'dumb',
        PATH => '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', %more);
}

1;
