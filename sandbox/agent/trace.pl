# trace.pl: what the kernel lets one see of packets, in all network namespaces of all hosts at once, by one process.
#
# In each namespace a packet socket (packet(7)) takes every frame of every interface with its direction and the kernel's
# time in nanoseconds; a netfilter socket takes the decisions of the packet filter (nf_tables' own trace) and the events
# of connection tracking. Nothing is read into them here: src/trace does, which then has questions: about the routes that
# were chosen, since the kernel makes no event of that. A table of nf_tables asks for the trace; the
# kernel takes it away with the socket that made it (NFT_TABLE_F_OWNER), whatever ends us.
use strict;
use warnings;

our %NR;
our (%readers, %children, %home, @hosts, $stream, $sink, $out);
our $underlay;            # set where our own network namespace is what joins the hosts
our %traces;              # id -> [a pipe: a dot, the trace ends; then what is asked, each lot behind its length; its process]
use constant { SIOCGSTAMPNS => 0x8907, SIOCGIFNAME => 0x8910, ENOBUFS => 105, MOST_BYTES => 24 << 20, PAUSE => 0.004, ASKED_WITHIN => 5 };

# settle: milliseconds without a frame after which a trace that was told to end is over; snap: bytes kept of a frame.
sub start_trace {
    my ($id, $snap, $settle, $limit) = @_;
    pipe(my $r, my $w) or die "pipe: $!\n";
    pipe(my $until, my $stop) or die "pipe: $!\n";
    my $pid = fork;
    die "fork: $!\n" unless defined $pid;
    if (!$pid) {
        $SIG{$_} = 'DEFAULT' for qw(CHLD PIPE);
        close $r; close $stop; delete @traces{keys %traces};
        $id = report_to($w, $id);
        # its sockets stay open till all is told: to close them is a tenth of a second for a few namespaces
        my $open = eval { trace($id, $until, $snap, $settle / 1000, now() + $limit / 1000) } or send_message('trace', $id, 'gap', '', 'trace', $@);
        send_message('trace', $id, 'end');
        flush_stream();
        kill 9, $$;
    }
    close $w; close $until;
    $traces{$id} = [$stop, $pid];
    nonblocking($r);
    my $text = ''; my $ended = 0;
    $readers{fileno $r} = { fd => $r, output => 1, code => sub {
        my $n = sysread $r, $text, 1 << 18, length $text;
        return if !defined $n && $! == EAGAIN;
        # only whole messages: others of ours may come between
        my $whole = 0;
        while (length($text) - $whole >= 4) {
            my $size = 4 + unpack 'N', substr $text, $whole, 4;
            last if length($text) - $whole < $size;
            $whole += $size;
            $ended = 1 if substr($text, $whole - 3, 3) eq 'end';
        }
        deliver($id, substr $text, 0, $whole, '');
        return if $n;
        delete $readers{fileno $r}; close $r; delete $traces{$id};
        send_message('trace', $id, 'end') unless $ended;
    } };
    $children{$pid} = sub { };
}

sub stop_trace { my ($id) = @_; my $trace = $traces{$id} or return; syswrite $trace->[0], '.' if $trace->[0] }
# [space, key, '' or 1: only after an error, netlink or file, what] in a row; a pipe holds 64 KiB, which whoever asks keeps to.
# A lot without questions is the last.
sub ask_trace {
    my ($id, @questions) = @_;
    my $trace = $traces{$id} or return;
    my $pipe = $trace->[0] or return;
    if (@questions) { syswrite $pipe, pack 'N/a*', pack '(N/a*)*', @questions }
    else { close $pipe; $trace->[0] = undef }
}
# Nobody is there to be told: with the process go its sockets, and with these what it asked the kernel for.
sub kill_trace { my ($id) = @_; my $trace = delete $traces{$id} or return; kill 9, $trace->[1] }

# [host, name, descriptor, inode, words]: the named, those that live by a process alone, and what joins the hosts.
sub trace_spaces {
    my (@spaces, %seen);
    my $add = sub {
        my ($host, $name, $fd, $words) = @_;
        my $inode = (stat $fd)[1];
        if (!$seen{$inode}++) { push @spaces, [$host, $name, $fd, $inode, $words // ''] }
    };
    for my $host (@hosts) {
        my $ns = $host->{ns};
        $add->($host->{name}, '', $ns->{net} || $home{net});
        enter($ns->{mnt}, CLONE_NEWNS) if $ns->{mnt};
        if (opendir my $d, '/run/netns') {
            for my $name (sort grep { !/^\.\.?$/ } readdir $d) { my $fd = eval { open_netns($name) } or next; $add->($host->{name}, $name, $fd) }
        }
        enter($home{mnt}, CLONE_NEWNS) if $ns->{mnt};
    }
    $seen{ (stat $home{net})[1] }++ if $home{net};
    if (opendir my $d, '/proc') {
        for my $pid (grep { /^\d+$/ } readdir $d) {
            my ($inode) = (readlink("/proc/$pid/ns/net") || '') =~ /\[(\d+)\]/ or next;
            next if $seen{$inode};
            my ($host) = grep { !$_->{init} || $_->{among_others} || below($pid, $_->{init}) } @hosts;
            next unless $host && open my $fd, '<', "/proc/$pid/ns/net";
            my ($name) = (slurp("/proc/$pid/status") || '') =~ /^Name:\s*(.*)$/m;
            $add->($host->{name}, "#$inode", $fd, $name // '');
        }
    }
    push @spaces, ['', '', $home{net}, (stat $home{net})[1], 'underlay'] if $underlay;
    @spaces;
}

sub trace {
    my ($id, $until, $snap, $settle, $end) = @_;
    my $tell = sub { send_message('trace', $id, @_) };
    my @spaces = trace_spaces();
    my $clock = stamped_by_kernel();
    my %open;             # fileno -> [socket, number of its space, kind]
    my (@before, %asked, %bare);    # bare: without rules so far
    for my $n (0 .. $#spaces) {
        my ($host, $name, $fd, $inode, $words) = @{ $spaces[$n] };
        $tell->('space', $n, $host, $name, $inode, $words);
        if (!eval { enter($fd, CLONE_NEWNET); 1 }) { $tell->('gap', $n, 'space', $@); next }
        $before[$n] = counters();
        my $packets = eval { packet_socket() };
        if ($packets) { $open{fileno $packets} = [$packets, $n, 'frames'] } else { $tell->('gap', $n, 'frames', $@) }
        my ($filter, $had_rules) = eval { filter_socket() };
        $bare{$n} = 1 if $filter && !$had_rules;
        if ($filter) { $open{fileno $filter} = [$filter, $n, 'filter'] } else { $tell->('gap', $n, 'filter', $@) }
        my $legacy = slurp('/proc/net/ip_tables_names');
        $tell->('gap', $n, 'legacy', $legacy) if $legacy;
    }
    enter($home{net}, CLONE_NEWNET) if $home{net};
    my $bits = ''; vec($bits, $_, 1) = 1 for keys %open;
    vec($bits, fileno $until, 1) = 1;
    # machines of one kernel have one clock
    my ($boot) = (slurp('/proc/sys/kernel/random/boot_id') // '') =~ /^(\S+)/;
    $tell->('ready', $boot // '');
    flush_stream();
    my ($bytes, %events, $ending) = (0);
    while (1) {
        my $left = $end - now();
        last if $left <= 0;
        my $ready = $bits;
        my $wait = $ending ? $settle : $left;
        my $count = select $ready, undef, undef, $wait;
        last if $ending && !$count;
        if (!$ending && vec $ready, fileno $until, 1) { sysread $until, my $dot, 1; $ending = 1; vec($bits, fileno $until, 1) = 0 }
        for my $number (grep { vec $ready, $_, 1 } keys %open) {
            my ($socket, $n, $kind) = @{ $open{$number} };
            while (1) {
                my $from = recv $socket, my $data, 65536 + 64, 0x40;    # MSG_DONTWAIT
                if (!defined $from) { next if $! == EINTR; $tell->('lost', $n, $kind) if $! == ENOBUFS; last }
                if ($kind eq 'filter' && $bare{$n} && is_of_tables($data)) { rules_made($socket); $tell->('gap', $n, 'late', ''); delete $bare{$n}; next }
                if ($kind eq 'filter') { $events{$n} = 1 if index($data, "wirebook_trace\0") < 0; my $t = pack 'q2', stamp(); $tell->('filter', $n, $t, $data) if ($bytes += length $data) < MOST_BYTES; next }
                my $t = "\0" x 16; ioctl $socket, SIOCGSTAMPNS, $t;
                my (undef, $protocol, $index, $hardware, $type) = unpack 'S n i S C', $from;
                if (!$asked{$n}{$index}++) { my $request = pack 'x16 i x20', $index; $tell->('interface', $n, $index, ioctl($socket, SIOCGIFNAME, $request) ? unpack('Z16', $request) : '', $hardware) }
                my $length = length $data;
                if (($bytes += $length < $snap ? $length : $snap) < MOST_BYTES) { $tell->('frame', $n, $index, $type, $protocol, $t, $length, substr $data, 0, $snap) }
                else { $tell->('lost', $n, 'frames') }
            }
        }
        flush_stream() if length $out > 1 << 16;
        # nobody waits on the sockets meanwhile, so that no frame has to wake us: half of what the trace costs the flow
        select undef, undef, undef, PAUSE if $count && !$ending;
    }
    for (values %open) {
        my ($socket, $n, $kind) = @$_;
        if ($kind eq 'frames') { my (undef, $dropped) = unpack 'L2', getsockopt($socket, 263, 6) || "\0" x 8; $tell->('lost', $n, 'frames') if $dropped }
        # taken away by a message, which the kernel acts on at once; with the socket alone it would make us wait for it
        else { send $socket, netfilter_message(0x10, 0, 0, 0, 10, '') . netfilter_message(10 << 8 | 2, 0, 1, 1, 0, attribute_of(1, "wirebook_trace\0")) . netfilter_message(0x11, 0, 2, 0, 10, ''), 0 }
    }
    # what the rules say that took decisions; the sockets are closed by our end, when all has been told
    my @jobs;
    for my $n (0 .. $#spaces) {
        next unless defined $before[$n] && eval { enter($spaces[$n][2], CLONE_NEWNET); 1 };
        $tell->('counters', $n, $before[$n], counters());
        next unless $events{$n};
        push @jobs, { netns => $spaces[$n][2], argv => ['/usr/sbin/nft', '-a', 'list', 'ruleset'], done => sub { $tell->('rules', $n, 'nft', @_) } };
        push @jobs, { netns => $spaces[$n][2], argv => ['/usr/sbin/iptables-save'], done => sub { $tell->('rules', $n, 'iptables', @_) } };
    }
    enter($home{net}, CLONE_NEWNET) if $home{net};
    run_jobs(8, @jobs);
    $tell->('captured');
    flush_stream();
    while (my @asked = unpack '(N/a*)*', questions($until)) {
        answer_questions(\@spaces, $tell, @asked);
        $tell->('answered');
        flush_stream();
    }
    enter($home{net}, CLONE_NEWNET) if $home{net};
    [values %open];
}

# Whoever has the packets now says what else there is to know; who says nothing has gone.
sub questions {
    my ($from) = @_;
    my $text = ''; my $end = now() + ASKED_WITHIN;
    while ((my $left = $end - now()) > 0) {
        my $bits = ''; vec($bits, fileno $from, 1) = 1;
        select($bits, undef, undef, $left) or last;
        sysread $from, $text, 1 << 16, length $text or last;
        $text =~ s/^\.+//;    # told to end when it had ended
        return substr $text, 4 if length $text >= 4 && length $text >= 4 + unpack 'N', $text;
    }
    '';
}

# rtnetlink(7) is asked in each namespace by one socket, one message after the other; it asks for no privilege.
sub answer_questions {
    my ($spaces, $tell, @asked) = @_;
    my ($in, $socket, $failed) = (-1);
    while (my ($n, $key, $on_error, $kind, $what) = splice @asked, 0, 5) {
        if ($n != $in) {
            ($in, $socket, $failed) = ($n, undef, 0);
            my $new; $socket = $new if eval { enter($spaces->[$n][2], CLONE_NEWNET); socket $new, 16, 3, 0 };
        }
        next if !$socket || $on_error && !$failed;
        my $t = pack 'q2', stamp();
        my $answer = '';
        if ($kind eq 'file') { $answer = slurp("/proc/sys/net/$what") if $what !~ /\.\./; next unless defined $answer }
        else {
            my $is_dump = (unpack 'x6 S', $what) & 0x300;
            send $socket, $what, 0 or next;
            while (length $answer < 1 << 20) {
                my $bits = ''; vec($bits, fileno $socket, 1) = 1;
                select($bits, undef, undef, 2) or last;
                defined recv $socket, my $reply, 1 << 16, 0 or last;
                $answer .= $reply;
                my (undef, $type, $more, undef, undef, $error) = unpack 'L S S L L l', $reply;
                $failed = 1 if $type == 2 && $error;
                last if !$is_dump || $type == 2 || last_type($reply) == 3;
            }
        }
        $tell->('answer', $n, $key, $t, $answer);
    }
}

# A dump ends with NLMSG_DONE, 3.
sub last_type {
    my ($messages) = @_;
    my ($type, $at) = (0, 0);
    while ($at + 16 <= length $messages) {
        (my $size, $type) = unpack 'L S', substr $messages, $at, 6;
        last if $size < 16;
        $at += ($size + 3) & ~3;
    }
    $type;
}

# The kernel begins to put times on frames a moment after the first who wants them has said so, and lets it be when the last
# has gone; till then each would have the time at which we read it, and with that the order of what we read. So one
# socket is held open that wants them, and a datagram to ourselves says whether they have begun.
sub stamped_by_kernel {
    my $own = pack 'S n a4 x8', 2, 0, "\x7f\0\0\1";
    my $s; socket $s, 2, 2, 0 and bind $s, $own or return pause(0.01);
    my $t = "\0" x 16; ioctl $s, SIOCGSTAMPNS, $t;
    my ($end, $in_a_row) = (now() + 0.2, 0);
    while ($in_a_row < 2 && now() < $end) {
        defined send $s, '.', 0, getsockname $s or return pause(0.01, $s);    # lo is down
        my $bits = ''; vec($bits, fileno $s, 1) = 1;
        select($bits, undef, undef, 0.05) or next;
        my $before = pack 'q2', stamp();
        recv $s, my $dot, 1, 0x40;
        ioctl $s, SIOCGSTAMPNS, $t;
        $in_a_row = later($before, $t) ? $in_a_row + 1 : 0;
        select undef, undef, undef, 0.0002 unless $in_a_row;
    }
    $s;
}

sub pause { my ($seconds, $keep) = @_; select undef, undef, undef, $seconds; $keep }
sub later { my ($s, $ns, $than_s, $than_ns) = map { unpack 'q2', $_ } @_; $s > $than_s || $s == $than_s && $ns > $than_ns }

sub stamp { my $t = "\0" x 16; syscall($NR{clock_gettime}, 0, $t); unpack 'q2', $t }

# What the kernel has counted in this namespace: why it has dropped what it dropped.
sub counters { join '', map { slurp("/proc/net/$_") // '' } qw(snmp netstat snmp6) }

sub packet_socket {
    socket(my $s, 17, 3, 0x0300) or die "packet socket: $!\n";    # ETH_P_ALL, in the network's order
    setsockopt($s, 1, 33, pack 'i', 4 << 20) or setsockopt($s, 1, 8, pack 'i', 4 << 20);    # SO_RCVBUFFORCE, SO_RCVBUF
    my $t = "\0" x 16; ioctl $s, SIOCGSTAMPNS, $t;    # asked for once, the kernel keeps the time of each frame
    $s;
}

sub nested { attribute_of($_[0] | 0x8000, join '', @_[1 .. $#_]) }
sub attribute_of { my ($type, $data) = @_; my $a = pack('S S', 4 + length $data, $type) . $data; $a . "\0" x (-length($a) & 3) }
sub netfilter_message { my ($type, $flags, $sequence, $family, $resource, $body) = @_; pack('L S S L L  C C n', 20 + length $body, $type, $flags | 1, $sequence, 0, $family, 0, $resource) . $body }

# nfnetlink(7)'s groups: 1 new and 2 changed connections, 7 tables, 9 the trace of nf_tables. Each decision of ours is told of too,
# which is most of what a trace costs the flow: where no rules are, nobody decides anything as packets come in.
sub filter_socket {
    socket(my $s, 16, 3, 12) or die "netfilter socket: $!\n";
    setsockopt($s, 1, 33, pack 'i', 4 << 20) or setsockopt($s, 1, 8, pack 'i', 4 << 20);
    bind $s, pack 'S x2 L L', 16, 0, 0;
    my $has_rules = has_tables($s);
    my @made = (netfilter_message(10 << 8, 0x404, 1, 1, 0, attribute_of(1, "wirebook_trace\0") . attribute_of(2, pack 'N', 2)),
        tracing_chain('output', 3, users_asked_for()), $has_rules ? tracing_chain('prerouting', 0) : ());
    send_batch($s, @made);
    acknowledged($s, scalar @made);
    setsockopt $s, 270, 1, pack 'i', $_ for 9, 1, 2, $has_rules ? () : 7;    # SOL_NETLINK, NETLINK_ADD_MEMBERSHIP
    ($s, $has_rules);
}

sub has_tables {
    my ($s) = @_;
    send $s, netfilter_message(10 << 8 | 1, 0x300, 0, 0, 0, ''), 0 or return 1;
    my $found = 0;
    while (answers_soon($s) && defined recv $s, my $reply, 65536, 0) {
        my ($type) = unpack 'x4 S', $reply;
        $found = 1 if $type == 10 << 8;
        return $found if $type == 2 || last_type($reply) == 3;
    }
    1;
}

# Somebody makes rules where there were none: they are watched from here on.
sub is_of_tables { my ($type) = unpack 'x4 S', $_[0]; $type == 10 << 8 || $type == (10 << 8 | 3) }
sub rules_made { my ($s) = @_; setsockopt $s, 270, 2, pack 'i', 7; send_batch($s, tracing_chain('prerouting', 0)) }

# A chain that asks for the trace of all that comes to a hook, before any other: inet is family 1, its priority -450.
# What sockets of certain users send comes to a chain of its own for that: by its name the decision tells whose it was.
sub tracing_chain {
    my ($name, $hook, @users) = @_;
    my $at = nested(4, attribute_of(1, pack 'N', $hook), attribute_of(2, pack 'N', -450 & 0xffffffff));
    my (@chains, @rules);
    for (@users) {
        my ($from, $to) = @$_;
        my $own = "uid $from $to";
        push @chains, new_chain($own, ''), new_rule($own, tracing_rule());
        # meta skuid, in the network's order, within; goto
        push @rules, new_rule($name, expression('meta', attribute_of(2, pack 'N', 10), attribute_of(1, pack 'N', 1)),
            expression('byteorder', map { attribute_of($_->[0], pack 'N', $_->[1]) } [1, 1], [2, 1], [3, 1], [4, 4], [5, 4]),
            expression('range', attribute_of(1, pack 'N', 1), attribute_of(2, pack 'N', 0), nested(3, attribute_of(1, pack 'N', $from)), nested(4, attribute_of(1, pack 'N', $to))),
            expression('immediate', attribute_of(1, pack 'N', 0), nested(2, nested(2, attribute_of(1, pack 'N', -4 & 0xffffffff), attribute_of(2, "$own\0")))));
    }
    (@chains, new_chain($name, $at . attribute_of(5, pack 'N', 1) . attribute_of(7, "filter\0")), @rules, new_rule($name, tracing_rule()));
}

sub new_chain { my ($name, $more) = @_; netfilter_message(10 << 8 | 3, 0x404, 1, 1, 0, attribute_of(1, "wirebook_trace\0") . attribute_of(3, "$name\0") . $more) }
sub new_rule { my ($chain, @expressions) = @_; netfilter_message(10 << 8 | 6, 0xC04, 1, 1, 0, attribute_of(1, "wirebook_trace\0") . attribute_of(2, "$chain\0") . nested(4, @expressions)) }
sub expression { my ($name, @attributes) = @_; nested(1, attribute_of(1, "$name\0"), nested(2, @attributes)) }
# meta nftrace set 1 accept: with the verdict the kernel tells of the rule alone, not of the chain's policy as well
sub tracing_rule {
    (expression('immediate', attribute_of(1, pack 'N', 1), nested(2, attribute_of(1, "\1"))),
        expression('meta', attribute_of(2, pack 'N', 12), attribute_of(3, pack 'N', 1)),
        expression('immediate', attribute_of(1, pack 'N', 0), nested(2, nested(2, attribute_of(1, pack 'N', 1)))));
}

# Rules of routing may ask for the sender's user (ip rule ... uidrange): [first, last] of each part that is one to all of them.
sub users_asked_for {
    socket my $s, 16, 3, 0 or return;
    send $s, (pack 'L S S L L  C x11', 28, 34, 0x301, 1, 0, 0), 0 or return;
    my %starts;
    while (answers_soon($s) && defined recv $s, my $reply, 65536, 0) {
        my $done = 0;
        for (my $at = 0; $at + 16 <= length $reply;) {
            my ($size, $type) = unpack 'L S', substr $reply, $at, 6;
            last if $size < 16;
            $done = 1 if $type == 3 || $type == 2;
            if ($type == 32 && $size > 28) {
                my %of = attributes(substr $reply, $at + 28, $size - 28);
                if (length($of{20} // '') == 8) { my ($from, $to) = unpack 'L L', $of{20}; push @{ $starts{$from} }, 1; push @{ $starts{$to + 1} }, -1 }
            }
            $at += ($size + 3) & ~3;
        }
        last if $done;
    }
    my (@parts, $open, $since);
    for my $start (sort { $a <=> $b } keys %starts) {
        push @parts, [$since, $start - 1] if $open;
        $open += $_ for @{ $starts{$start} };
        $since = $start;
    }
    @parts;
}

sub attributes {
    my ($text) = @_;
    my %of;
    for (my $at = 0; $at + 4 <= length $text;) {
        my ($size, $type) = unpack 'S S', substr $text, $at, 4;
        last if $size < 4;
        $of{$type & 0x3fff} = substr $text, $at + 4, $size - 4;
        $at += ($size + 3) & ~3;
    }
    %of;
}

sub send_batch {
    my ($s, @messages) = @_;
    defined send $s, join('', netfilter_message(0x10, 0, 0, 0, 10, ''), @messages, netfilter_message(0x11, 0, 2, 0, 10, '')), 0 or die "the packet filter: $!\n";
}

sub answers_soon { my $bits = ''; vec($bits, fileno $_[0], 1) = 1; select $bits, undef, undef, 2 }

sub acknowledged {
    my ($s, $answers) = @_;
    while ($answers > 0) {
        answers_soon($s) or die "the packet filter does not answer\n";
        defined recv $s, my $reply, 65536, 0 or die "the packet filter: $!\n";
        while (length $reply >= 20) {
            my ($size, $type, undef, undef, undef, $error) = unpack 'L S S L L l', $reply;
            if ($type == 2) { $answers--; if ($error) { local $! = -$error; die "the packet filter's trace: $!\n" } }
            my $next = ($size + 3) & ~3;
            $reply = $next < length $reply ? substr $reply, $next : '';
        }
    }
}

our %handlers;
$handlers{trace} = \&start_trace;
$handlers{'trace-stop'} = \&stop_trace;
$handlers{'trace-ask'} = \&ask_trace;

1;
