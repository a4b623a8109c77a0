# frames.pl: the wire. A message is a list of byte strings; a frame is its length (32 bits, big endian) and then each
# string with its length before it. The same in both directions; src/sandbox/agent/frames.ts is the other end.
use strict;
use warnings;

our $stream;              # the connection to Wirebook, or undef
our $sink;                # where it is two pipes (over ssh, in a container): the one to write to
our ($in, $out) = ('', '');
use constant BACKPRESSURE => 4 << 20;    # bytes waiting to be sent above which no more output is read

sub send_message { $out .= pack 'N/a*', pack '(N/a*)*', @_ if $stream }

sub flush_stream {        # 0: would block, 1: all sent, undef: the connection is gone
    while (length $out) {
        my $n = syswrite $sink || $stream, $out, 1 << 18;
        if (!defined $n) { return 0 if $! == EAGAIN || $! == EINTR; return undef }
        substr($out, 0, $n) = '';
    }
    1;
}

sub read_messages {       # (alive, messages...)
    my @messages;
    while (1) {
        my $n = sysread $stream, $in, 1 << 18, length $in;
        if (!defined $n) { last if $! == EAGAIN; next if $! == EINTR; return (0, @messages) }
        return (0, @messages) if $n == 0;
        last if $n < 1 << 18;
    }
    while (length $in >= 4) {
        my $size = unpack 'N', $in;
        last if length $in < 4 + $size;
        push @messages, [unpack '(N/a*)*', substr $in, 4, $size];
        substr($in, 0, 4 + $size) = '';
    }
    (1, @messages);
}

1;
