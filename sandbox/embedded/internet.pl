# internet.pl: a very small internet, so that lessons need no connection: 8.8.8.8 and 1.1.1.1 answer ping (the kernel
# does that), DNS over UDP and TCP (RFC 1035) for the names below, and HTTP (RFC 9112) with one page each.
use strict;
use warnings;

our %NR;
our ($stream, $sink, $listener, @hosts, %home);

our @internet_addresses = qw(8.8.8.8 1.1.1.1 203.0.113.80);

# struct sockaddr_in: ip(7)
sub inet { my ($port, $address) = @_; pack 'S n C4 x8', 2, $port, split /\./, $address }

my %zone = (
    'dns.google' => '8.8.8.8', 'one.one.one.one' => '1.1.1.1', 'cloudflare-dns.com' => '1.1.1.1',
    map { $_ => '203.0.113.80' } qw(example.com www.example.com example.org www.example.org example.net www.example.net),
);
my %reverse = ('8.8.8.8.in-addr.arpa' => 'dns.google', '1.1.1.1.in-addr.arpa' => 'one.one.one.one', '80.113.0.203.in-addr.arpa' => 'example.com');

sub start_internet {
    socket(my $dns, 2, 1, 6); socket(my $web, 2, 1, 6);
    for ($dns, $web) { setsockopt $_, 1, 2, pack 'i', 1 }
    # the answer must come from the address that was asked: IP_PKTINFO would say which, a socket for each says it too
    my @udp = map { socket(my $s, 2, 2, 17); setsockopt $s, 1, 2, pack 'i', 1; bind $s, inet(53, $_) or die "internet: $!\n"; $s } qw(8.8.8.8 1.1.1.1);
    bind $dns, inet(53, '0.0.0.0'); listen $dns, 16;
    bind $web, inet(80, '0.0.0.0'); listen $web, 16;
    my $pid = fork;
    defined $pid or die "fork: $!\n";
    return if $pid;
    $0 = 'wirebook-internet';
    open(STDERR, '>', '/dev/null');
    close $_ for grep { defined } $stream, $sink, $listener;
    for my $host (@hosts) { close $_ for values %{ $host->{ns} } }
    $SIG{PIPE} = 'IGNORE';
    syscall($NR{prctl}, 1, 9, 0, 0, 0);
    serve(\@udp, $dns, $web);
    CORE::exit(0);
}

sub serve {
    my ($udp, $dns, $web) = @_;
    my %open;    # fileno -> {fd, kind, text, since}
    while (1) {
        my $bits = '';
        vec($bits, fileno $_, 1) = 1 for @$udp, $dns, $web, map { $_->{fd} } values %open;
        select($bits, undef, undef, %open ? 1 : undef);
        for my $s (grep { vec $bits, fileno $_, 1 } @$udp) {
            my $from = recv($s, my $query, 4096, 0);
            if (defined $from) { my $answer = answer_dns($query); send $s, $answer, 0, $from if defined $answer }
        }
        for my $pair ([$dns, 'dns'], [$web, 'web']) {
            next unless vec $bits, fileno $pair->[0], 1;
            accept(my $new, $pair->[0]) or next;
            if (keys %open > 100) { close $new; next }
            nonblocking($new);
            $open{fileno $new} = { fd => $new, kind => $pair->[1], text => '', since => now() };
        }
        for my $number (keys %open) {
            my $c = $open{$number};
            my $drop = now() - $c->{since} > 10;
            if (vec $bits, $number, 1) {
                my $n = sysread $c->{fd}, $c->{text}, 8192, length $c->{text};
                if (!$n) { $drop = 1 }
                elsif ($c->{kind} eq 'web' && $c->{text} =~ /\r?\n\r?\n/) { syswrite $c->{fd}, page($c->{fd}, $c->{text}); $drop = 1 }
                elsif ($c->{kind} eq 'dns' && length $c->{text} >= 2 && length $c->{text} >= 2 + unpack 'n', $c->{text}) {
                    my $answer = answer_dns(substr $c->{text}, 2); syswrite $c->{fd}, pack 'n/a*', $answer if defined $answer; $drop = 1;
                }
                $drop = 1 if length $c->{text} > 16384;
            }
            if ($drop) { close $c->{fd}; delete $open{$number} }
        }
    }
}

sub answer_dns {
    my ($query) = @_;
    return undef if length $query < 17;
    my ($id, $flags, $questions) = unpack 'n3', $query;
    return undef if $flags & 0x8000 || $questions != 1;
    my ($at, @labels) = (12);
    while ($at < length $query) {
        my $n = unpack 'C', substr $query, $at, 1; $at++;
        last unless $n;
        return undef if $n > 63 || $at + $n > length $query;
        push @labels, substr $query, $at, $n; $at += $n;
    }
    return undef if $at + 4 > length $query;
    my ($type, $class) = unpack 'n2', substr $query, $at, 4;
    my $question = substr $query, 12, $at + 4 - 12;
    my $name = lc join '.', @labels;
    my ($code, $data) = (3);
    if (my $address = $zone{$name}) { $code = 0; $data = pack 'n n n N n/a*', 0xC00C, 1, 1, 300, pack 'C4', split /\./, $address if $type == 1 }
    elsif (my $target = $reverse{$name}) { $code = 0; $data = pack 'n n n N n/a*', 0xC00C, 12, 1, 300, join '', map({ pack 'C/a*', $_ } split /\./, $target), "\0" if $type == 12 }
    pack('n6', $id, 0x8180 | ($flags & 0x0100) | $code, 1, defined $data ? 1 : 0, 0, 0) . $question . (defined $data ? $data : '');
}

sub page {
    my ($fd, $request) = @_;
    my ($from, $peer) = map { join '.', unpack 'x4 C4', $_ } getsockname $fd, getpeername $fd;
    my ($method) = $request =~ /^(\S+)/;
    my $body = "<!DOCTYPE html>\n<title>The sandbox's internet</title>\n<p>This is $from, in the sandbox's own internet. You came from $peer.</p>\n";
    my $status = $method =~ /^(?:GET|HEAD)$/ ? '200 OK' : '405 Method Not Allowed';
    "HTTP/1.1 $status\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n" . ($method eq 'HEAD' ? '' : $body);
}

1;
