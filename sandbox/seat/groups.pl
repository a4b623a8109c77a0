# groups.pl: the cgroups of a seat, one where version 2 rules, else one a controller (src/class/offer/limits.ts says where and
# what is set). A process outside waits until the seat is gone, whatever ended it, and removes them.
use strict;
use warnings;

# Each: [folder, setting, value, setting, value, ...]
sub enter_groups {
    my @parents = @_;
    return unless @parents;
    # the write end is the seat's alone: its end is the end of the seat
    pipe(my $wait, my $alive) or return;
    my @made;
    for (@parents) {
        my ($parent, @settings) = @$_;
        sweep_groups($parent, 'wirebook-seat');
        my $dir = "$parent/wirebook-seat-$$";
        mkdir $dir or next;
        push @made, $dir;
        while (@settings) { my ($name, $value) = splice @settings, 0, 2; write_setting("$dir/$name", $value) }
    }
    my $remover = fork;
    if (!defined $remover) { rmdir $_ for @made; return }
    if (!$remover) { remove_groups('wirebook-seats', $wait, $alive, @made) }
    close $wait;
    our $groups_alive = $alive;    # close-on-exec, and never closed by us
    write_setting("$_/cgroup.procs", $$) for @made;
}

1;
