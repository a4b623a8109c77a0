# mounts.pl: what the keeper and its hosts see of files.
use strict;
use warnings;

our %tools;
my @machine_parts;    # of /, where the machine's own tools are used
my @devices = qw(null zero full random urandom tty net/tun fuse);

# The keeper's root: the shared root file system, read-only, and /.old, a tmpfs that holds the writable layers of all
# hosts (its size is the limit on disk). Nothing of the machine's files remains in sight.
sub pristine_root {
    my ($option) = @_;
    my $t = '/tmp';
    mount_fs(undef, '/', undef, MS_REC | MS_PRIVATE);
    my @devs = grep { -e "/dev/$_" } @devices;
    mount_fs('wirebook', $t, 'tmpfs', MS_NOSUID, "mode=755,size=$option->{disk},nr_inodes=200000");
    mkdir "$t/$_" for qw(root hosts dev);
    if ($option->{own}) { machine_root("$t/root") } else {
        mount_fs('.', "$t/root", undef, MS_BIND);
        # where it lies on a mount whose devices may not be used, and that is not ours, that cannot be taken off
        try_mount(undef, "$t/root", undef, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID)
            or mount_fs(undef, "$t/root", undef, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV);
    }
    mount_fs("$t/hosts", "$t/root/.old", undef, MS_BIND);
    # proc and sysfs may only be mounted while a full one is in sight: before the machine's go
    mount_fs('proc', "$t/root/proc", 'proc', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    mount_fs('sysfs', "$t/root/.sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    mount_fs('sysfs', "$t/root/sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    mount_fs('dev', "$t/root/dev", 'tmpfs', MS_NOSUID, 'mode=755,size=64k');
    bind_devices('/dev', "$t/root/dev", @devs);
    pivot_to("$t/root");
}

sub bind_devices {
    my ($from, $to, @names) = @_;
    for my $name (@names) {
        mkdir "$to/net" if $name =~ m{^net/};
        open(my $f, '>', "$to/$name") or next;
        close $f;
        try_mount("$from/$name", "$to/$name", undef, MS_BIND);
    }
}

# Where there is no root file system of our own: the machine's programs and libraries, read-only, and a small /etc.
sub machine_root {
    my ($root) = @_;
    mount_fs('wirebook', $root, 'tmpfs', MS_NOSUID, 'mode=755,size=16m');
    mkdir "$root/$_" for qw(.old .sys dev etc home mnt proc root run srv sys tmp usr var);
    for my $dir (qw(bin sbin lib lib32 lib64 libx32)) {
        if (-l "/$dir") { symlink readlink "/$dir", "$root/$dir" } elsif (-d "/$dir") { mkdir "$root/$dir"; push @machine_parts, $dir }
    }
    push @machine_parts, 'usr';
    bind_readonly("/$_", "$root/$_") for @machine_parts;
    for my $file (qw(ld.so.cache ld.so.conf protocols services nsswitch.conf iproute2 alternatives nftables.conf xtables.conf nginx ssl ca-certificates debian_version os-release terminfo nanorc inputrc)) {
        next unless -e "/etc/$file";
        system '/bin/cp', '-rd', '--no-preserve=ownership', "/etc/$file", "$root/etc/$file";
    }
    mkdir "$root/.tools"; spit("$root/.tools/$_", $tools{$_}, 0755) for keys %tools;
    mkdir "$root/var/$_" for qw(lib log cache tmp spool); symlink '/run', "$root/var/run"; symlink '/run/lock', "$root/var/lock";
    spit("$root/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n"); spit("$root/etc/group", "root:x:0:\n");
    spit("$root/root/.bashrc", "PS1='\\h:\\w# '\n"); spit("$root/root/.profile", ". ~/.bashrc\n");
    spit("$root/etc/hosts", ''); spit("$root/etc/resolv.conf", '');
}

sub bind_readonly { my ($from, $to) = @_; mount_fs($from, $to, undef, MS_BIND | MS_REC); try_mount(undef, $to, undef, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID) }

# Prepares the layers of a host in the keeper's own mount namespace, so that the keeper can read what the host writes.
sub host_layers {
    my ($host, $option, $specs) = @_;
    my $dir = $host->{dir};
    mkdir $dir;
    mkdir "$dir/$_" for qw(upper work root run tmp pts shm);
    chmod 01777, "$dir/tmp", "$dir/shm";
    mkdir "$dir/run/$_" for qw(netns lock user);
    my $etc = "$dir/upper/etc"; mkdir "$dir/upper"; mkdir $etc;
    spit("$etc/hostname", "$host->{name}\n", 0644);
    spit("$etc/hosts", join('', "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n",
        map { (my $a = $_->{address}) =~ s{/.*}{}; "$a $_->{name}\n" } @$specs), 0644);
    spit("$etc/resolv.conf", "nameserver 8.8.8.8\noptions timeout:1 attempts:2\n", 0644);
    # with one mapped id every account is that id: what gives up rights to www-data must find it
    my $real = $option->{ids} ne 'one';
    accounts($etc, $real);
    my $layers = "lowerdir=/,upperdir=$dir/upper,workdir=$dir/work";
    # userxattr: trusted.* attributes are not for user namespaces (Documentation/filesystems/overlayfs.rst)
    try_mount('overlay', "$dir/root", 'overlay', 0, "$layers,userxattr") || mount_fs('overlay', "$dir/root", 'overlay', 0, $layers);
    my $group = $real ? 'gid=5,' : '';
    mount_fs('devpts', "$dir/pts", 'devpts', MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620,$group" =~ s/,$//r);
}

# In the host's own mount namespace: its root, and nothing else.
sub enter_host_root {
    my ($host) = @_;
    my $dir = $host->{dir};
    mount_fs(undef, '/', undef, MS_REC | MS_PRIVATE);
    my $root = "$dir/root";
    # an overlay does not see what is mounted on its lower layer
    for my $part (@machine_parts) { mount_fs("/$part", "$root/$part", undef, MS_BIND | MS_REC) }
    mount_fs("$dir/run", "$root/run", undef, MS_BIND);
    mount_fs("$dir/tmp", "$root/tmp", undef, MS_BIND);
    mount_fs('proc', "$root/proc", 'proc', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    mount_fs('sysfs', "$root/sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    # a second one: `ip netns exec` mounts a new /sys, which the kernel allows only while another full one is in sight
    mount_fs('sysfs', "$root/.sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    try_mount('cgroup2', "$root/sys/fs/cgroup", 'cgroup2', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    mount_fs('dev', "$root/dev", 'tmpfs', MS_NOSUID, 'mode=755,size=64k');
    bind_devices('/dev', "$root/dev", grep { -e "/dev/$_" } @devices);
    mkdir "$root/dev/$_" for qw(pts shm);
    mount_fs("$dir/pts", "$root/dev/pts", undef, MS_BIND);
    mount_fs("$dir/shm", "$root/dev/shm", undef, MS_BIND);
    symlink $_->[0], "$root/dev/$_->[1]" for ['pts/ptmx', 'ptmx'], ['/proc/self/fd', 'fd'], ['fd/0', 'stdin'], ['fd/1', 'stdout'], ['fd/2', 'stderr'];
    pivot_to($root);
}

1;
