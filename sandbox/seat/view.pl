# view.pl: what a seat's program sees of files, and as whom.
use strict;
use warnings;

our %NR;
use constant { O_PATH => 0x200000, MS_NOATIME => 1024 };

# A root of our own with what was named, at the place that was named, and nothing else: no shell, no home, no /etc but two files.
sub make_view {
    my ($option, @parts) = @_;
    mount_fs(undef, '/', undef, MS_REC | MS_PRIVATE);
    # Opened now: our own mounts may come to lie over them, or they where the program's ids cannot walk to.
    for my $part (@parts) {
        sysopen(my $f, $part->[1], O_PATH) or die "$part->[1]: $!\n";
        push @$part, $f, -d $part->[1] ? 1 : 0;
    }
    my $t = '/tmp';
    mount_fs('wirebook', $t, 'tmpfs', MS_NOSUID, 'mode=755,size=1m,nr_inodes=4000');
    mkdir $_ for "$t/root", map { "$t/root/$_" } qw(proc sys dev dev/pts dev/net tmp etc run mnt);
    my $root = "$t/root";
    mount_fs($root, $root, undef, MS_BIND);    # pivot_root(2) wants a mount
    for my $part (@parts) {
        my ($how, undef, $target, $fd, $is_dir) = @$part;
        my $at = "$root$target";
        my $above = $root;
        my @names = split m{/}, substr $target, 1;
        my $last = pop @names;
        for (@names) { $above .= "/$_"; mkdir $above }
        if ($is_dir) { mkdir $at } elsif (!-e $at) { open(my $f, '>', $at) or die "$at: $!\n" }
        my $from = '/proc/self/fd/' . fileno $fd;
        try_mount($from, $at, undef, MS_BIND) or mount_fs($from, $at, undef, MS_BIND | MS_REC);
        narrow($at, $how);
    }
    # proc and sysfs may only be mounted below while a full one is in sight (mount_too_revealing in fs/namespace.c)
    mount_fs('proc', "$root/proc", 'proc', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    mount_fs('sysfs', "$root/sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    # the keeper of a sandbox makes its mounts there; a program's own files are few
    mount_fs('tmp', "$root/tmp", 'tmpfs', MS_NOSUID | MS_NODEV, 'mode=1777,size=8m,nr_inodes=1000');
    mount_fs('run', "$root/run/wirebook", 'tmpfs', MS_NOSUID | MS_NODEV, 'mode=1777,size=1m,nr_inodes=200') if mkdir "$root/run/wirebook";
    mount_fs('devpts', "$root/dev/pts", 'devpts', MS_NOSUID | MS_NOEXEC, 'newinstance,ptmxmode=0666,mode=600');
    spit("$root/etc/passwd", "root:x:0:0:learner:/home:/nonexistent\n", 0644);
    spit("$root/etc/group", "root:x:0:\n", 0644);
    pivot_to($root);
    my $name = 'class';
    syscall($NR{sethostname}, $name, length $name);
    # of what is left of the file system that holds it all, nothing may be written
    mount_fs(undef, '/', undef, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID);
}

# What a mount of the machine's forbids must be forbidden here too, when it is not ours to allow: tried with ever more.
sub narrow {
    my ($at, $how) = @_;
    my $flags = MS_REMOUNT | MS_BIND | MS_NOSUID | ($how eq 'rw' ? MS_NODEV | MS_NOEXEC : $how eq 'ro' ? MS_RDONLY : 0);
    for my $more (0, MS_NOEXEC, MS_NODEV, MS_NODEV | MS_NOEXEC, MS_RDONLY | MS_NODEV | MS_NOEXEC) {
        for my $time (0, MS_NOATIME) { return if try_mount(undef, $at, undef, $flags | $more | $time) }
    }
    die "$at could not be narrowed: $!\n";
}

# In the program's process: namespaces below the ones that the view was made in, so that nothing of it can be undone.
sub lesser_namespace {
    my ($option) = @_;
    pipe(my $ready_r, my $ready_w); pipe(my $done_r, my $done_w);
    my $self = $$;
    my $mapper = fork;
    defined $mapper or die "fork: $!\n";
    if (!$mapper) {
        close $ready_w;
        sysread $ready_r, my $byte, 1 or CORE::exit(1);
        my $error = eval { lesser_maps($option, $self); '' };
        $error = $@ unless defined $error;
        syswrite $done_w, $error;
        CORE::exit(0);
    }
    close $done_w;
    syscall($NR{unshare}, CLONE_NEWUSER | CLONE_NEWNS) == 0 or do { my $why = "$!"; kill 9, $mapper; waitpid $mapper, 0; die "unshare: $why\n" };
    syswrite $ready_w, '.';
    my $error = '';
    while (sysread $done_r, $error, 4096, length $error) { }
    waitpid $mapper, 0;
    die $error if length $error;
    if ($option->{ids} ne 'one') { my $none = pack 'L', 0; syscall($NR{setgroups}, 0, $none) == 0 or die "setgroups: $!\n" }
    syscall($NR{setresgid}, 0, 0, 0) == 0 or die "setresgid: $!\n";
    syscall($NR{setresuid}, 0, 0, 0) == 0 or die "setresuid: $!\n";
    syscall($NR{prctl}, 4, 1, 0, 0, 0);     # PR_SET_DUMPABLE: cleared by the change of ids
    syscall($NR{prctl}, 38, 1, 0, 0, 0);    # PR_SET_NO_NEW_PRIVS
}

# root: ids of the seat's own, and those that the files of sandboxes have, by the same numbers, so that sandboxes are made
# here as they are elsewhere (src/sandbox/rootfs/ids.ts)
sub lesser_maps {
    my ($option, $pid) = @_;
    if ($option->{ids} eq 'root') {
        for my $kind (qw(uid gid)) { write_map("/proc/$pid/${kind}_map", "0 $option->{base} 65536\n$option->{range} $option->{range} 65536\n") }
    } elsif ($option->{ids} eq 'full') {
        # as they were given: the kernel takes no range that was two
        for my $kind (qw(uid gid)) { my (undef, $count) = split /:/, $option->{"sub$kind"}; write_map("/proc/$pid/${kind}_map", "0 0 1\n1 1 $count\n") }
    } else {
        write_map("/proc/$pid/setgroups", "deny\n") if -e "/proc/$pid/setgroups";
        write_map("/proc/$pid/uid_map", "0 0 1\n");
        write_map("/proc/$pid/gid_map", "0 0 1\n");
    }
}

1;
