# loop.pl: the agent's one loop: messages in, output and results out, children that end, timers that fire.
use strict;
use warnings;

our (%readers, %children, %timers, @hosts, %execs, %ptys, %traces, $stream, $sink, $in, $out);
our $listener;            # a sandbox with a name waits for connections here
our $on_end;              # called when the connection is gone and nobody can connect again

our %handlers = (
    run => sub {
        my ($id, $host, $text, $timeout, $background, $limit, $shell, $netns, @variables) = @_;
        run_cell(host($host), { id => $id, text => $text, timeout => $timeout / 1000, background => $background, limit => $limit, shell => $shell, netns => $netns, variables => \@variables });
    },
    interrupt => sub {
        my ($id) = @_;
        for my $shell (map { shells_of($_) } @hosts) {
            my $run = $shell->{run};
            if ($run && $run->{id} == $id) { stop_cell($shell, $run, 'interrupted') }
            elsif (my ($queued) = grep { $_->{id} == $id } @{ $shell->{queue} }) { @{ $shell->{queue} } = grep { $_ != $queued } @{ $shell->{queue} }; send_message('done', $id, 'interrupted', '', '/root') }
        }
        if (my $exec = $execs{$id}) { kill 9, -$exec->{pid}; kill 9, $exec->{pid} }
    },
    exec => sub { my ($id, $host, @rest) = @_; $rest[1] /= 1000; start_exec(host($host), $id, @rest) },
    pty => sub { my ($id, $host, @rest) = @_; start_pty(host($host), $id, @rest) },
    data => sub { my ($id, $data) = @_; write_pty($id, $data) },
    resize => sub { resize_pty(@_) },
    kill => sub { kill_pty(@_) },
    observe => sub { my ($id, $host, @wants) = @_; start_observation(host($host), $id, @wants) },
    hello => sub { my ($id) = @_; send_message('hello', $id, map { "$_->{name}\0$_->{address}" } @hosts) },
    alive => sub { },
    quit => sub { kill 9, map { $_->{init} } grep { $_->{init} } @hosts; CORE::exit(0) },
);

sub host { my ($index) = @_; $hosts[$index] or die "no host $index\n" }

sub handle {
    my ($what, @args) = @{ $_[0] };
    my $handler = $handlers{$what};
    eval { $handler ? $handler->(@args) : die "unknown message $what\n"; 1 } or send_message('error', $args[0], $@);
}

our %guests; my $last_guest = 0;

sub accept_guest { accept(my $new, $listener) or return; nonblocking($new); $guests{++$last_guest} = { stream => $new, in => '', out => '' } }

sub serve_guest {
    my ($number) = @_;
    my $guest = $guests{$number} or return;
    my ($alive, @messages);
    { local ($stream, $sink, $in) = ($guest->{stream}, undef, $guest->{in}); ($alive, @messages) = read_messages(); $guest->{in} = $in }
    for (@messages) { $_->[1] += GUEST * $number if defined $_->[1] && $_->[1] =~ /^\d+$/; handle($_) }
    leave_guest($number) unless $alive;
}

sub flush_guest {
    my ($number) = @_;
    my $guest = $guests{$number};
    my $sent;
    { local ($stream, $sink, $out) = ($guest->{stream}, undef, $guest->{out}); $sent = flush_stream(); $guest->{out} = $out }
    leave_guest($number) unless defined $sent;
}

# The sandbox stays; what the guest had running for itself does not: a shell hangs up with its terminal.
sub leave_guest {
    my ($number) = @_;
    my $guest = delete $guests{$number} or return;
    close $guest->{stream};
    kill_pty($_) for grep { guest_of($_) == $number } keys %ptys;
    kill_trace($_) for grep { guest_of($_) == $number } keys %traces;
    for my $exec (grep { guest_of($_->{id}) == $number } values %execs) { kill 9, -$exec->{pid}; kill 9, $exec->{pid} }
}

sub lose_stream { kill_trace($_) for keys %traces; close $stream if $stream; ($stream, $sink) = (); ($in, $out) = ('', ''); $on_end->() }

our $watch = sub { };     # called now and then while something runs
our $heard = now();       # when Wirebook last said something
our $silence;             # seconds without a word after which the connection counts as lost; undef: for ever

sub reap { while ((my $pid = waitpid -1, 1) > 0) { my $status = $?; my $code = delete $children{$pid}; $code->($status) if $code } }

sub loop {
    # a child's end must wake select: SIGCHLD writes into a pipe of our own
    pipe(my $wake_r, my $wake_w); nonblocking($wake_r); nonblocking($wake_w);
    $SIG{CHLD} = sub { local $!; syswrite $wake_w, '.' };
    $SIG{PIPE} = 'IGNORE';
    my $last_watch = now();
    while (1) {
        my ($r, $w) = ('', '');
        vec($r, fileno $wake_r, 1) = 1;
        vec($r, fileno $stream, 1) = 1 if $stream;
        vec($r, fileno $listener, 1) = 1 if $listener;
        vec($w, fileno($sink || $stream), 1) = 1 if $stream && length $out;
        for my $guest (values %guests) { vec($r, fileno $guest->{stream}, 1) = 1; vec($w, fileno $guest->{stream}, 1) = 1 if length $guest->{out} }
        my ($waiting) = sort { $b <=> $a } map { length } $out, map { $_->{out} } values %guests;
        for my $reader (values %readers) { vec($r, fileno $reader->{fd}, 1) = 1 unless $reader->{output} && $waiting > ($reader->{soon} ? SOON : BACKPRESSURE) }
        my $busy = %execs || %ptys || grep { shells_of($_) } @hosts;
        my $wait = $busy ? 0.5 : undef;
        for my $timer (values %timers) { my $left = $timer->[0] - now(); $left = 0 if $left < 0; $wait = $left if !defined $wait || $left < $wait }
        if ($silence && $stream) {
            my $left = $heard + $silence - now();
            if ($left <= 0) { lose_stream(); next }
            $wait = $left if !defined $wait || $left < $wait;
        }
        my $n = select $r, $w, undef, $wait;
        if ($n < 0) { next if $! == EINTR; die "select: $!\n" }
        if (vec $r, fileno $wake_r, 1) { sysread $wake_r, my $drop, 4096 }
        if ($listener && vec $r, fileno $listener, 1) { accept_guest() }
        for my $number (grep { vec $r, fileno $guests{$_}{stream}, 1 } keys %guests) { serve_guest($number) }
        if ($stream && vec $r, fileno $stream, 1) {
            my ($alive, @messages) = read_messages();
            $heard = now();
            handle($_) for @messages;
            lose_stream() unless $alive;
        }
        # a reader may close others and open new ones under the same number: only those that select saw are called
        for my $reader (map { $readers{$_} } grep { vec $r, $_, 1 } keys %readers) {
            my $number = fileno $reader->{fd};
            $reader->{code}->() if defined $number && ($readers{$number} || 0) == $reader;
        }
        reap();
        my $t = now();
        for my $key (keys %timers) { my $timer = $timers{$key} or next; if ($timer->[0] <= $t) { delete $timers{$key}; $timer->[1]->() } }
        if ($busy && $t - $last_watch > 0.4) { $last_watch = $t; $watch->() }
        if ($stream && length $out) { lose_stream() unless defined flush_stream() }
        for my $number (grep { length $guests{$_}{out} } keys %guests) { flush_guest($number) }
    }
}

1;
