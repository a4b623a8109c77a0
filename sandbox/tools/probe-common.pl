# What the three probe programs share. Only modules of Debian's perl-base are used, so that every sandbox has them:
# no JSON, no Time::HiRes. A probe prints ONE JSON object on standard output and exits 0 whenever it did; it exits 2
# when it was called wrongly. Whatever the network answers, it ends within its time limit.
use strict;
use warnings;
use Errno qw(EINPROGRESS EINTR EAGAIN ECONNREFUSED ECONNRESET ETIMEDOUT ENETUNREACH EHOSTUNREACH EADDRNOTAVAIL
    ENODEV EPERM EACCES EINVAL ENETDOWN EHOSTDOWN EMSGSIZE);
use POSIX ();
use Socket qw(:DEFAULT getaddrinfo getnameinfo AI_NUMERICHOST NI_NUMERICHOST NI_NUMERICSERV SOCK_RAW
    EAI_FAMILY EAI_NONAME);

# Not exported by every Socket: the value of Linux on all architectures that Debian 12 knows but mips, parisc and sparc.
use constant BIND_TO_DEVICE => 25;

my $TICKS = POSIX::sysconf(POSIX::_SC_CLK_TCK()) || 100;
my $STARTED = (POSIX::times())[0];

# Seconds since the probe began, of a clock that nobody sets (a resolution of 10 ms is enough for deadlines).
sub elapsed { return ((POSIX::times())[0] - $STARTED) / $TICKS }

sub usage { my ($text) = @_; print STDERR "usage: $text\n"; exit 2 }

# --name VALUE pairs before the first other word; returns the options, leaves the rest in @ARGV.
sub options {
    my ($usage, @known) = @_;
    my %value;
    while (@ARGV && $ARGV[0] =~ /^--(.*)$/s) {
        my $name = $1;
        shift @ARGV;
        last if $name eq '';
        usage($usage) unless grep { $_ eq $name } @known;
        usage($usage) unless @ARGV;
        $value{$name} = shift @ARGV;
    }
    my $timeout = $value{timeout} // 3000;
    usage($usage) unless $timeout =~ /^[0-9]{1,6}$/ && $timeout > 0;
    $value{seconds} = $timeout / 1000;
    return %value;
}

# Bytes as JSON text in ASCII: as UTF-8 where they are, else each byte as the character of its number.
sub json_string {
    my ($text) = @_;
    my $copy = $text;
    $text = $copy if utf8::decode($copy);
    my $out = '';
    for my $c (map { ord } split //, $text) {
        if ($c == 0x22 || $c == 0x5c) { $out .= '\\' . chr $c }
        elsif ($c >= 0x20 && $c < 0x7f) { $out .= chr $c }
        elsif ($c < 0x10000) { $out .= sprintf '\\u%04x', $c }
        elsif ($c <= 0x10ffff) { $out .= sprintf '\\u%04x\\u%04x', 0xd800 + (($c - 0x10000) >> 10), 0xdc00 + (($c - 0x10000) & 0x3ff) }
        else { $out .= '\\ufffd' }
    }
    return qq("$out");
}

# A scalar reference is a number or a boolean word, written as it is; an array or hash reference is walked.
sub json {
    my ($value) = @_;
    return 'null' unless defined $value;
    return $$value if ref $value eq 'SCALAR';
    return '[' . join(',', map { json($_) } @$value) . ']' if ref $value eq 'ARRAY';
    return '{' . join(',', map { json_string($_) . ':' . json($value->{$_}) } sort keys %$value) . '}' if ref $value eq 'HASH';
    return json_string($value);
}

# Prints the result and ends. Keys that are undefined are left out.
sub finish {
    my (%result) = @_;
    delete $result{$_} for grep { !defined $result{$_} } keys %result;
    $result{ms} = \int(elapsed() * 1000);
    binmode STDOUT;
    $| = 1;
    print json(\%result), "\n";
    POSIX::_exit(0);
}

# What an error number of a socket means to a check.
sub reason {
    my ($errno) = @_;
    return 'refused' if $errno == ECONNREFUSED;
    return 'reset' if $errno == ECONNRESET;
    return 'timeout' if $errno == ETIMEDOUT;
    return 'source' if $errno == EADDRNOTAVAIL || $errno == ENODEV;
    for my $unreachable (ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EPERM, EACCES, EINVAL) {
        return 'unreachable' if $errno == $unreachable;
    }
    return 'error';
}

sub error_text { my ($errno) = @_; local $! = $errno; return "$!" }

sub numeric_host {
    my ($address) = @_;
    my ($err, $host) = getnameinfo($address, NI_NUMERICHOST | NI_NUMERICSERV);
    return $err ? undef : $host;
}

# Addresses of a host for a kind of socket, or the text of what went wrong. The resolver of the C library blocks and
# cannot be interrupted from Perl, so a child asks it, and is ended when the time is over.
sub resolve {
    my ($host, $port, $type, $seconds) = @_;
    my ($err, @numeric) = getaddrinfo($host, $port, { flags => AI_NUMERICHOST, socktype => $type });
    return { addresses => \@numeric } if !$err && @numeric;
    pipe(my $read, my $write) or return { error => "pipe: $!" };
    my $child = fork;
    return { error => "fork: $!" } unless defined $child;
    if (!$child) {
        close $read;
        my ($failed, @found) = getaddrinfo($host, $port, { socktype => $type });
        my $text = $failed ? "error\n$failed" : join "\n", 'found', map { join ' ', $_->{family}, unpack 'H*', $_->{addr} } @found;
        syswrite $write, $text;
        POSIX::_exit(0);
    }
    close $write;
    my ($text, $deadline) = ('', elapsed() + $seconds);
    while (wait_for($read, 0, $deadline)) {
        my $got = sysread $read, my $piece, 65536;
        last unless $got;
        $text .= $piece;
    }
    kill 'KILL', $child;
    waitpid $child, 0;
    my ($state, @lines) = split /\n/, $text;
    return { error => 'the name could not be resolved in time' } unless defined $state;
    return { error => $lines[0] } if $state ne 'found';
    my @addresses;
    for (@lines) { push @addresses, { family => $1, addr => pack 'H*', $2 } if /^(\d+) ([0-9a-f]+)$/ }
    return { addresses => \@addresses };
}

# Waits until a handle can be read (0) or written (1); false when the deadline passed.
sub wait_for {
    my ($handle, $writing, $deadline) = @_;
    while (1) {
        my $left = $deadline - elapsed();
        return 0 if $left <= 0;
        my $bits = '';
        vec($bits, fileno($handle), 1) = 1;
        my $ready = $writing ? select(undef, my $w = $bits, undef, $left) : select(my $r = $bits, undef, undef, $left);
        return 1 if $ready > 0;
        return 0 if $ready < 0 && $! != EINTR;
    }
}

# A socket of the address's family that does not block, bound to `from` (an address or the name of an interface).
# Returns (socket, 0) or (undef, error number).
sub open_socket {
    my ($address, $type, $from) = @_;
    socket(my $socket, $address->{family}, $type, 0) or return (undef, $! + 0);
    my $flags = fcntl_flags($socket);
    if (defined $from && $from ne '') {
        my ($err, @own) = getaddrinfo($from, 0, { flags => AI_NUMERICHOST, socktype => $type });
        if ($err) { setsockopt($socket, SOL_SOCKET, BIND_TO_DEVICE, "$from\0") or return (undef, $! + 0) }
        else {
            return (undef, EADDRNOTAVAIL) if $own[0]{family} != $address->{family};
            bind($socket, $own[0]{addr}) or return (undef, $! + 0);
        }
    }
    return ($socket, 0);
}

sub fcntl_flags {
    my ($socket) = @_;
    my $flags = fcntl($socket, POSIX::F_GETFL(), 0);
    fcntl($socket, POSIX::F_SETFL(), $flags | POSIX::O_NONBLOCK());
    return $flags;
}

# Connects within the deadline; 0, or the error number (ETIMEDOUT when the time was over).
sub connect_until {
    my ($socket, $address, $deadline) = @_;
    return 0 if connect $socket, $address->{addr};
    my $errno = $! + 0;
    return $errno unless $errno == EINPROGRESS || $errno == EAGAIN;
    return ETIMEDOUT unless wait_for($socket, 1, $deadline);
    my $pending = getsockopt($socket, SOL_SOCKET, SO_ERROR);
    return defined $pending ? unpack('i', $pending) : $! + 0;
}

1;
