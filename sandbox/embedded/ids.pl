# ids.pl: the user namespace and its map of ids (user_namespaces(7)).
use strict;
use warnings;

our %NR;
# ids=full: the caller's own id is root inside, and newuidmap(1) adds the range of /etc/subuid.
# ids=one:  the caller's own id alone. setgroups(2) is denied then: see seccomp_setgroups.
# ids=all:  the caller is root of a user namespace: its own ids, by the same numbers.
# ids=root: the caller is root: a range of ids that nobody on the machine has, so that inside is never the machine's root.
sub new_user_namespace {
    my ($option) = @_;
    my ($uid, $gid, $self) = ($<, (split ' ', $()[0], $$);
    pipe(my $ready_r, my $ready_w); pipe(my $done_r, my $done_w);
    my $mapper = fork;
    defined $mapper or die "fork: $!\n";
    if (!$mapper) {
        close $ready_w;
        sysread $ready_r, my $byte, 1 or CORE::exit(1);
        my $error = eval { write_maps($option, $self, $uid, $gid); '' };
        $error = $@ unless defined $error;
        syswrite $done_w, $error;
        CORE::exit(0);
    }
    close $done_w;
    syscall($NR{unshare}, CLONE_NEWUSER) == 0 or do { my $why = "$!"; kill 9, $mapper; waitpid $mapper, 0; die "unshare: $why\n" };
    syswrite $ready_w, '.';
    my $error = '';
    while (sysread $done_r, $error, 4096, length $error) { }
    waitpid $mapper, 0;
    die $error if length $error;
    if ($option->{ids} ne 'one') { my $none = pack 'L', 0; syscall($NR{setgroups}, 0, $none) }
    syscall($NR{setresgid}, 0, 0, 0) == 0 or die "setresgid: $!\n";
    syscall($NR{setresuid}, 0, 0, 0) == 0 or die "setresuid: $!\n";
    syscall($NR{prctl}, 4, 1, 0, 0, 0);    # PR_SET_DUMPABLE: a change of ids had cleared it, and /proc/self would be closed to us
}

sub write_maps {
    my ($option, $pid, $uid, $gid) = @_;
    if ($option->{ids} eq 'full') {
        my ($ufirst, $ucount) = split /:/, $option->{subuid};
        my ($gfirst, $gcount) = split /:/, $option->{subgid};
        my @u = ('newuidmap', $pid, 0, $uid, 1, 1, $ufirst, $ucount);
        my @g = ('newgidmap', $pid, 0, $gid, 1, 1, $gfirst, $gcount);
        for my $command (\@u, \@g) { my $said = qx{@$command 2>&1}; die "$command->[0]: $said\n" if $? }
    } elsif ($option->{ids} eq 'root') {
        write_map("/proc/$pid/uid_map", "0 $option->{uid} 65536\n");
        write_map("/proc/$pid/gid_map", "0 $option->{gid} 65536\n");
    } elsif ($option->{ids} eq 'all') {
        # the first may come from elsewhere than the others, and the kernel takes no range that was two
        my $map = "0 0 1\n1 1 @{[$option->{count} - 1]}\n";
        write_map("/proc/$pid/${_}_map", $map) for qw(uid gid);
    } else {
        write_map("/proc/$pid/setgroups", "deny\n") if -e "/proc/$pid/setgroups";
        write_map("/proc/$pid/uid_map", "0 $uid 1\n");
        write_map("/proc/$pid/gid_map", "0 $gid 1\n");
    }
}

# The kernel takes a map in one write(2) only.
sub write_map { my ($path, $text) = @_; sysopen(my $f, $path, 1) or die "$path: $!\n"; defined syswrite $f, $text or die "write $path: $!\n" }

# With one mapped id there is no other to change to: setgroups(2) and chown(2) to others fail, and with them tcpdump and
# nginx, which give up rights that they do not have here. A filter (seccomp(2)) lets setgroups say that it was done.
sub seccomp_setgroups {
    my ($arch, @numbers) = $NR{machine} eq 'x86_64' ? (0xC000003E, 116) : (0xC00000B7, 159);
    my $filter = sub { pack 'SCCL', @_ };
    my $program = join '', $filter->(0x20, 0, 0, 4), $filter->(0x15, 0, 3, $arch), $filter->(0x20, 0, 0, 0),
        $filter->(0x15, 0, 1, $numbers[0]), $filter->(0x06, 0, 0, 0x00050000), $filter->(0x06, 0, 0, 0x7fff0000);
    my $header = pack 'S x6 P', length($program) / 8, $program;
    syscall($NR{seccomp}, 1, 0, $header) == 0;
}

1;
