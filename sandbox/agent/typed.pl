# typed.pl: what is typed in a bash of a pseudo-terminal, also in one that was started in it, told apart from what it
# prints: by a FIFO that only root of the host can write. So nothing that a program shows can pretend to have been typed.
use strict;
use warnings;

our %readers;
my %fifos;    # id of the pseudo-terminal -> {fd, path}

# Read by bash: $1 is the FIFO, $2 the status, or a process in the host's own namespaces. Where it is: ':' the host's own namespaces, ':NAME' one of its network
# namespaces, nothing where it is elsewhere. `history` has the command as it is run, whole, with every `!` resolved.
my %notes = (
    entered => <<'BASH',
where=
for kind in uts ipc pid user; do [[ /proc/$$/ns/$kind -ef /proc/$2/ns/$kind ]] || { where=-; break; }; done
if [[ -z $where ]]; then
  if [[ /proc/$$/ns/net -ef /proc/$2/ns/net ]]; then [[ /proc/$$/ns/mnt -ef /proc/$2/ns/mnt ]] && where=:
  else for file in /run/netns/*; do [[ $file -ef /proc/$$/ns/net ]] && where=:${file##*/}; done; fi
fi
printf '%s\0' entered "$$" "${where#-}" "$PWD" "$(HISTTIMEFORMAT= builtin history 1)" >"$1"
BASH
    ended => <<'BASH',
printf '%s\0' ended "$$" "$2" >"$1"
BASH
);
my $entered = qr/(entered)\0(\d+)\0([^\0]*)\0([^\0]*)\0([^\0]*)/;
my $ended = qr/(ended)\0(\d+)\0(\d*)/;

# Returns what such a bash has in its environment. bash runs PROMPT_COMMAND before each prompt; what begins with a blank
# it does not remember, by habit the way to say that nobody should.
sub note_typed {
    my ($host, $id) = @_;
    my $dir = own_dir($host);
    for my $name (keys %notes) { spit("$dir/$name", $notes{$name}, 0600) unless -e "$dir/$name" }
    my $file = "typed.$id";
    unlink "$dir/$file"; make_fifo("$dir/$file");
    sysopen(my $fd, "$dir/$file", 2 | O_NONBLOCK) or die "$file: $!\n";    # read and write: never at its end
    my $text = '';
    my $code = sub {
        sysread $fd, $text, 1 << 16, length $text;
        while ($text =~ /^(?:$entered|$ended)\0/) {
            my @told = grep { defined } $1, $2, $3, $4, $5, $6, $7, $8;
            $text = substr $text, $+[0];
            send_message('typed', $id, @told);
        }
        $text = '' if length $text > 1 << 20;
    };
    $readers{fileno $fd} = { fd => $fd, code => $code };
    $fifos{$id} = { fd => $fd, path => "$dir/$file", code => $code };
    my $own = '/run/wirebook';
    # in a pid namespace of its own the host's first process is 1, else what it is here
    my $first = $host->{ns}{pid} ? 1 : $host->{init} || 1;
    return { HISTCONTROL => 'ignorespace', PS0 => '\e]7770;ran\a$({ . ' . "$own/entered $own/$file $first" . '; } 2>/dev/null)',
        PROMPT_COMMAND => "(. $own/ended $own/$file \$?) 2>/dev/null" };
}

# What was entered is told before what it prints.
sub tell_typed { my ($id) = @_; $fifos{$id}{code}->() if $fifos{$id} }

sub forget_typed {
    my ($id) = @_;
    my $typed = delete $fifos{$id} or return;
    delete $readers{fileno $typed->{fd}}; close $typed->{fd}; unlink $typed->{path};
}

1;
