# room.pl: where a lesson's processes live on a machine that is not ours: a VM, a server, a container.
#
# They have a mount, uts, ipc and cgroup namespace of their own, so that the names of network namespaces (ip-netns(8)) are
# theirs alone, and what they write to files lies in memory over the machine's own files and is gone afterwards. On a
# machine of the user's the network namespace is the machine's, which the lesson is about, and so are the processes in
# sight; else both are the room's own.
use strict;
use warnings;

our (%NR, %home);

my $base = '/tmp';    # in our own mount namespace; the room has a /tmp of its own
my $container;        # one of ours: what an engine writes to its /etc is not the lesson's
my @whole = qw(/proc /sys /dev /run /tmp);
# containers' own file systems, which come and go: nobody looks for them by these paths
my @foreign = qw(/var/lib/docker /var/lib/containers /var/lib/containerd /var/lib/kubelet /snap);
# what an overlay can lie over (Documentation/filesystems/overlayfs.rst)
my $disk = qr/^(?:ext[234]|xfs|btrfs|f2fs|bcachefs|zfs|jfs|overlay|tmpfs|9p|virtiofs|nfs4?)$/;

sub below_any { my ($path, @dirs) = @_; grep { $path eq $_ || index($path, "$_/") == 0 } @dirs }

sub mounts {
    map {
        my $path = (split / /)[4]; my ($type) = / - (\S+)/;
        $path =~ s/\\([0-7]{3})/chr oct $1/ge;
        { path => $path, type => $type }
    } split /\n/, slurp('/proc/self/mountinfo');
}

# The room of a machine: {name, run => machine|own, resolv, disk}. In a container of ours (own) all is ours already: no
# engine of the machine to reach by /run, no accounts, a /sys that cannot be written.
sub make_room {
    my ($option) = @_;
    syscall($NR{unshare}, CLONE_NEWNS) == 0 or die "unshare: $!\n";
    mount_fs(undef, '/', undef, MS_REC | MS_SLAVE);
    # an engine mounts it so that it cannot be written
    try_mount(undef, '/proc/sys', undef, MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | MS_NOEXEC) if $option->{run} eq 'own';
    open($home{$_}, '<', "/proc/self/ns/$_") or die "own $_ namespace: $!\n" for qw(mnt pid net uts ipc);
    my @mounts = mounts();
    $container = $option->{run} eq 'own';
    mount_fs('wirebook', $base, 'tmpfs', MS_NOSUID, "mode=755,size=$option->{disk},nr_inodes=200000");
    mkdir "$base/$_" for qw(upper work root run tmp home parts);
    chmod 01777, "$base/tmp"; chmod 0700, "$base/home";
    mkdir "$base/run/$_" for qw(netns lock user wirebook);
    etc_of_room("$base/upper/etc", $option);
    spit("$base/home/.bashrc", "PS1='\\h:\\w# '\nalias ls='ls --color=auto' ip='ip -color=auto'\n");
    spit("$base/home/.profile", ". ~/.bashrc\n");
    overlay('/', "$base/root", "$base/upper", "$base/work") or die "overlay over /: $!\n";
    names_of_room();
    my $host = { index => 0, name => $option->{name}, root => "$base/root", run => "$base/run", pts => '/dev/pts',
        own_engine => $option->{run} eq 'own', group => $option->{group} };
    # a container of the machine's engine is known by its pid on the machine (/proc/PID/ns/net)
    $host->{among_others} = $option->{run} eq 'machine';
    start_init($host, $option->{run} eq 'own' ? CLONE_NEWNET : 0, sub { enter_room($option, @mounts) });
}

# userxattr: where we are root in a user namespace only
sub overlay {
    my ($lower, $target, $upper, $work) = @_;
    (my $quoted = $lower) =~ s/([\\:,])/\\$1/g;
    my $layers = "lowerdir=$quoted,upperdir=$upper,workdir=$work";
    try_mount('overlay', $target, 'overlay', 0, $layers) || try_mount('overlay', $target, 'overlay', 0, "$layers,userxattr");
}

sub etc_of_room {
    my ($etc, $option) = @_;
    mkdir $etc;
    spit("$etc/hostname", "$option->{name}\n", 0644);
    accounts($etc, 1) if $option->{run} eq 'own';
    spit("$etc/resolv.conf", $option->{resolv}, 0644) if length $option->{resolv};
}

# The names of all hosts, before those that the machine knows itself.
sub names_of_room {
    my (@hosts) = @_;
    my %ours = map { $_->[0] => 1 } @hosts;
    my $old = $container ? "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n" : slurp('/etc/hosts');
    my @kept = grep { my (undef, @names) = split ' ', s/#.*//r; !grep { $ours{$_} } @names } split /^/, defined $old ? $old : '';
    unshift @kept, "127.0.0.1 localhost\n" unless grep { /^127\.0\.0\.1\s.*\blocalhost\b/ } @kept;
    spit("$base/root/etc/hosts", join('', map({ "$_->[1] $_->[0]\n" } grep { length $_->[1] } @hosts), @kept), 0644);
}

# In the room's own mount namespace: the machine's files under a layer of memory, and what is the room's own.
sub enter_room {
    my ($option, @mounts) = @_;
    my $root = "$base/root";
    if ($option->{run} eq 'own') { mount_fs('proc', "$root/proc", 'proc', MS_NOSUID | MS_NODEV | MS_NOEXEC) }
    else { mount_fs('/proc', "$root/proc", undef, MS_BIND | MS_REC) }
    mount_fs('/dev', "$root/dev", undef, MS_BIND | MS_REC);
    if ($option->{run} eq 'own') {
        mount_fs("$base/run", "$root/run", undef, MS_BIND);
        mount_fs('sysfs', "$root/sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC);
        # where the machine is root in a user namespace: see enter_host_root of the embedded sandbox
        mount_fs('sysfs', "$root/.sys", 'sysfs', MS_NOSUID | MS_NODEV | MS_NOEXEC) if -d "$root/.sys";
        try_mount('cgroup2', "$root/sys/fs/cgroup", 'cgroup2', MS_NOSUID | MS_NODEV | MS_NOEXEC);
    } else {
        mount_fs('/sys', "$root/sys", undef, MS_BIND | MS_REC);
        # a bind of a slave is one too: a network namespace that the machine's engine mounts later is seen here
        mount_fs('/run', "$root/run", undef, MS_BIND | MS_REC);
        mount_fs("$base/run/$_", "$root/run/$_", undef, MS_BIND) for qw(netns wirebook);
    }
    my $number = 0;
    for my $mount (@mounts) {
        my ($path, $type) = @$mount{qw(path type)};
        next if $path eq '/' || below_any($path, @whole, @foreign) || !-d $path || !-d "$root$path";
        my $part = "$base/parts/" . $number++;
        mkdir $part; mkdir "$part/$_" for qw(upper work);
        next if $type =~ $disk && overlay($path, "$root$path", "$part/upper", "$part/work");
        try_mount($path, "$root$path", undef, MS_BIND) && try_mount(undef, "$root$path", undef, MS_REMOUNT | MS_BIND | MS_RDONLY);
    }
    mkdir "$root/tmp"; mkdir "$root/root";
    mount_fs("$base/tmp", "$root/tmp", undef, MS_BIND);
    mount_fs("$base/home", "$root/root", undef, MS_BIND);
    pivot_to($root);
}

1;
