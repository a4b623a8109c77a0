# calls.pl: the system calls that Perl has no word for. Numbers: arch/x86/entry/syscalls/syscall_64.tbl and
# include/uapi/asm-generic/unistd.h (aarch64) of the kernel. Only perl-base is used: no POSIX, which is slow to load.
use strict;
use warnings;

our %NR = do {
    my @names = qw(unshare setns mount umount2 pivot_root sethostname prctl seccomp setsid prlimit64
        clock_gettime mknodat close_range setgroups setresuid setresgid dup3 chroot);
    my %table = (
        x86_64  => [272, 308, 165, 166, 155, 170, 157, 317, 112, 302, 228, 259, 436, 116, 117, 119, 292, 161],
        aarch64 => [97, 268, 40, 39, 41, 161, 167, 277, 157, 261, 113, 33, 436, 159, 147, 149, 24, 51],
    );
    my ($machine) = (readlink('/proc/self/exe') || '') =~ /(x86_64|aarch64)/;
    if (!$machine) { $machine = `uname -m`; chomp $machine }
    my $numbers = $table{$machine} or die "this processor is not supported: $machine\n";
    my %nr; @nr{@names} = @$numbers; ($nr{machine}) = $machine;
    %nr;
};

use constant {
    CLONE_NEWNS => 0x00020000, CLONE_NEWCGROUP => 0x02000000, CLONE_NEWUTS => 0x04000000,
    CLONE_NEWIPC => 0x08000000, CLONE_NEWUSER => 0x10000000, CLONE_NEWPID => 0x20000000, CLONE_NEWNET => 0x40000000,
    MS_RDONLY => 1, MS_NOSUID => 2, MS_NODEV => 4, MS_NOEXEC => 8, MS_REMOUNT => 32, MS_BIND => 4096, MS_MOVE => 8192,
    MS_REC => 16384, MS_PRIVATE => 1 << 18, MS_SLAVE => 1 << 19, MNT_DETACH => 2,
    EINTR => 4, EAGAIN => 11, O_NONBLOCK => 2048,
    RLIMIT_CORE => 4, RLIMIT_NPROC => 6, RLIMIT_NOFILE => 7,
};

sub now { my $t = "\0" x 16; syscall($NR{clock_gettime}, 1, $t); my ($s, $n) = unpack 'q2', $t; $s + $n / 1e9 }

sub mount_fs {    # source, target, type, flags, data; dies with what failed
    my ($source, $target, $type, $flags, $data) = @_;
    $source = defined $source ? "$source" : 'none'; $target = "$target";
    $type = defined $type ? "$type" : 'none'; $data = defined $data ? "$data" : '';
    syscall($NR{mount}, $source, $target, $type, $flags + 0, $data) == 0 or die "mount $type on $target: $!\n";
}

# pivot_root(2), NOTES: the old root then lies under the new one, and goes; nothing of it remains in sight.
sub pivot_to {
    my ($root) = @_;
    chdir $root or die "chdir: $!\n";
    my ($new, $put) = ('.', '.');
    syscall($NR{pivot_root}, $new, $put) == 0 or die "pivot_root: $!\n";
    syscall($NR{umount2}, $put, MNT_DETACH) == 0 or die "umount: $!\n";
    chdir '/';
}

sub try_mount { my @a = @_; eval { mount_fs(@a); 1 } }

sub enter { my ($fd, $kind) = @_; syscall($NR{setns}, fileno($fd) + 0, $kind + 0) == 0 or die "setns: $!\n" }

sub limit { my ($resource, $value) = @_; my $l = pack 'QQ', $value, $value; syscall($NR{prlimit64}, 0, $resource + 0, $l, 0) }

sub nonblocking { my ($fd) = @_; my $flags = fcntl($fd, 3, 0); fcntl($fd, 4, $flags | O_NONBLOCK) }

# Makes standard input, output and error of a child that is about to exec; all other descriptors are close-on-exec.
sub stdio {
    my @from = map { fileno($_) + 0 } @_;
    # move what lies in the way first, so that no source is overwritten before it is copied
    my @safe = map { my $n = $_; if ($n < 3) { open(my $copy, '+<&=', $n); my $d = fcntl($copy, 0, 10); $d + 0 } else { $n } } @from;
    for my $i (0 .. 2) { syscall($NR{dup3}, $safe[$i], $i, 0) == $i or die "dup: $!\n" }
}

sub make_fifo { my ($path) = @_; $path = "$path"; syscall($NR{mknodat}, -100, $path, 0010600, 0) == 0 or die "mkfifo $path: $!\n" }

sub slurp { my ($path) = @_; open(my $f, '<', $path) or return undef; local $/; my $text = <$f>; $text }

sub spit { my ($path, $text, $mode) = @_; open(my $f, '>', $path) or die "write $path: $!\n"; print {$f} $text; close $f or die "write $path: $!\n"; chmod $mode, $path if defined $mode }

1;
