#!/usr/bin/perl
# seat.pl: a place that a class offers to a learner: one program on a pseudo-terminal, in a view of the machine in which
# there is nothing but what it needs.
#
#   seat.pl ids=root|full|one [base=N range=N (root)] [subuid=N:COUNT subgid=N:COUNT (full)] [processes=N] [file=BYTES]
#           columns=N rows=N [own=1] (ro|rw|dev)=SOURCE^_TARGET... group=FOLDER^_SETTING^_VALUE... env=NAME=VALUE... -- PROGRAM ARGUMENT...
#
# Descriptor 0: what the learner types. 1: what the terminal shows. 2: why it could not be started. 3: the host, in lines:
# it says `size COLUMNS ROWS`, and hears `ready` and `exit STATUS`. The end of 3 is the end of all of it.
#
#   seat (pid 1 of a pid namespace; mount, net, uts, ipc and cgroup namespaces; of the network not even the loopback is up)
#     sees and carries bytes, and has the rights that it takes to make the view
#     the program: a user namespace and a mount namespace of its own below those, so that what is mounted stays as it is
#     (mount_namespaces(7), "Restrictions on mount namespaces"): who is root there cannot make the view writable or larger
#
# As root the program's ids are a range that nobody on the machine has. As an ordinary user they are the user's own:
# then it is the view alone that keeps it from their files.
use strict;
use warnings;

BEGIN {
    my ($here) = __FILE__ =~ m{^(.*)/[^/]*$}; $here = '.' unless defined $here;
    require "$here/../agent/calls.pl";
    require "$here/../embedded/$_.pl" for qw(ids outlive);
    require "$here/$_.pl" for qw(groups view);
}

our %NR;
use constant { TIOCSCTTY => 0x540E, TIOCGPTN => 0x80045430, TIOCSPTLCK => 0x40045431, TIOCSWINSZ => 0x5414, RLIMIT_FSIZE => 1 };
# What may wait in either direction before no more is read: who does not read holds up themselves alone.
use constant WAITING => 1 << 16;

sub fail { my ($stage, $why) = @_; chomp $why; syswrite STDERR, "seat: $stage: $why\n"; CORE::exit(70) }

my (%option, @view, @groups, %environment);
while (@ARGV) {
    my $word = shift @ARGV;
    last if $word eq '--';
    my ($key, $value) = $word =~ /^(\w+)=(.*)$/s or fail('arguments', "bad argument $word");
    if ($key =~ /^(?:ro|rw|dev)$/) { push @view, [$key, split /\x1f/, $value] }
    elsif ($key eq 'group') { push @groups, [split /\x1f/, $value] }
    elsif ($key eq 'env') { my ($name, $is) = split /=/, $value, 2; $environment{$name} = $is }
    else { $option{$key} = $value }
}
my @program = @ARGV or fail('arguments', 'no program');

syscall($NR{close_range}, 4, ~0 & 0xffffffff, 0);
open(my $host, '+<&=', 3) or fail('host', "$!");
fcntl($host, 2, 1);    # close-on-exec: 3 is not above $^F where it was there before us

enter_groups(@groups);
# Where the limits hold only by priority: the class itself comes first.
setpriority(0, 0, 5);

# Root has the rights to make the view; others are root in a user namespace first.
my $is_root = $option{ids} eq 'root';
eval { new_user_namespace(\%option) unless $is_root; 1 } or fail('user-namespace', $@);
syscall($NR{unshare}, CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP | CLONE_NEWPID) == 0
    or fail('namespaces', "unshare: $!");
# The first process of it; we only wait for its end, so that whoever started us sees it.
my $first = fork;
defined $first or fail('fork', "$!");
if ($first) {
    # what the terminal shows is the other's alone to close
    open(STDIN, '<', '/dev/null'); open(STDOUT, '>', '/dev/null'); close $host;
    waitpid $first, 0;
    CORE::exit($? >> 8);
}

my ($master, $child);
eval {
    syscall($NR{setsid});
    syscall($NR{prctl}, 1, 9, 0, 0, 0);    # PR_SET_PDEATHSIG: SIGKILL
    $0 = 'wirebook-seat';
    limit(RLIMIT_CORE, 0);
    make_view(\%option, @view);
    my $slave;
    ($master, $slave) = open_terminal();
    resize($option{columns}, $option{rows});
    $child = start_program($slave);
    close $slave;
    1;
} or fail('setup', $@);
syswrite $host, "ready\n";
carry();

sub open_terminal {
    sysopen(my $m, '/dev/pts/ptmx', 2 | 0400) or die "ptmx: $!\n";
    my $unlock = pack 'i', 0; ioctl($m, TIOCSPTLCK, $unlock) or die "unlockpt: $!\n";
    my $number = pack 'i', 0; ioctl($m, TIOCGPTN, $number) or die "ptsname: $!\n"; $number = unpack 'i', $number;
    sysopen(my $s, "/dev/pts/$number", 2 | 0400) or die "pts $number: $!\n";
    ($m, $s);
}

sub resize { my ($columns, $rows) = @_; my $size = pack 'S4', $rows, $columns, 0, 0; ioctl($master, TIOCSWINSZ, $size) }

# The program in its user and mount namespaces; dies with why it could not be started.
sub start_program {
    my ($slave) = @_;
    pipe(my $why_r, my $why_w);
    my $pid = fork;
    defined $pid or die "fork: $!\n";
    if (!$pid) {
        eval {
            close $why_r; close $host; close $master;
            syscall($NR{setsid});
            my $zero = 0; ioctl($slave, TIOCSCTTY, $zero) or die "terminal: $!\n";
            # before the namespace, whose whole it then bounds (user_namespaces(7): ucounts)
            limit(RLIMIT_NPROC, $option{processes});
            limit(RLIMIT_NOFILE, 4096);
            limit(RLIMIT_FSIZE, $option{file});
            lesser_namespace(\%option);
            stdio($slave, $slave, $slave);
            chdir '/home';
            %ENV = %environment;
            { no warnings; exec { $program[0] } @program }
            die "$program[0]: $!\n";
        };
        syswrite $why_w, $@;
        CORE::exit(127);
    }
    close $why_w;
    my $why = ''; while (sysread $why_r, $why, 4096, length $why) { }
    die $why if length $why;
    $pid;
}

# Carries bytes until the program has ended or the host is gone. Nothing here waits for anybody.
sub carry {
    $SIG{PIPE} = 'IGNORE';
    pipe(my $wake_r, my $wake_w); nonblocking($_) for $wake_r, $wake_w, $master, *STDIN, *STDOUT, $host;
    $SIG{CHLD} = sub { local $!; syswrite $wake_w, '.' };
    my ($typed, $shown, $said, $typing, $status) = ('', '', '', 1, undef);
    while (1) {
        while ((my $pid = waitpid -1, 1) > 0) { $status = $? if $pid == $child }
        # what it printed last is still in the terminal
        if (defined $status) {
            while (length $shown < 1 << 20) { my $n = $master && sysread $master, $shown, 1 << 16, length $shown; last unless $n }
            finish($shown, $status);
        }
        my ($r, $w) = ('', '');
        vec($r, fileno $wake_r, 1) = 1;
        vec($r, fileno $host, 1) = 1;
        vec($r, 0, 1) = 1 if $typing && length $typed < WAITING;
        vec($r, fileno $master, 1) = 1 if $master && length $shown < WAITING;
        vec($w, 1, 1) = 1 if length $shown;
        vec($w, fileno $master, 1) = 1 if $master && length $typed;
        if (select($r, $w, undef, undef) < 0) { next if $! == EINTR; CORE::exit(71) }
        sysread $wake_r, my $drop, 4096 if vec $r, fileno $wake_r, 1;
        if (vec $r, fileno $host, 1) {
            my $n = sysread $host, $said, 4096, length $said;
            CORE::exit(0) if defined $n ? $n == 0 : $! != EAGAIN && $! != EINTR;
            while ($said =~ s/^([^\n]*)\n//) { resize($1, $2) if $1 =~ /^size (\d{1,4}) (\d{1,4})$/ && $master }
            CORE::exit(71) if length $said > 256;
        }
        if (vec $r, 0, 1) {
            my $n = sysread STDIN, $typed, WAITING, length $typed;
            $typing = 0 if defined $n ? $n == 0 : $! != EAGAIN && $! != EINTR;
        }
        if ($master && vec $w, fileno $master, 1) {
            my $n = syswrite $master, $typed;
            if (defined $n) { substr($typed, 0, $n) = '' } elsif ($! != EAGAIN && $! != EINTR) { $typed = '' }
        }
        if ($master && vec $r, fileno $master, 1) {
            my $n = sysread $master, $shown, WAITING, length $shown;
            # EIO: nobody has it open; a program that has just begun, or all have ended
            if (defined $n ? $n == 0 : $! != EAGAIN && $! != EINTR) { close $master; $master = undef }
        }
        if (vec $w, 1, 1) {
            my $n = syswrite STDOUT, $shown;
            if (defined $n) { substr($shown, 0, $n) = '' } elsif ($! != EAGAIN && $! != EINTR) { CORE::exit(0) }
        }
    }
}

sub finish {
    my ($shown, $status) = @_;
    my $end = now() + 2;
    while (length $shown && now() < $end) {
        my $w = ''; vec($w, 1, 1) = 1;
        select undef, $w, undef, 0.2;
        my $n = syswrite STDOUT, $shown;
        if (defined $n) { substr($shown, 0, $n) = '' } elsif ($! != EAGAIN) { last }
    }
    syswrite $host, 'exit ' . ($status & 127 ? 128 + ($status & 127) : $status >> 8) . "\n";
    CORE::exit(0);
}
