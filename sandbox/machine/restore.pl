# restore.pl: the network of a machine as it was before a lesson, and back to it: interfaces, settings, addresses, routes,
# rules, the firewall, containers. What appeared is taken away, what changed is set back, what is gone is made again where
# that can be done; the rest is said. Not put back: counters, connections that are tracked, neighbours, loaded modules.
use strict;
use warnings;

my @places = qw(/usr/sbin /sbin /usr/bin /bin /usr/local/sbin /usr/local/bin);
sub program { my ($name) = @_; my ($path) = grep { -x } map { "$_/$name" } @places; $path }

# Runs a program with an input, for at most so many seconds: (its status or undef, output, errors).
sub ask {
    my ($seconds, $input, $name, @arguments) = @_;
    my $path = program($name) or return (undef, '', "$name is not there");
    my @result = (undef, '', '');
    run_jobs(1, { argv => [$path, @arguments], stdin => $input, timeout => $seconds, done => sub { @result = ($_[1] ? undef : $_[0], $_[2], $_[3]) } });
    @result;
}
sub said { my (@argv) = @_; my ($status, $out) = ask(5, undef, @argv); defined $status && $status eq '0' ? $out : undef }
sub lines { my ($text) = @_; grep { /\S/ } split /\n/, defined $text ? $text : '' }

sub look_at_machine {
    my %links;
    for (lines(said(qw(ip -o link show)))) {
        my ($index, $name, $flags, $rest) = /^(\d+): ([^:@]+)(?:@[^:]*)?: <([^>]*)> (.*)/ or next;
        my %is = map { $_ => 1 } split /,/, $flags;
        $links{$index} = { name => $name, up => $is{UP} ? 'up' : 'down', promisc => $is{PROMISC} ? 'on' : 'off',
            map { $_ => ($rest =~ /\b$_ (\S+)/ ? $1 : '') } qw(mtu master) };
        $links{$index}{address} = $rest =~ m{link/ether (\S+)} ? $1 : '';
    }
    my (@addresses, @routes, @rules);
    for (lines(said(qw(ip -o addr show)))) {
        s/\\.*//; s/ (?:dynamic|tentative|deprecated|temporary|mngtmpaddr|secondary|stable-privacy|noprefixroute|dadfailed)\b//g;
        my ($dev, $what) = /^\d+: (\S+)\s+inet6? (\S+(?: .*)?)$/ or next;
        $what =~ s/(scope \S+) \S+\s*$/$1/; $what =~ s/\s+$//;
        push @addresses, "$what dev $dev";
    }
    for my $family ('-4', '-6') {
        for (lines(said('ip', $family, qw(-o route show table all)))) {
            s/\\/ /g; s/ (?:linkdown|dead|offload|trap|rt_offload|onlink(?= .*via inet6)|expires \S+|error -?\d+|pref \S+|cache|hoplimit \d+)\b//g; s/\s+/ /g; s/ $//;
            push @routes, "$family $_" unless /^(?:anycast|multicast) /;
        }
        for (lines(said('ip', $family, qw(rule show)))) { push @rules, "$family pref $1 $2" if s/ \[[^]]*\]//gr =~ /^(\d+):\s+(.*?)\s*$/ }
    }
    { links => \%links, addresses => \@addresses, routes => \@routes, rules => \@rules, firewall => look_at_firewall(),
        settings => look_at_settings(), containers => look_at_containers() };
}

# iptables' tables by "program name", each as iptables-restore takes it; nftables' own by "nft family name".
sub look_at_firewall {
    my (%tables, %theirs);
    for my $program (qw(iptables ip6tables)) {
        for my $variant ($program, "$program-legacy") {
            # the legacy tables are loaded by being looked at
            next if $variant =~ /legacy/ && !length(slurp('/proc/net/' . ($program eq 'iptables' ? 'ip' : 'ip6') . '_tables_names') || '');
            my $text = said("$variant-save") or next;
            my $nft = $text =~ /nf_tables|iptables-nft/ ? 1 : 0;
            while ($text =~ /^\*(\S+)\n(.*?)^COMMIT/msg) {
                my ($name, $body) = ($1, $2);
                $body =~ s/\[\d+:\d+\]/[0:0]/g;
                $tables{"$variant $name"} = "*$name\n${body}COMMIT\n";
                $theirs{($program eq 'iptables' ? 'ip' : 'ip6') . " $name"} = 1 if $nft;
            }
        }
    }
    for (lines(said(qw(nft list tables)))) {
        my ($family, $name) = /^table (\S+) (\S+)/ or next;
        next if $theirs{"$family $name"};
        my $text = said('nft', '-s', 'list', 'table', $family, $name);
        $tables{"nft $family $name"} = $text if defined $text;
    }
    \%tables;
}

sub look_at_settings {
    my (%settings, @folders);
    @folders = grep { -d } map { "/proc/sys/net/$_" } qw(ipv4 ipv6 bridge);
    while (defined(my $folder = shift @folders)) {
        opendir my $d, $folder or next;
        for my $name (grep { !/^\.\.?$/ } readdir $d) {
            my $path = "$folder/$name";
            if (-d $path) { push @folders, $path; next }
            next if $name =~ /^(?:flush|stable_secret|tcp_fastopen_key|tcp_available.*)$/ || !((stat _)[2] & 0200);
            my $value = slurp($path);
            $settings{$path} = $value if defined $value;
        }
    }
    \%settings;
}

# Only of an engine that runs: to ask one would start it. undef: nothing is known.
sub look_at_containers {
    return undef unless -e '/run/docker.pid' && program('docker');
    my ($containers, $networks) = (said(qw(docker ps -aq --no-trunc)), said(qw(docker network ls -q --no-trunc)));
    return undef unless defined $containers && defined $networks;
    { containers => { map { $_ => 1 } lines($containers) }, networks => { map { $_ => 1 } lines($networks) } };
}

# Routes that the kernel makes come and go with addresses, some of them late (RFC 4862, duplicate address detection).
sub added_routes { my ($now, $before) = @_; grep { !/ proto (?:kernel|ra)\b/ } missing($now->{routes}, $before->{routes}) }

# Those of IPv6 it also makes again itself, when an interface is up again.
sub lost_routes { my ($before, $now) = @_; grep { !/^-6 .* proto (?:kernel|ra)\b/ } missing($before->{routes}, $now->{routes}) }

sub missing { my ($from, $in) = @_; my %in = map { $_ => 1 } @$in; grep { !$in{$_} } @$from }

# @left: what could not be put back, a line each.
sub restore_machine {
    my ($before) = @_;
    my @left;
    my $do = sub { my ($status, undef, $why) = ask(10, undef, @_); defined $status && $status eq '0' };
    restore_containers($before->{containers}, $do, \@left);

    # a device of the machine comes back by itself when the network namespace that had it is gone
    for (1 .. 15) { my $now = look_at_links(); last unless grep { !$now->{$_} } keys %{ $before->{links} }; select undef, undef, undef, 0.2 }
    my $now = look_at_machine();
    for my $index (sort { $b <=> $a } keys %{ $now->{links} }) { $do->(qw(ip link del dev), $now->{links}{$index}{name}) unless $before->{links}{$index} }
    for my $index (sort { $a <=> $b } keys %{ $before->{links} }) {
        my ($old, $new) = ($before->{links}{$index}, $now->{links}{$index});
        if (!$new) { push @left, "the interface $old->{name} is gone"; next }
        my $dev = $old->{name};
        if ($new->{name} ne $dev) { $do->(qw(ip link set dev), $new->{name}, 'down'); $do->(qw(ip link set dev), $new->{name}, 'name', $dev); $new->{up} = 'down' }
        if ($new->{master} ne $old->{master}) { $do->(qw(ip link set dev), $dev, length $old->{master} ? ('master', $old->{master}) : 'nomaster') }
        for (qw(mtu address promisc)) { $do->(qw(ip link set dev), $dev, $_, $old->{$_}) if $new->{$_} ne $old->{$_} && length $old->{$_} }
        $do->(qw(ip link set dev), $dev, $old->{up}) if $new->{up} ne $old->{up};
    }
    restore_settings($before->{settings});
    # what is left of these may have gone or come with an interface
    for my $round (1, 2) {
        $now = look_at_machine();
        for (grep { !/^fe80/ } missing($now->{addresses}, $before->{addresses})) { my ($address, $dev) = /^(\S+).* dev (\S+)$/; $do->(qw(ip addr del), $address, 'dev', $dev) }
        for (missing($before->{addresses}, $now->{addresses})) { $do->(qw(ip addr add), split ' ') }
        for (added_routes($now, $before)) { my ($family, @route) = split ' '; $do->('ip', $family, qw(route del), @route) }
        $now = look_at_machine();
        for (lost_routes($before, $now)) { my ($family, @route) = split ' '; $do->('ip', $family, qw(route add), @route) }
        for (missing($now->{rules}, $before->{rules})) { my ($family, @rule) = split ' '; $do->('ip', $family, qw(rule del), @rule) }
        for (missing($before->{rules}, $now->{rules})) { my ($family, @rule) = split ' '; $do->('ip', $family, qw(rule add), @rule) }
        restore_firewall($before->{firewall}, $now->{firewall}) if $round == 1;
    }
    $now = look_at_machine();
    for (grep { !$before->{links}{$_} } keys %{ $now->{links} }) { push @left, "the interface $now->{links}{$_}{name} could not be removed" }
    $_->{addresses} = [grep { !/^fe80/ } @{ $_->{addresses} }] for $now, $before;    # the kernel's own affair too
    for my $what (qw(addresses routes rules)) {
        my %word = (addresses => 'address', routes => 'route', rules => 'rule');
        # those of an interface that is gone are gone with it
        push @left, map { "the $word{$what} `$_` is gone" } grep { there($before, $now, $_) } $what eq 'routes' ? lost_routes($before, $now) : missing($before->{$what}, $now->{$what});
        push @left, map { "the $word{$what} `$_` could not be removed" } $what eq 'routes' ? added_routes($now, $before) : missing($now->{$what}, $before->{$what});
    }
    for (sort keys %{ $before->{firewall} }) { push @left, "the firewall's table `$_` is not as it was" if ($now->{firewall}{$_} || '') ne $before->{firewall}{$_} }
    for (sort keys %{ $before->{settings} }) { my $value = $now->{settings}{$_}; push @left, 'the setting ' . s{^/proc/sys/}{}r =~ tr{/}{.}r . ' is not as it was' if defined $value && $value ne $before->{settings}{$_} }
    @left;
}

sub look_at_links { my %links; for (lines(said(qw(ip -o link show)))) { $links{$1} = 1 if /^(\d+):/ } \%links }

sub there {
    my ($before, $now, $line) = @_;
    my ($dev) = $line =~ /\bdev (\S+)/ or return 1;
    grep { $_->{name} eq $dev } values %{ $now->{links} };
}

sub restore_settings {
    my ($before) = @_;
    # ip_forward sets others, and `all` and `default` too
    my $rank = sub { $_[0] =~ m{/ip_forward$} ? 0 : $_[0] =~ m{/(?:all|default)/} ? 1 : 2 };
    for my $path (sort { $rank->($a) <=> $rank->($b) || $a cmp $b } keys %$before) {
        my $value = slurp($path);
        eval { spit($path, $before->{$path}) } if defined $value && $value ne $before->{$path};
    }
}

sub restore_firewall {
    my ($before, $now) = @_;
    for my $table (sort keys %{ { %$before, %$now } }) {
        my ($old, $new) = ($before->{$table}, $now->{$table});
        next if defined $old && defined $new && $old eq $new;
        my ($program, @name) = split ' ', $table;
        if ($program eq 'nft') {
            my $delete = defined $new ? "delete table @name\n" : '';
            ask(10, $delete . (defined $old ? $old : ''), 'nft', '-f', '-');
        } elsif (defined $old) { ask(10, $old, "$program-restore") }
        else {
            # chains that the kernel asks for, empty; then the table itself, where it is one of nftables
            my @chains = map { ":$_ ACCEPT [0:0]\n" } $new =~ /^:(\S+) (?!-)/mg;
            ask(10, join('', "*$name[0]\n", @chains, "COMMIT\n"), "$program-restore");
            ask(10, undef, 'nft', 'delete', 'table', $program =~ /^ip6/ ? 'ip6' : 'ip', $name[0]) if $program !~ /legacy/ && program('nft');
        }
    }
}

sub restore_containers {
    my ($before, $do, $left) = @_;
    my $now = look_at_containers() or return;
    if (!$before) { push @$left, 'the container engine was started during the lesson: its containers are as they are' if %{ $now->{containers} }; return }
    my @new = grep { !$before->{containers}{$_} } sort keys %{ $now->{containers} };
    my ($status) = @new ? ask(30, undef, qw(docker rm -f), @new) : '0';
    push @$left, "containers of the lesson: @new" unless defined $status && $status eq '0';
    $do->(qw(docker network rm), $_) for grep { !$before->{networks}{$_} } sort keys %{ $now->{networks} };
}

1;
