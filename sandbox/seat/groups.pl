# groups.pl: the cgroups of a seat, one where version 2 rules, else one a controller (src/class/offer/limits.ts says where and
# what is set). A process outside waits until the seat is gone, whatever ended it, and removes them.
use strict;
use warnings;

our %NR;

# Each: [folder, setting, value, setting, value, ...]
sub enter_groups {
    my @parents = @_;
    return unless @parents;
    # the write end is the seat's alone: its end is the end of the seat
    pipe(my $wait, my $alive) or return;
    my @made;
    for (@parents) {
        my ($parent, @settings) = @$_;
        sweep_groups($parent);
        my $dir = "$parent/wirebook-seat-$$";
        mkdir $dir or next;
        push @made, $dir;
        while (@settings) { my ($name, $value) = splice @settings, 0, 2; write_group("$dir/$name", $value) }
    }
    my $remover = fork;
    if (!defined $remover) { rmdir $_ for @made; return }
    if (!$remover) { remove_groups($wait, $alive, @made) }
    close $wait;
    our $groups_alive = $alive;    # close-on-exec, and never closed by us
    write_group("$_/cgroup.procs", $$) for @made;
}

sub write_group { my ($path, $value) = @_; sysopen(my $f, $path, 1) or return 0; defined syswrite $f, $value }

sub remove_groups {
    my ($wait, $alive, @dirs) = @_;
    $0 = 'wirebook-seats';
    syscall($NR{setsid});
    chdir '/';
    close $alive;
    my $kept = fileno $wait;
    $^F = $kept;
    syscall($NR{close_range}, 0, $kept - 1, 0) if $kept > 0;
    syscall($NR{close_range}, $kept + 1, ~0 & 0xffffffff, 0);
    $SIG{$_} = 'IGNORE' for qw(INT HUP TERM PIPE);
    my $byte;
    while (!defined sysread $wait, $byte, 1) { last unless $! == EINTR }
    for my $dir (@dirs) { for (1 .. 500) { last if rmdir $dir or $! == 2; select undef, undef, undef, 0.01 } }
    kill 9, $$;
}

# What is left of seats whose remover was ended too: their groups are empty, and rmdir takes no other.
sub sweep_groups {
    my ($parent) = @_;
    opendir(my $d, $parent) or return;
    for (readdir $d) { rmdir "$parent/$_" if /^wirebook-seat-(\d+)$/ && !-e "/proc/$1" }
}

1;
