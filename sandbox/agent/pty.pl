# pty.pl: programs on a pseudo-terminal of a host (pty(7)), in one of its network namespaces.
use strict;
use warnings;

our %NR;
our (%readers, %children);
our %ptys;
use constant { TIOCSCTTY => 0x540E, TIOCGPTN => 0x80045430, TIOCSPTLCK => 0x40045431, TIOCSWINSZ => 0x5414 };

# A pair of the host's own: (master, slave). Neither becomes anybody's controlling terminal by being opened.
sub open_pty {
    my ($host) = @_;
    sysopen(my $master, "$host->{pts}/ptmx", 2 | 0400) or die "ptmx: $!\n";
    my $unlock = pack 'i', 0; ioctl($master, TIOCSPTLCK, $unlock) or die "unlockpt: $!\n";
    my $number = pack 'i', 0; ioctl($master, TIOCGPTN, $number) or die "ptsname: $!\n"; $number = unpack 'i', $number;
    sysopen(my $slave, "$host->{pts}/$number", 2 | 0400) or die "pts $number: $!\n";
    ($master, $slave);
}

sub start_pty {
    my ($host, $id, $netns, $columns, $rows, @argv) = @_;
    my ($master, $slave) = open_pty($host);
    resize_pty_fd($master, $columns, $rows);
    my $typed = @argv ? undef : eval { note_typed($host, $id) };
    @argv = ('/bin/bash', '-l') unless @argv;
    my $rc = sh_rc($host);
    my $pid = fork_into($host, 1, sub {
        syscall($NR{setsid});
        my $zero = 0; ioctl($slave, TIOCSCTTY, $zero);
        stdio($slave, $slave, $slave);    # first, so that the reader sees why the rest fails
        if (length $netns) { enter(open_netns($netns), CLONE_NEWNET) }
        # By these commands are counted: an OSC that no terminal shows. bash prints PS0 before each command that was entered;
        # a plain sh has no such hook, and tells with its prompt that it waits for the next one.
        environment($host, TERM => 'xterm-256color', COLORTERM => 'truecolor', PS0 => '\e]7770;ran\a', ENV => $rc, %{ $typed || {} });
        chdir '/root';
        { no warnings; exec { $argv[0] } @argv }
        die "$argv[0]: $!\r\n";
    });
    close $slave;
    nonblocking($master);
    my $pty = $ptys{$id} = { id => $id, pid => $pid, master => $master, pending => '' };
    $readers{fileno $master} = { fd => $master, output => 1, soon => 1, code => sub { read_pty($pty) } };
    $children{$pid} = sub { $pty->{status} = $_[0]; while (read_pty($pty)) { } end_pty($pty) };
}

# What an interactive sh reads (sh(1), ENV). bash reads it too when it is called sh, and has PS0.
sub sh_rc {
    my ($host) = @_;
    my $dir = "$host->{run}/wirebook";
    mkdir $dir, 0700;    # as start_shell does
    eval { spit("$dir/sh.rc", <<'END') } unless -e "$dir/sh.rc";
if [ -z "$BASH_VERSION$KSH_VERSION$ZSH_VERSION" ]; then
    if [ "$(id -u)" = 0 ]; then PS1='# '; else PS1='$ '; fi
    case $(readlink /proc/$$/exe) in
    *busybox*) PS1='\[\e]7770;at\a\]\w '$PS1 ;;    # it counts the columns of its prompt
    *) PS1=$(printf '\033]7770;at\007')$PS1 ;;
    esac
fi
END
    '/run/wirebook/sh.rc';
}

sub read_pty {
    my ($pty) = @_;
    my $fd = $pty->{master} or return;
    my $n = sysread $fd, my $chunk, 1 << 16;
    if ($n) { tell_typed($pty->{id}); send_message('pty', $pty->{id}, $chunk); return $n }
    if (defined $n || $! != EAGAIN) { delete $readers{fileno $fd}; close $fd; $pty->{master} = undef }    # EIO: the last slave closed
    0;
}

sub write_pty {
    my ($id, $data) = @_;
    my $pty = $ptys{$id} or return;
    $pty->{pending} .= $data;
    while (length $pty->{pending} && $pty->{master}) {
        my $n = syswrite $pty->{master}, $pty->{pending};
        last unless defined $n;
        substr($pty->{pending}, 0, $n) = '';
    }
    $pty->{pending} = '' if length $pty->{pending} > 1 << 20;
}

sub resize_pty_fd { my ($fd, $columns, $rows) = @_; my $size = pack 'S4', $rows, $columns, 0, 0; ioctl($fd, TIOCSWINSZ, $size) }
sub resize_pty { my ($id, $columns, $rows) = @_; my $pty = $ptys{$id} or return; resize_pty_fd($pty->{master}, $columns, $rows) if $pty->{master} }
sub kill_pty { my ($id) = @_; my $pty = $ptys{$id} or return; kill 1, -$pty->{pid}; kill 9, $pty->{pid} }

sub end_pty {
    my ($pty) = @_;
    if ($pty->{master}) { delete $readers{fileno $pty->{master}}; close $pty->{master}; $pty->{master} = undef }
    forget_typed($pty->{id});
    my $s = $pty->{status};
    send_message('exit', $pty->{id}, $s & 127 ? 128 + ($s & 127) : $s >> 8);
    delete $ptys{ $pty->{id} };
}

1;
