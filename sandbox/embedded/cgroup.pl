# cgroup.pl: a cgroup of the sandbox's own, where one may be made (src/sandbox/embedded/cgroup.ts chose where).
#
# What the sandbox writes to its disks is memory too (tmpfs), so the cgroup holds both limits together: a full disk is
# then told as a full disk, and not by ending processes. The kernel holds the sum at every moment; the keeper's own look
# (keep_memory) holds the processes' share.
#
# Nobody inside the cgroup can remove it. A process outside waits until the keeper is gone, whatever ended it, and does.
use strict;
use warnings;

our %NR;

# In the process that becomes the sandbox, before it leaves the machine's namespaces.
sub enter_cgroup {
    my ($option) = @_;
    my ($parent, $version) = @$option{qw(cgroup cgroup_version)};
    return unless $parent;
    sweep_cgroups($parent);
    my $dir = "$parent/wirebook-$$";
    mkdir $dir or return;
    my $bytes = $option->{memory} + $option->{disk};
    my @limits = $version == 2
        ? (['memory.max', $bytes], ['memory.swap.max', 0])
        : (['memory.limit_in_bytes', $bytes], ['memory.memsw.limit_in_bytes', $bytes]);
    my $held = write_setting("$dir/$limits[0][0]", $limits[0][1]);
    write_setting("$dir/$limits[1][0]", $limits[1][1]);    # where the kernel counts swap
    # the write end is the keeper's alone: its end is the end of the sandbox
    pipe(my $wait, my $alive) or do { rmdir $dir; return };
    my $remover = fork;
    if (!defined $remover || !$held) { rmdir $dir; CORE::exit(0) if defined $remover && !$remover; return }
    if (!$remover) { remove_cgroup($dir, $wait, $alive) }
    close $wait;
    our $cgroup_alive = $alive;    # close-on-exec, and never closed by us
    write_setting("$dir/cgroup.procs", $$);
}

sub write_setting { my ($path, $value) = @_; sysopen(my $f, $path, 1) or return 0; defined syswrite $f, $value }

sub remove_cgroup {
    my ($dir, $wait, $alive) = @_;
    $0 = 'wirebook-cgroup';
    syscall($NR{setsid});
    chdir '/';
    close $alive;
    # not one descriptor of the connection, else its end would not be seen
    my $kept = fileno $wait;
    $^F = $kept;
    syscall($NR{close_range}, 0, $kept - 1, 0) if $kept > 0;
    syscall($NR{close_range}, $kept + 1, ~0 & 0xffffffff, 0);
    $SIG{$_} = 'IGNORE' for qw(INT HUP TERM PIPE);
    my $byte;
    while (!defined sysread $wait, $byte, 1) { last unless $! == EINTR }
    for (1 .. 500) { last if rmdir $dir or $! == 2; select undef, undef, undef, 0.01 }
    kill 9, $$;
}

# What is left of sandboxes whose remover was ended too: their cgroups are empty, and rmdir takes no other.
sub sweep_cgroups {
    my ($parent) = @_;
    opendir(my $d, $parent) or return;
    for (readdir $d) { rmdir "$parent/$_" if /^wirebook-(\d+)$/ && !-e "/proc/$1" }
}

1;
