# frames.pl: the wire. A message is a list of byte strings; a frame is its length (32 bits, big endian) and then each
# string with its length before it. The same in both directions; src/sandbox/agent/frames.ts is the other end.
use strict;
use warnings;

our $stream;              # the connection to Wirebook, or undef
our $sink;                # where it is two pipes (over ssh, in a container): the one to write to
our ($in, $out) = ('', '');
use constant BACKPRESSURE => 4 << 20;    # bytes waiting to be sent above which no more output is read
use constant SOON => 1 << 17;            # the same of a terminal: what is printed after Ctrl-C was printed before it

# A sandbox with a name has guests: several connections at once, each with numbers of its own for what it asks. Here a
# guest's numbers begin at GUEST times the guest's own, so that the number alone says to whom an answer goes.
our %guests;              # number -> {stream, in, out}
use constant GUEST => 1e9;

sub guest_of { my ($id) = @_; defined $id && $id =~ /^\d+$/ && $id >= GUEST ? int($id / GUEST) : 0 }
sub plain { my ($id) = @_; guest_of($id) ? $id % GUEST : $id }

# Frames that are whole already, for whoever asked under this number.
sub deliver {
    my ($id, $frames) = @_;
    if (my $number = guest_of($id)) { $guests{$number}{out} .= $frames if $guests{$number} }
    else { $out .= $frames if $stream }
}

sub send_message { my ($kind, $id, @rest) = @_; deliver($id, pack 'N/a*', pack '(N/a*)*', $kind, @_ > 1 ? (plain($id), @rest) : ()) }

# In a child that reports through a pipe of its own: what it sends is for its parent to deliver. Gives the plain number.
sub report_to { my ($pipe, $id) = @_; ($stream, $sink, $out) = ($pipe, undef, ''); my $number = plain($id); %guests = (); $number }

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
