# commands.pl: commands beside the shells: those a person asks for with `exec`, and the many of one look at a host.
use strict;
use warnings;

our %NR;
our (%readers, %children, %timers);
our %execs;

# One command in a host, apart from its shell: {id, netns, timeout, stdin, argv}.
sub start_exec {
    my ($host, $id, $netns, $timeout, $stdin, @argv) = @_;
    my ($inr, $inw, $outr, $outw, $errr, $errw);
    pipe($inr, $inw); pipe($outr, $outw); pipe($errr, $errw);
    my $pid = fork_into($host, 1, sub {
        if (length $netns) { enter(open_netns($netns), CLONE_NEWNET) }
        syscall($NR{setsid});
        stdio($inr, $outw, $errw);
        environment($host);
        chdir '/root';
        { no warnings; exec { $argv[0] } @argv }
        die "$argv[0]: $!\n";
    });
    close $inr; close $outw; close $errw;
    my $exec = $execs{$id} = { id => $id, pid => $pid, fds => 2 };
    my $feed = sub { 1 };
    if (length $stdin) {
        nonblocking($inw);
        my $writer; $writer = sub {
            local $SIG{PIPE} = 'IGNORE';
            my $n = syswrite $inw, $stdin, 1 << 16;
            if (defined $n) { substr($stdin, 0, $n) = '' } elsif ($! != EAGAIN) { $stdin = '' }
            if (length $stdin) { $timers{"feed$id"} = [now() + (defined $n ? 0 : 0.002), $writer] } else { close $inw }
        };
        $writer->();
    } else { close $inw }
    for my $pair ([1, $outr], [2, $errr]) {
        my ($n, $fd) = @$pair;
        nonblocking($fd);
        $readers{fileno $fd} = { fd => $fd, output => 1, code => sub {
            my $got = sysread $fd, my $chunk, 1 << 16;
            if ($got) { send_message('out', $id, $n, $chunk); return }
            return if !defined $got && $! == EAGAIN;
            delete $readers{fileno $fd}; close $fd;
            $exec->{fds}--; end_exec($exec);
        } };
    }
    $children{$pid} = sub {
        $exec->{status} = $_[0];
        # a grandchild may keep the pipes open: what is in them now is all we wait for
        $timers{"drain$id"} = [now() + 0.2, sub { $exec->{fds} = 0; delete $readers{$_} for grep { $readers{$_} && ($readers{$_}{fd} == $outr || $readers{$_}{fd} == $errr) } map { fileno($_) // () } grep { defined fileno $_ } $outr, $errr; end_exec($exec) }];
        end_exec($exec);
    };
    $timers{"exec$id"} = [now() + $timeout, sub { $exec->{late} = 1; kill 9, -$pid; kill 9, $pid }] if $timeout;
}

sub end_exec {
    my ($exec) = @_;
    return unless defined $exec->{status} && $exec->{fds} <= 0 && $execs{ $exec->{id} };
    delete $timers{"$_$exec->{id}"} for qw(exec feed drain);
    delete $execs{ $exec->{id} };
    my $s = $exec->{status};
    send_message('done', $exec->{id}, $exec->{late} ? 'timeout' : 'exited', $s & 127 ? 128 + ($s & 127) : $s >> 8);
}

# Runs many commands at once, each in a network namespace, with the agent's own tools, and calls back with each result.
# A job: {netns => descriptor, argv, stdin, timeout, prepare => code in the child, done => code(exit, failure, out, err, seconds)}.
# Blocks until all are done: called in a child of the agent, never in the agent itself.
sub run_jobs {
    my ($parallel, @jobs) = @_;
    my %running;
    while (@jobs || %running) {
        while (@jobs && keys %running < $parallel) {
            my $job = shift @jobs;
            eval { $job->{pid} = start_job($job); $running{ $job->{pid} } = $job; 1 } or $job->{done}->('', 'error', '', $@, 0);
        }
        my $bits = ''; my $soon = 1; my $t = now();
        for my $job (values %running) {
            for (grep { $job->{fd}[$_] } 1, 2) { vec($bits, fileno $job->{fd}[$_], 1) = 1 }
            my $left = $job->{end} - $t; $soon = $left if $left < $soon;
        }
        select(my $ready = $bits, undef, undef, $soon < 0 ? 0 : $soon);
        for my $job (values %running) {
            for my $n (grep { $job->{fd}[$_] } 1, 2) {
                my $fd = $job->{fd}[$n];
                next unless vec $ready, fileno $fd, 1;
                my $got = sysread $fd, $job->{text}[$n], 1 << 16, length $job->{text}[$n];
                if (!$got || length $job->{text}[$n] > 8 << 20) { close $fd; $job->{fd}[$n] = undef }
            }
            if ($job->{end} < now()) { kill 9, -$job->{pid}; $job->{late} = 1; for (1, 2) { close $job->{fd}[$_] if $job->{fd}[$_]; $job->{fd}[$_] = undef } }
            next if $job->{fd}[1] || $job->{fd}[2];
            waitpid $job->{pid}, 0;
            my $s = $?;
            delete $running{ $job->{pid} };
            my $missing = $s >> 8 == 127 && $job->{text}[2] =~ /\0no such tool\0/;
            $job->{done}->($job->{late} || $s & 127 ? '' : $s >> 8, $job->{late} ? 'timeout' : $missing ? 'missing-tool' : $s & 127 ? 'error' : '',
                $job->{text}[1], $missing ? "$job->{argv}[0] is not there" : $job->{text}[2], now() - $job->{start});
            push @jobs, $job->{then}->($job->{text}[1]) if $job->{then};
        }
    }
}

sub start_job {
    my ($job) = @_;
    my ($inr, $inw, $outr, $outw, $errr, $errw);
    pipe($inr, $inw); pipe($outr, $outw); pipe($errr, $errw);
    my $pid = fork;
    die "fork: $!\n" unless defined $pid;
    if (!$pid) {
        eval {
            enter($job->{netns}, CLONE_NEWNET) if $job->{netns};
            $job->{prepare}->() if $job->{prepare};
            syscall($NR{setsid});
            stdio($inr, $outw, $errw);
            %ENV = (PATH => '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL => 'C', HOME => '/root');
            my ($path, @arguments) = @{ $job->{argv} };
            my ($name) = $path =~ m{([^/]+)$};
            { no warnings; exec { $path } $name, @arguments }
            syswrite STDERR, "\0no such tool\0";
        };
        syswrite STDERR, $@ if $@;
        CORE::exit(127);
    }
    close $inr; close $outw; close $errw;
    syswrite $inw, $job->{stdin} if defined $job->{stdin};
    close $inw;
    $job->{fd} = [undef, $outr, $errr]; $job->{text} = ['', '', ''];
    $job->{start} = now(); $job->{end} = $job->{start} + ($job->{timeout} || 20);
    $pid;
}

1;
