# group.pl: a cgroup of a lesson's own on a machine that has cgroups of version 2 (cgroup-v2.rst): it holds what the
# lesson may use, so that the agent and the machine always have something left, and a container engine in it has a group
# to put its containers into.
use strict;
use warnings;

my $groups = '/sys/fs/cgroup';

sub own_group {
    my ($option) = @_;
    -e "$groups/cgroup.controllers" or return '';
    my $group = "$groups/wirebook-$$";
    mkdir $group or return '';
    my ($total) = (slurp('/proc/meminfo') || '') =~ /^MemTotal:\s+(\d+)/m;
    # files that a lesson writes are memory as well
    $option->{disk} = int($total * 1024 * 0.4) if $total && $option->{disk} > $total * 1024 * 0.4;
    eval { spit("$group/memory.max", int($total * 1024 * 0.85)) } if $total;
    eval { spit("$group/pids.max", $option->{processes}) };
    $group;
}

# Kills whatever is left in it; groups that containers had lie below.
sub remove_group {
    my ($group) = @_;
    eval { spit("$group/cgroup.kill", '1') };
    for (1 .. 100) {
        my @all = ($group);
        for (my $i = 0; $i < @all; $i++) { opendir(my $d, $all[$i]) or next; push @all, map { "$all[$i]/$_" } grep { !/^\./ && -d "$all[$i]/$_" && !-l "$all[$i]/$_" } readdir $d }
        rmdir $_ for reverse @all;
        return if !-e $group;
        select undef, undef, undef, 0.05;
    }
}

1;
