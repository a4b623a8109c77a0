#!/usr/bin/perl
# site.pl root=DIR hosts=NAME:ADDRESS/PREFIX,... key=FILE: machines for the tests, each with a real sshd, as root.
#
# They are what a user's machines are to Wirebook: not made by it, with a root file system, processes, a network and an
# sshd of their own. They are joined as the embedded sandbox joins its hosts, with the same small internet, in a network
# namespace of their own: nothing leads to the machine's network. Prints `site PID`, and lives until standard input ends.
# Users: root; ann, who may use sudo; bob, who may not.
use strict;
use warnings;

BEGIN {
    my ($here) = __FILE__ =~ m{^(.*)/[^/]*$}; $here = '.' unless defined $here;
    my $sandbox = ($here =~ m{^/} ? '' : './') . "$here/../../../sandbox";
    require "$sandbox/agent/$_.pl" for qw(calls frames hosts);
    require "$sandbox/embedded/$_.pl" for qw(rtnetlink internet underlay);
}

our (%NR, @hosts, %home);
my %option = map { /^(\w+)=(.*)$/s ? ($1, $2) : die "bad argument $_\n" } @ARGV;
my $key = slurp($option{key}) or die "no key $option{key}\n";

syscall($NR{unshare}, CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID) == 0 or die "unshare: $!\n";
my $site = fork;
defined $site or die "fork: $!\n";
if ($site) { syswrite STDOUT, "started $site\n"; close STDIN; waitpid $site, 0; CORE::exit($? >> 8) }

syscall($NR{prctl}, 1, 9, 0, 0, 0);
mount_fs(undef, '/', undef, MS_REC | MS_PRIVATE);
mount_fs('proc', '/proc', 'proc', 0);
mount_fs('site', '/mnt', 'tmpfs', 0, 'mode=755');
mount_fs('sysfs', '/sys', 'sysfs', 0);
open($home{$_}, '<', "/proc/self/ns/$_") or die "$_: $!\n" for qw(mnt pid net);
for (split /,/, $option{hosts}) {
    my ($name, $address) = split /:/;
    my $dir = "/mnt/$name";
    mkdir $dir; mkdir "$dir/$_" for qw(upper work root);
    mount_fs('overlay', "$dir/root", 'overlay', 0, "lowerdir=$option{root},upperdir=$dir/upper,workdir=$dir/work");
    push @hosts, start_init({ name => $name, address => $address, index => scalar @hosts }, CLONE_NEWNET, sub { machine("$dir/root") });
}
connect_hosts();
start_internet();
start_sshd($_) for @hosts;
answers($_) for @hosts;
syswrite STDOUT, "ready\n";
while (sysread STDIN, my $drop, 4096) { }
CORE::exit(0);

sub machine {
    my ($root) = @_;
    mount_fs('proc', "$root/proc", 'proc', 0);
    mount_fs('sysfs', "$root/sys", 'sysfs', 0);
    mount_fs('dev', "$root/dev", 'tmpfs', 0, 'mode=755');
    for my $device (qw(null zero full random urandom tty)) { open(my $f, '>', "$root/dev/$device"); mount_fs("/dev/$device", "$root/dev/$device", undef, MS_BIND) }
    mkdir "$root/dev/pts"; mount_fs('devpts', "$root/dev/pts", 'devpts', 0, 'newinstance,ptmxmode=666,gid=5');
    symlink 'pts/ptmx', "$root/dev/ptmx"; symlink '/proc/self/fd', "$root/dev/fd";
    # a system in which mounts are shared, as systemd makes them
    mount_fs('run', "$root/run", 'tmpfs', 0, 'mode=755');
    mkdir "$root/var/data"; mount_fs('data', "$root/var/data", 'tmpfs', 0); spit("$root/var/data/there", "there\n");
    chdir $root or die "$root: $!\n";
    syscall($NR{pivot_root}, my $new = '.', my $put = '.') == 0 or die "pivot_root: $!\n";
    syscall($NR{umount2}, $put, MNT_DETACH) == 0 or die "umount: $!\n";
    chdir '/';
    mount_fs(undef, '/', undef, MS_REC | 1 << 20);
    my @users = (['root', 0, '/root'], ['ann', 1000, '/home/ann'], ['bob', 1001, '/home/bob']);
    spit('/etc/passwd', join '', map({ "$_->[0]:x:$_->[1]:$_->[1]::$_->[2]:/bin/bash\n" } @users), "sshd:x:100:65534::/run/sshd:/usr/sbin/nologin\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\ntcpdump:x:101:101::/:/usr/sbin/nologin\nnobody:x:65534:65534::/:/usr/sbin/nologin\n");
    spit('/etc/group', join '', map({ "$_->[0]:x:$_->[1]:\n" } @users), "tty:x:5:\nwww-data:x:33:\ntcpdump:x:101:\nnogroup:x:65534:\n");
    spit('/etc/shadow', join('', map { "$_->[0]:*:19000:0:99999:7:::\n" } @users), 0600);
    for (@users) {
        my (undef, $id, $dir) = @$_;
        mkdir $dir; mkdir "$dir/.ssh", 0700;
        spit("$dir/.ssh/authorized_keys", $key, 0600);
        chown $id, $id, $dir, "$dir/.ssh", "$dir/.ssh/authorized_keys";
    }
    spit('/root/precious', "the user's own\n");
    mkdir '/etc/sudoers.d';
    spit('/etc/sudoers.d/ann', "ann ALL=(root) NOPASSWD: ALL\nbob ALL=(root) ALL\n", 0440);
    mkdir '/etc/pam.d';
    spit("/etc/pam.d/$_", "auth required pam_deny.so\naccount sufficient pam_permit.so\nsession sufficient pam_permit.so\n") for qw(sudo other);
    chmod 04755, '/usr/bin/sudo';
    spit('/etc/hosts', "127.0.0.1 localhost\n127.0.1.1 host node01\n");
    spit('/etc/resolv.conf', "nameserver 8.8.8.8\n");
}

sub answers {
    my ($host) = @_;
    my ($address) = split m{/}, $host->{address};
    for (1 .. 1000) { socket(my $s, 2, 1, 6); return if connect $s, inet(22, $address); select undef, undef, undef, 0.02 }
    die "the sshd of $host->{name} does not answer\n";
}

sub start_sshd {
    my ($host) = @_;
    fork_into($host, 1, sub {
        chdir '/';
        mkdir '/run/sshd', 0755;
        system('/usr/bin/ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/etc/ssh/ssh_host_ed25519_key') == 0 or die "ssh-keygen\n";
        spit('/etc/ssh/sshd_config', "UsePAM no\nPermitRootLogin yes\nHostKey /etc/ssh/ssh_host_ed25519_key\nPasswordAuthentication no\nMaxStartups 100\nMaxSessions 100\nUseDNS no\n");
        open(STDIN, '<', '/dev/null'); open(STDOUT, '>', '/var/log/sshd'); open(STDERR, '>&', \*STDOUT);
        %ENV = (PATH => '/usr/sbin:/usr/bin:/sbin:/bin');
        exec '/usr/sbin/sshd', '-D', '-e';
    });
}
