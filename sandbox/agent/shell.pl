# shell.pl: the persistent bash of a host, and cells run in it.
#
# The shell is interactive in bash's sense without a terminal: so SIGINT gives up the whole cell and comes back to the
# next line of standard input, as at a prompt (bash(1), SIGNALS). A cell is one line `eval $'...'` with its standard
# output and error on two FIFOs of its own: what a background job prints later still belongs to its cell. The line after
# it reports the status, the working directory and the variables that were asked for.
#
# When a child dies of a signal, such a bash sets its terminal right again, and where it has none it complains on the
# cell's standard error. So it is given a terminal for that alone: what is standard error when it starts becomes its
# shell_tty (bash's jobs.c, initialize_job_control). Nothing is ever written there afterwards.
use strict;
use warnings;

our %NR;
our (%readers, %children, %timers);    # of the loop: fileno -> {fd, code}; pid -> code; key -> [when, code]

my $marks = 0;
my $shells = 0;

# Where a shell of a host is kept: the lesson's own, or by its name one of those in which a learner's commands are repeated.
sub slot { my ($host, $name) = @_; length $name ? \$host->{shells}{$name} : \$host->{shell} }

sub shells_of { my ($host) = @_; grep { $_ } $host->{shell}, values %{ $host->{shells} || {} } }

# What Wirebook itself needs inside a host.
sub own_dir { my ($host) = @_; my $dir = "$host->{run}/wirebook"; mkdir $dir; chmod 0700, $dir; $dir }

sub start_shell {
    my ($host, $name, $netns) = @_;
    my $dir = own_dir($host);
    my $file = 'status' . (length $name ? '.' . ++$shells : '');
    unlink "$dir/$file"; make_fifo("$dir/$file");
    sysopen(my $status, "$dir/$file", 2 | O_NONBLOCK) or die "status: $!\n";    # read and write: never at its end
    pipe(my $r, my $w) or die "pipe: $!\n";
    my ($master, $terminal) = open_pty($host);
    my $pid = fork_into($host, 1, sub {
        syscall($NR{setsid});
        open(my $null, '+<', '/dev/null') or die "null: $!\n";
        stdio($r, $null, $terminal);
        if (length $netns) { enter(open_netns($netns), CLONE_NEWNET) }
        environment($host);
        chdir '/root';
        exec '/bin/bash', '--noprofile', '--norc', '--noediting', '-i';
        die "bash: $!\n";
    });
    close $r; close $terminal;
    my $shell = ${ slot($host, $name) } = { name => $name, to => "/run/wirebook/$file", pid => $pid, stdin => $w, master => $master, status => $status, dir => $dir, buffer => '', host => $host, queue => [] };
    print_to_shell($shell, "exec 2>/dev/null; PS1= PS2= PROMPT_COMMAND= HISTFILE=; set +o history +H; shopt -u checkwinsize; "
        . "__wirebook_status() { return \$1; }\n");
    $readers{fileno $status} = { fd => $status, code => sub { read_status($shell) } };
    $children{$pid} = sub { shell_ended($shell, $_[0]) };
    $shell;
}

sub print_to_shell { my ($shell, $text) = @_; local $SIG{PIPE} = 'IGNORE'; while (length $text) { my $n = syswrite $shell->{stdin}, $text; last unless defined $n; substr($text, 0, $n) = '' } }

sub quoted { my ($text) = @_; $text =~ s/([\\'])/\\$1/g; $text =~ s/\n/\\n/g; $text =~ s/\r/\\r/g; "\$'$text'" }

# run: {id, text, timeout (s), background, limit (bytes), shell, netns, variables}
sub run_cell {
    my ($host, $run) = @_;
    my $shell = ${ slot($host, $run->{shell}) } || start_shell($host, $run->{shell}, $run->{netns});
    if ($shell->{run}) { push @{ $shell->{queue} }, $run; return }
    $shell->{run} = $run;
    $run->{mark} = ++$marks;
    $run->{bytes} = 0;
    my $redirect = '';
    if (length $run->{text}) {
        for my $n (1, 2) {
            my $path = "$shell->{dir}/$run->{mark}.$n";
            make_fifo($path);
            sysopen(my $fd, $path, O_NONBLOCK) or die "$path: $!\n";
            $run->{fifo}[$n] = $path;
            my $number = $n;
            $run->{fd}[$n] = $fd;
            $readers{fileno $fd} = { fd => $fd, output => 1, code => sub { read_output($shell, $run, $number) } };
        }
        $run->{before} = { map { $_ => 1 } session_processes($shell) };
        my $base = "/run/wirebook/$run->{mark}";
        my $text = quoted($run->{background} ? "{ $run->{text}\n} &" : $run->{text});
        $redirect = "__wirebook_status " . ($shell->{last} || 0) . " 2>/dev/null; \\eval $text </dev/null >$base.1 2>$base.2\n";
    }
    my @values = map { /^[A-Za-z_][A-Za-z0-9_]*$/ ? "\"\${$_+=\$$_}\"" : "''" } @{ $run->{variables} };
    print_to_shell($shell, $redirect . "\\builtin printf '%s\\0' $run->{mark} \"\$?\" \"\$PWD\" @values end 2>/dev/null >$shell->{to}\n");
    $timers{"run$run->{id}"} = [now() + $run->{timeout}, sub { stop_cell($shell, $run, 'timeout') }] if $run->{timeout};
}

sub read_output {
    my ($shell, $run, $n) = @_;
    my $fd = $run->{fd}[$n] or return;
    my $got = sysread $fd, my $chunk, 1 << 16;
    if (!defined $got) { return }
    if ($got == 0) { close_output($run, $n); return }
    $run->{bytes} += $got;
    if ($run->{limit} && $run->{bytes} > $run->{limit}) {
        $run->{discard} = 1;
        stop_cell($shell, $run, 'output-limit') if !$run->{stopping} && ($shell->{run} || 0) == $run;
    }
    send_message('out', $run->{id}, $n, $chunk) unless $run->{discard};
    $got;
}

sub close_output { my ($run, $n) = @_; my $fd = delete $run->{fd}[$n] or return; delete $readers{fileno $fd}; close $fd; unlink $run->{fifo}[$n] }

sub read_status {
    my ($shell) = @_;
    while (1) { my $n = sysread $shell->{status}, $shell->{buffer}, 1 << 16, length $shell->{buffer}; last unless $n }
    my $run = $shell->{run};
    while ($shell->{buffer} =~ /^(?:sync(\d+)\n|(\d+)\0(.*?)\0end\0)/s) {
        my ($sync, $mark, @values) = ($1, $2, defined $3 ? split(/\0/, $3, -1) : ());
        $shell->{buffer} = substr $shell->{buffer}, $+[0];
        next unless $run && (defined $sync ? $sync : $mark) == $run->{mark};
        if (defined $sync) { finish_cell($shell, $run, $run->{stopping}, @{ $run->{values} }) if $run->{values} }
        elsif ($run->{stopping}) { $run->{values} = \@values; delete $timers{"end$run->{id}"}; settle($shell, $run) }
        else { finish_cell($shell, $run, 'exited', @values) }
        $run = $shell->{run};
    }
    $shell->{buffer} = '' if length $shell->{buffer} > 1 << 20;
}

# bash may hold a second interrupt back when one has ended a cell (a child that dies of SIGINT counts as one), and would
# give up the next line that it reads. So a stopped cell is over when a line without quotes has come through whole.
sub settle {
    my ($shell, $run) = @_;
    my $tries = 0;
    my $again; $again = sub {
        if ($tries++ > 40) { kill 9, $shell->{pid}; return }
        print_to_shell($shell, "\n\\builtin echo sync$run->{mark} >$shell->{to}\n") if $tries > 1;
        $timers{"end$run->{id}"} = [now() + ($tries > 1 ? 0.04 : 0.02), $again];
    };
    $again->();
}

sub finish_cell {
    my ($shell, $run, $outcome, $exit, $cwd, @values) = @_;
    delete $timers{"run$run->{id}"}; delete $timers{"end$run->{id}"};
    # what the cell left running in the background ignores SIGINT, and has had its time all the same
    end_all(grep { !$run->{before}{$_} } session_processes($shell)) if $outcome eq 'timeout' || $outcome eq 'output-limit';
    # all that was written before the status is in the pipes by now
    for my $n (1, 2) { while ($run->{fd}[$n] && read_output($shell, $run, $n)) { } unlink $run->{fifo}[$n] if $run->{fifo}[$n] }
    $shell->{last} = $exit if defined $exit && $exit =~ /^\d+$/;
    $exit = '' if $outcome ne 'exited' && $outcome ne 'shell-ended';
    send_message('done', $run->{id}, $outcome, defined $exit ? $exit : '', defined $cwd ? $cwd : '', @values);
    $shell->{run} = undef;
    if (my $next = shift @{ $shell->{queue} }) { run_cell($shell->{host}, $next) }
}

# Whoever asks next must not see them any more; a process that hangs in the kernel is waited for only so long.
sub end_all {
    my (@pids) = @_;
    kill 9, @pids;
    for (1 .. 40) {
        @pids = grep { my $stat = slurp("/proc/$_/stat"); defined $stat && substr($stat, rindex($stat, ')') + 2, 1) ne 'Z' } @pids or return;
        select undef, undef, undef, 0.005;
    }
}

# All processes of the shell's session and below it, but not the shell itself.
sub session_processes {
    my ($shell) = @_;
    my (%parent, %session);
    opendir(my $d, '/proc') or return;
    for my $pid (grep { /^\d+$/ } readdir $d) {
        my $stat = slurp("/proc/$pid/stat") or next;
        my (undef, $ppid, undef, $sid) = split ' ', substr $stat, rindex($stat, ')') + 2;
        $parent{$pid} = $ppid; $session{$pid} = $sid;
    }
    my $top = $shell->{pid};
    grep { my $p = $_; $p != $top && ($session{$p} == $top || do { my $n = 0; $p = $parent{$p} while $p && $p != $top && $n++ < 64; ($p || 0) == $top }) } keys %parent;
}

# Gives the cell up: first as Ctrl-C would, then harder. Jobs that earlier cells left running stay.
sub stop_cell {
    my ($shell, $run, $why) = @_;
    return if $run->{stopping};
    $run->{stopping} = $why;
    my $round = 0;
    my $again; $again = sub {
        my @signals = ([2, 0.3], [2, 0.3], [15, 0.5], [9, 0.5], [9, 0.5]);
        if ($round >= @signals) { kill 9, $shell->{pid}; return }
        my ($signal, $wait) = @{ $signals[$round++] };
        # the waiting before the waited for: a subshell that saw its child end first would go on with its next command
        kill 2, $shell->{pid};
        kill $signal, sort { $a <=> $b } grep { !$run->{before}{$_} } session_processes($shell);
        $timers{"end$run->{id}"} = [now() + $wait, $again];
    };
    $again->();
}

sub shell_ended {
    my ($shell, $status) = @_;
    my ($host, $run) = ($shell->{host}, $shell->{run});
    delete $readers{fileno $shell->{status}};
    close $shell->{$_} for qw(status stdin master);
    ${ slot($host, $shell->{name}) } = undef;
    my @queue = @{ $shell->{queue} };
    $shell->{queue} = [];
    if ($run) {
        my $code = $status & 127 ? 128 + ($status & 127) : $status >> 8;
        finish_cell($shell, $run, $run->{stopping} || 'shell-ended', $code, '/root', map { '' } @{ $run->{variables} });
    }
    run_cell($host, $_) for @queue;
}

1;
