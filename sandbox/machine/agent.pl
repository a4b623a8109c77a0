# agent.pl: the agent of one machine. It is sent over the stream that it then speaks on (src/sandbox/remote/start.ts), so
# that nothing is written to the machine, and it ends with that stream, or when nothing has come over it for a while.
#
# Two processes: the agent, and above it one that only waits. However the agent ends, the other ends the lesson's
# processes, puts the machine's network back to how it was, and says what it could not put back.
use strict;
use warnings;

our (%NR, @hosts, %home, $stream, $sink, $on_end, $silence, $child_processes, $in, $out);

sub fail { my ($code, $why) = @_; chomp $why; blocking($sink); send_message('failed', $code, $why); flush_stream(); CORE::exit(70) }

sub blocking { my ($fd) = @_; my $flags = fcntl($fd, 3, 0); fcntl($fd, 4, $flags & ~O_NONBLOCK) }

# Standard input and output are the stream; whatever is started here must not have them.
sub take_stream {
    open($stream, '<&', 0) or die "stdin: $!\n"; open($sink, '>&', 1) or die "stdout: $!\n";
    open(STDIN, '<', '/dev/null'); open(STDOUT, '>', '/dev/null');
}

sub start_options {
    while (1) {
        my ($alive, @messages) = read_messages();
        if (@messages) { my (undef, @pairs) = @{ $messages[0] }; return map { /^(\w+)=(.*)$/s ? ($1, $2) : () } @pairs }
        CORE::exit(0) unless $alive;
        my $bits = ''; vec($bits, fileno $stream, 1) = 1; select $bits, undef, undef, undef;
    }
}

sub main {
    take_stream();
    my $began = now();
    # what comes after the first message stays in $in for the agent
    my %option = start_options();
    $< == 0 && $> == 0 or fail('not-root', "the agent runs as user $>");
    -x '/bin/bash' or fail('no-bash', '/bin/bash is not there');
    syscall($NR{setsid});
    $SIG{$_} = 'IGNORE' for qw(HUP INT TERM PIPE);
    $0 = 'wirebook-agent';
    my $lock = lock_machine() if $option{lock};
    if ($option{run} eq 'own' && !$option{wire}) { serve_room(\%option, $began) }    # a container goes as a whole
    set_clock($option{clock}) if $option{clock};
    # or a tunnel module that somebody loaded shows in every namespace that a lesson makes
    if ($option{wire}) { eval { spit('/proc/sys/net/core/fb_tunnels_only_for_init_net', '1') } }
    $option{group} = $option{wire} ? own_group(\%option) : '';
    my $before = $option{restore} ? look_at_machine() : undef;
    my @made = grep { mkdir $_ } '/run/netns', '/run/wirebook';    # where the room has something of its own
    syscall($NR{prctl}, 36, 1, 0, 0, 0);    # PR_SET_CHILD_SUBREAPER: what the agent leaves comes to us
    my $agent = fork;
    defined $agent or fail('fork', "$!");
    if (!$agent) { serve_room(\%option, $began) }
    $0 = 'wirebook-keeper';
    my $status = end_with($agent);
    my @left = $before ? restore_machine($before) : ();
    rmdir $_ for @made;
    remove_group($option{group}) if $option{group};
    switch_off_later($option{idle}) if $option{idle};
    blocking($sink);
    $out = '';
    send_message('restored', $status, @left);
    flush_stream();
    CORE::exit(0);
}

# A virtual machine that was put back to a snapshot believes that it is then.
sub set_clock { my ($now) = @_; ask(5, undef, 'date', '-s', "\@$now") if abs($now - time) > 2 }

# Waits for the agent's end, and ends all that it leaves, to the last: a process whose parent is gone becomes our child.
sub end_with {
    my ($agent) = @_;
    my ($status, $pid) = (0);
    while (($pid = waitpid -1, 0) > 0) { if ($pid == $agent) { $status = $?; last } }
    for (1 .. 500) {
        my $children = slurp("/proc/$$/task/$$/children");
        kill 9, split ' ', defined $children ? $children : '';
        while (($pid = waitpid -1, 1) > 0) { }
        last if $pid < 0;
        select undef, undef, undef, 0.01;
    }
    $status;
}

# A name in the abstract space of unix(7), one a network namespace: gone with its owner, whatever ends it.
sub lock_machine {
    socket(my $lock, 1, 1, 0) or fail('lock', "$!");
    bind($lock, pack 'S a*', 1, "\0wirebook-machine") or fail('in-use', "$!");
    $lock;
}

sub serve_room {
    my ($option, $began) = @_;
    eval {
        limit(RLIMIT_CORE, 0);
        $child_processes = $option->{processes};
        push @hosts, make_room($option);
        plug_in($hosts[0], split /,/, $option->{net}) if length($option->{net} || '');
        $option->{tag} = lay_wire($hosts[0], $option) if $option->{wire};
        1;
    } or fail('room', $@);
    $hosts[0]{address} = '';
    $on_end = sub { CORE::exit(0) };
    $silence = $option->{silence};
    open(STDERR, '>', '/dev/null');
    nonblocking($stream); nonblocking($sink);
    send_message('ready', int((now() - $began) * 1e6), $option->{wire} ? ($option->{address} =~ m{^([^/]+)}, $option->{tag}) : own_address());
    loop();
}

# The address by which the others of a sandbox reach this machine, as far as it can know: the one that it would send from.
sub own_address {
    my $route = said(qw(ip -4 -o route get 192.0.2.1)) || '';
    $route =~ /\bsrc (\S+)/ ? $1 : (said(qw(ip -4 -o addr show scope global)) || '') =~ m{inet ([\d.]+)} ? $1 : '';
}

our %handlers;
$handlers{names} = sub { my ($id, @pairs) = @_; names_of_room(map { [split /=/, $_, 2] } @pairs); send_message('done', $id) };
