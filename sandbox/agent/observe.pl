# observe.pl: one look at a host: everything passive in one round trip, and the active probes side by side.
#
# The tools are the agent's own, from a root file system that the learner's processes can neither see nor change, and
# they run where the learner's processes cannot signal or trace them. Only the network namespace is the learner's.
use strict;
use warnings;

our %NR;
our (%readers, %children, %home, $stream, $sink, $out);

# Wants: 'ip', 'bridge', 'nft', 'listen', 'process', "sysctl\0NETNS\0NAME", "file\0PATH", "container\0NAME", "probe\0KEY\0NETNS\0MS\0ARGV...".
sub start_observation {
    my ($host, $id, @wants) = @_;
    pipe(my $r, my $w) or die "pipe: $!\n";
    my $pid = fork;
    die "fork: $!\n" unless defined $pid;
    if (!$pid) {
        $SIG{$_} = 'DEFAULT' for qw(CHLD PIPE);
        close $r;
        $id = report_to($w, $id);
        eval { observe($host, $id, @wants); 1 } or send_message('obs', $id, 'failure', '', 'error', '', $@, 0);
        send_message('obsdone', $id);
        flush_stream();
        kill 9, $$;
    }
    close $w;
    nonblocking($r);
    my $text = '';
    $readers{fileno $r} = { fd => $r, output => 1, code => sub {
        my $n = sysread $r, $text, 1 << 18, length $text;
        return if !defined $n && $! == EAGAIN;
        if (!$n) {
            delete $readers{fileno $r}; close $r;
            if ($text !~ /obsdone.{0,40}\z/s) { send_message('obs', $id, 'failure', '', 'error', '', 'the look at the host was cut short', 0); send_message('obsdone', $id) }
            else { deliver($id, $text) }
        }
    } };
    $children{$pid} = sub { };
}

sub observe {
    my ($host, $id, @wants) = @_;
    my %want; my (@sysctls, @files, @containers, @probes);
    for (@wants) {
        my ($what, @args) = split /\0/, $_, -1;
        if ($what eq 'sysctl') { push @sysctls, \@args } elsif ($what eq 'file') { push @files, $args[0] }
        elsif ($what eq 'container') { push @containers, $args[0] }
        elsif ($what eq 'probe') { push @probes, \@args } else { $want{$what} = 1 }
    }
    my $result = sub { my ($key) = shift; sub { send_message('obs', $id, $key, @_) } };

    # in the host's mount namespace: names and files
    my $ns = $host->{ns};
    enter($ns->{mnt}, CLONE_NEWNS) if $ns->{mnt};
    my %netns = ('' => $ns->{net} || $home{net});    # without one of its own it is where we are
    if (opendir my $d, '/run/netns') {
        for my $name (sort grep { !/^\.\.?$/ } readdir $d) { my $fd = eval { open_netns($name) } or next; $netns{$name} = $fd }
    }
    observe_file($result->("file\0$_"), $_) for @files;
    enter($home{mnt}, CLONE_NEWNS) if $ns->{mnt};

    my %inode = map { $_ => (stat $netns{$_})[1] } keys %netns;
    # a link in /run/netns may lead to something that is no network namespace
    for my $name (grep { length } keys %netns) { delete $netns{$name} unless eval { enter($netns{$name}, CLONE_NEWNET); 1 } }
    # the host's name and its queues' limits are settings too, of namespaces of their own
    my @own = @sysctls && $ns->{uts} ? ([uts => CLONE_NEWUTS], [ipc => CLONE_NEWIPC]) : ();
    enter($ns->{$_->[0]}, $_->[1]) for @own;
    for my $name (sort keys %netns) {
        enter($netns{$name}, CLONE_NEWNET);
        send_message('obs', $id, "netns\0$name", $inode{$name});
        for (grep { $_->[0] eq $name } @sysctls) {
            (my $path = $_->[1]) =~ tr{./}{/.};
            my $value = $path =~ /\.\./ ? undef : slurp("/proc/sys/$path");
            chomp $value if defined $value;
            send_message('obs', $id, "sysctl\0$name\0$_->[1]", defined $value ? "=$value" : '');
        }
    }
    enter($home{$_->[0]}, $_->[1]) for @own;
    enter($home{net}, CLONE_NEWNET) if $home{net};
    observe_processes($host, $id) if $want{process};

    my @jobs;
    for my $name (sort keys %netns) {
        my $job = sub { my ($key, $stdin, @argv) = @_; push @jobs, { netns => $netns{$name}, argv => \@argv, stdin => $stdin, done => ref $key ? $key : $result->("$key\0$name") } };
        if ($want{ip}) {
            my (@four, @six); my $both = sub { @four && @six and $result->("ip\0$name")->(@four[0, 1], spliced($four[2], $six[2]), $four[3] . $six[3], $four[4]) };
            $job->(sub { @four = @_; $both->() }, "addr show\nroute show table all\nrule show\nneigh show\n", '/usr/sbin/ip', '-j', '-d', '-batch', '-');
            $job->(sub { @six = @_; $both->() }, "route show table all\nrule show\n", '/usr/sbin/ip', '-6', '-j', '-d', '-batch', '-');
        }
        if ($want{bridge}) { $job->('bridge', "link show\nfdb show\nvlan show\n", '/usr/sbin/bridge', '-j', '-d', '-batch', '-') }
        if ($want{nft}) {
            $job->('nft', undef, '/usr/sbin/nft', '-j', 'list', 'ruleset');
            # rules of ip6tables are rare: they are asked for where nft shows parts of them by name alone
            $jobs[-1]{then} = sub { $_[0] =~ /"family": "ip6"/ && $_[0] =~ /"xt"/ ? { netns => $netns{$name}, argv => ['/usr/sbin/ip6tables-save', '-c'], done => $result->("ip6tables\0$name") } : () };
            $job->('iptables', undef, '/usr/sbin/iptables-save', '-c');
        }
        if ($want{listen}) { $job->('listen', undef, '/usr/bin/ss', '-H', '-l', '-n', '-t', '-u', '-p') }
    }
    # our own client asks the host's engine over its socket, which a network namespace does not keep apart
    for my $name (@containers) {
        my @socket = $host->{own_engine} ? ('-H', "unix://$host->{run}/docker.sock") : ();
        push @jobs, { argv => [find_tool('docker'), @socket, 'container', 'inspect', '--', $name], done => $result->("container\0$name") };
    }
    for (@probes) {
        my ($key, $name, $ms, @argv) = @$_;
        if (!$netns{$name}) { $result->("probe\0$key")->('', 'no-namespace', '', "there is no network namespace $name", 0); next }
        my $path = find_tool($argv[0]);
        push @jobs, { netns => $netns{$name}, argv => [$path, @argv[1 .. $#argv]], timeout => $ms / 1000, done => $result->("probe\0$key"),
            prepare => sub { names_of($host, $name); show_namespaces(\%netns) if $path =~ /probe-sysctls$/ } };
    }
    run_jobs(32, @jobs);

    # Last: the kernel gives a namespace its number in another only when somebody first lists a link between them.
    for my $name (sort keys %netns) {
        enter($netns{$name}, CLONE_NEWNET);
        my $ids = namespace_ids(\%netns);
        send_message('obs', $id, "nsid\0$name", map { ($inode{$_}, $ids->{$_}) } sort keys %$ids) if %$ids;
    }
}

# .tools: where the root file system is the machine's own
sub find_tool { my ($tool) = @_; if ($tool =~ m{/}) { return $tool if -e $tool; my ($name) = $tool =~ m{([^/]+)$}; return -x "/.tools/$name" ? "/.tools/$name" : $tool } for (qw(/usr/sbin /usr/bin /usr/lib/wirebook)) { return "$_/$tool" if -x "$_/$tool" } "/usr/bin/$tool" }

# `ip -batch` prints one array a line: IPv6 routes go behind those of IPv4, its rules to the end.
sub spliced {
    my ($four, $six) = @_;
    my @lines = split /^/, $four;
    my ($routes, @rules) = split /^/, $six;
    @lines == 4 ? join '', @lines[0, 1], $routes // '', @lines[2, 3], @rules : $four . $six;
}

# A probe resolves names as the host does (and as ip-netns(8) arranges for a namespace of that name).
sub names_of {
    my ($host, $name) = @_;
    my $root = $host->{root} or return;
    syscall($NR{unshare}, CLONE_NEWNS) == 0 or return;
    for my $file (qw(resolv.conf hosts)) {
        my ($from) = grep { -f $_ && !-l $_ } "$root/etc/netns/$name/$file", "$root/etc/$file";
        try_mount($from, "/etc/$file", undef, MS_BIND) if $from;
    }
}

# The agent's own /run/netns is empty: a probe that goes through all namespaces of the host finds them there by name.
sub show_namespaces {
    my ($netns) = @_;
    mount_fs('run', '/run', 'tmpfs', MS_NOSUID, 'mode=755,size=64k');
    mkdir '/run/netns';
    for my $name (grep { length } keys %$netns) {
        open(my $file, '>', "/run/netns/$name") or next;
        try_mount('/proc/self/fd/' . fileno $netns->{$name}, "/run/netns/$name", undef, MS_BIND);
    }
}

# rtnetlink(7): RTM_GETNSID with NETNSA_FD; the answer's NETNSA_NSID is -1 where the namespace has no id in this one.
sub namespace_ids {
    my ($netns) = @_;
    my %ids;
    socket(my $nl, 16, 3, 0) or return {};
    for my $name (keys %$netns) {
        my $request = pack 'L S S L L  C x3  S S L', 28, 90, 1, 1, 0, 0, 8, 3, fileno $netns->{$name};
        send($nl, $request, 0) or next;
        defined recv($nl, my $reply, 4096, 0) or next;
        my ($size, $type) = unpack 'L S', $reply;
        next if $type == 2;
        my $at = 20;
        while ($at + 4 <= $size) {
            my ($length, $attribute) = unpack 'S S', substr $reply, $at, 4;
            last if $length < 4;
            if ($attribute == 1) { my $nsid = unpack 'l', substr $reply, $at + 4, 4; $ids{$name} = $nsid if $nsid >= 0 }
            $at += ($length + 3) & ~3;
        }
    }
    \%ids;
}

sub observe_file {
    my ($result, $path) = @_;
    my @s = lstat $path;
    if (!@s) { $result->('absent', $! == 2 || $! == 20 ? '' : "$!"); return }
    my %kinds = (0100000 => 'file', 0040000 => 'directory', 0120000 => 'symlink', 0140000 => 'socket', 0010000 => 'fifo', 0020000 => 'device', 0060000 => 'device');
    my $kind = $kinds{ $s[2] & 0170000 } || 'file';
    my $target = $kind eq 'symlink' ? readlink $path : '';
    my $content = ''; my $truncated = '';
    # never a FIFO or a device: opening one could wait for ever
    my @end = $kind eq 'symlink' ? stat $path : @s;
    if (@end && ($end[2] & 0170000) == 0100000 && sysopen my $f, $path, O_NONBLOCK) { while (length $content <= 65536 && sysread $f, $content, 65537 - length $content, length $content) { } if (length $content > 65536) { substr($content, 65536) = ''; $truncated = 1 } }
    $result->('there', $kind, sprintf('%04o', $s[2] & 07777), $s[7], $s[4], $s[5], $target, $content, $truncated);
}

sub observe_processes {
    my ($host, $id) = @_;
    my $init = $host->{init};
    opendir(my $d, '/proc') or return;
    my (%ppid, %seen);
    my @pids = grep { /^\d+$/ } readdir $d;
    my $space = $host->{ns}{pid} ? (stat $host->{ns}{pid})[1] : 0;
    for my $pid (@pids) {
        if ($space) { my $of = readlink "/proc/$pid/ns/pid" or next; next unless $of eq "pid:[$space]" || below($pid, $init) }
        my $status = slurp("/proc/$pid/status") or next;
        my $argv = slurp("/proc/$pid/cmdline"); $argv = '' unless defined $argv;
        my ($net) = (readlink("/proc/$pid/ns/net") || '') =~ /\[(\d+)\]/;
        my ($name) = $status =~ /^Name:\s*(.*)$/m; my ($state) = $status =~ /^State:\s*(\S)/m; my ($uid) = $status =~ /^Uid:\s*(\d+)/m;
        my ($nspid) = $status =~ /^NSpid:\s*(.*)$/m; my ($parent) = $status =~ /^PPid:\s*(\d+)/m;
        # the pid as the host sees it is the one after ours
        my @levels = split ' ', defined $nspid ? $nspid : $pid;
        my $inner = $space && @levels > 1 ? $levels[1] : $pid;
        $seen{$pid} = $inner; $ppid{$pid} = $parent;
        next if $space && $pid == $init;
        send_message('obs', $id, 'process', $inner, $parent, $name, $argv, $net || '', $uid, $state, $pid);
    }
}

sub below { my ($pid, $top) = @_; my $n = 0; while ($pid && $n++ < 64) { return 1 if $pid == $top; my $s = slurp("/proc/$pid/stat") or return 0; $pid = (split ' ', substr $s, rindex($s, ')') + 2)[1] } 0 }

1;
