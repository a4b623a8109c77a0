# cgroup.pl: a cgroup of the sandbox's own, where one may be made (src/sandbox/embedded/cgroup.ts chose where).
#
# What the sandbox writes to its disks is memory too (tmpfs), so the cgroup holds both limits together: a full disk is
# then told as a full disk, and not by ending processes. The kernel holds the sum at every moment; the keeper's own look
# (keep_memory) holds the processes' share.
#
# Nobody inside the cgroup can remove it. A process outside waits until the keeper is gone, whatever ended it, and does.
use strict;
use warnings;

# In the process that becomes the sandbox, before it leaves the machine's namespaces.
sub enter_cgroup {
    my ($option) = @_;
    my ($parent, $version) = @$option{qw(cgroup cgroup_version)};
    return unless $parent;
    sweep_groups($parent, 'wirebook');
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
    if (!$remover) { remove_groups('wirebook-cgroup', $wait, $alive, $dir) }
    close $wait;
    our $cgroup_alive = $alive;    # close-on-exec, and never closed by us
    write_setting("$dir/cgroup.procs", $$);
}

1;
