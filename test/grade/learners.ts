/**
 * Answers to the exercise `02-cable-exercise` as learners write them: with the mistakes that they make, and right in ways
 * that its author did not think of. `{{a}}` and the like are each learner's own numbers.
 */
export interface Learner {
  name: string;
  answers: Readonly<Record<'link' | 'mac' | 'again', string>>;
  /** Checks whose points are lost, and no others. */
  lost: readonly string[];
  /** Checks that only follow from an earlier mistake; nothing is lost there. */
  followed?: readonly string[];
}

const LINK = `ip netns add {{a}}
ip netns add {{b}}
ip link add to-{{b}} type veth peer name to-{{a}}
ip link set to-{{b}} netns {{a}} mtu {{mtu}}
ip link set to-{{a}} netns {{b}} mtu {{mtu}}
ip -n {{a}} addr add {{left}}/24 dev to-{{b}}
ip -n {{b}} addr add {{right}}/24 dev to-{{a}}
ip -n {{a}} link set to-{{b}} up
ip -n {{b}} link set to-{{a}} up
ip -n {{a}} link set lo up
ip -n {{b}} link set lo up`;
const MAC = `ip netns exec {{a}} ping -c 1 {{right}}
MAC=$(ip -n {{a}} neigh show {{right}} | awk '{print $5}')`;
const AGAIN = `ip -n {{b}} addr del {{right}}/32 dev to-{{a}}
ip -n {{b}} addr add {{right}}/24 dev to-{{a}}
ip -n {{b}} link set to-{{a}} mtu {{mtu}}`;
const RIGHT = { link: LINK, mac: MAC, again: AGAIN };

const without = (text: string, line: string): string => {
  if (!text.includes(line)) throw new Error(`no line ${line}`);
  return text.replace(line, '');
};
const instead = (text: string, line: string, other: string): string => {
  if (!text.includes(line)) throw new Error(`no ${line}`);
  return text.replaceAll(line, other);
};

export const wrong: readonly Learner[] = [
  {
    name: 'forgets lo in both labs',
    answers: { ...RIGHT, link: LINK.split('\n').slice(0, 9).join('\n') },
    lost: ['left-itself', 'right-itself'],
  },
  {
    name: 'forgets lo in one lab',
    answers: { ...RIGHT, link: without(LINK, 'ip -n {{b}} link set lo up') },
    lost: ['right-itself'],
  },
  {
    name: 'forgets the MTU',
    answers: { ...RIGHT, link: instead(LINK, ' mtu {{mtu}}', '') },
    lost: ['mtu-left', 'mtu-right'],
  },
  {
    name: 'sets the MTU on one end only',
    answers: { ...RIGHT, link: instead(LINK, 'netns {{b}} mtu {{mtu}}', 'netns {{b}}') },
    lost: ['mtu-right'],
  },
  {
    name: 'sets the MTU of Ethernet',
    answers: { ...RIGHT, link: instead(LINK, 'mtu {{mtu}}', 'mtu 1500') },
    lost: ['mtu-left', 'mtu-right'],
  },
  {
    name: 'forgets to bring one end up',
    answers: { ...RIGHT, link: without(LINK, 'ip -n {{b}} link set to-{{a}} up') },
    lost: ['link-left', 'link-right', 'link-ping'],
  },
  {
    name: 'gives an address without a prefix',
    answers: { ...RIGHT, link: instead(LINK, '{{right}}/24', '{{right}}') },
    lost: ['link-right', 'link-ping'],
  },
  {
    name: 'gives both ends a prefix of 16',
    answers: { ...RIGHT, link: instead(LINK, '/24', '/16') },
    lost: ['link-left', 'link-right'],
  },
  {
    name: 'swaps the two addresses',
    answers: {
      ...RIGHT,
      link: instead(instead(instead(LINK, '{{left}}', '@'), '{{right}}', '{{left}}'), '@', '{{right}}'),
    },
    lost: ['link-left', 'link-right'],
  },
  {
    name: 'names the ends after their own labs',
    answers: {
      ...RIGHT,
      link: instead(instead(instead(LINK, 'to-{{a}}', '@'), 'to-{{b}}', 'to-{{a}}'), '@', 'to-{{b}}'),
    },
    lost: ['link-left', 'link-right', 'mtu-left', 'mtu-right'],
  },
  {
    name: 'mistypes a lab',
    answers: { ...RIGHT, link: instead(LINK, 'netns add {{b}}', 'netns add {{b}}x') },
    lost: ['link-left', 'link-right', 'link-ping', 'mtu-right', 'right-itself'],
  },
  {
    name: 'forgets to plug in one end',
    answers: { ...RIGHT, link: without(LINK, 'ip link set to-{{a}} netns {{b}} mtu {{mtu}}') },
    lost: ['link-left', 'link-right', 'link-ping', 'mtu-right', 'right-itself'],
  },
  {
    name: 'answers only the first task',
    answers: { ...RIGHT, mac: '', again: '' },
    lost: ['mac-right', 'again-ping', 'again-route', 'again-mtu'],
  },
  {
    name: 'leaves the first task out',
    answers: { ...RIGHT, link: '' },
    lost: ['link-left', 'link-right', 'link-ping', 'mtu-left', 'mtu-right', 'left-itself', 'right-itself'],
  },
  {
    name: 'notes the address of the wrong end',
    answers: { ...RIGHT, mac: 'MAC=$(ip netns exec {{a}} cat /sys/class/net/to-{{b}}/address)' },
    lost: ['mac-right'],
  },
  {
    name: 'notes an address from an earlier try',
    answers: { ...RIGHT, mac: 'MAC=02:11:22:33:44:55' },
    lost: ['mac-right'],
  },
  { name: 'sets the variable in a subshell', answers: { ...RIGHT, mac: `(${MAC}\n)` }, lost: ['mac-right'] },
  {
    name: 'looks before anything has been asked for',
    answers: {
      ...RIGHT,
      mac: "ip -n {{a}} neigh flush all\nMAC=$(ip -n {{a}} neigh show {{right}} | awk '{print $5}')",
    },
    lost: ['mac-right'],
  },
  {
    name: 'repairs the address and not the MTU',
    answers: { ...RIGHT, again: without(AGAIN, 'ip -n {{b}} link set to-{{a}} mtu {{mtu}}') },
    lost: ['again-mtu'],
  },
  {
    name: 'mends it with a route to the host alone',
    answers: {
      ...RIGHT,
      again: 'ip -n {{b}} route add {{left}} dev to-{{a}}\nip -n {{b}} link set to-{{a}} mtu {{mtu}}',
    },
    lost: ['again-route'],
  },
  {
    name: 'makes the other lab the same instead',
    answers: {
      ...RIGHT,
      again: instead(
        AGAIN,
        'link set to-{{a}} mtu {{mtu}}',
        'link set to-{{a}} mtu 1280\nip -n {{a}} link set to-{{b}} mtu 1280',
      ),
    },
    lost: ['again-mtu', 'again-left'],
  },
  {
    name: 'ends its shell in the middle',
    answers: {
      ...RIGHT,
      link: `${LINK.split('\n').slice(0, 9).join('\n')}\nexit 1\n${LINK.split('\n').slice(9).join('\n')}`,
    },
    lost: ['left-itself', 'right-itself'],
  },
  {
    name: 'leaves a quote open',
    answers: { ...RIGHT, again: `echo 'mended\n${AGAIN}` },
    lost: ['again-ping', 'again-route', 'again-mtu'],
  },
];

export const unusual: readonly Learner[] = [
  {
    name: 'makes each end where it belongs',
    answers: {
      ...RIGHT,
      link: `ip netns add {{b}}; ip netns add {{a}}
ip -n {{a}} link add to-{{b}} mtu {{mtu}} type veth peer name to-{{a}} mtu {{mtu}} netns {{b}}
for n in {{a}} {{b}}; do for l in lo $(ip -n $n -br link | awk '/^to-/{sub(/@.*/, "", $1); print $1}'); do ip -n $n link set $l up; done; done
ip -n {{a}} address add {{left}}/24 broadcast + dev to-{{b}}
ip -n {{b}} address add {{right}}/255.255.255.0 dev to-{{a}}`,
    },
    lost: [],
  },
  {
    name: 'types everything inside the labs, with a batch',
    answers: {
      ...RIGHT,
      link: `ip netns add {{a}} && ip netns add {{b}}
ip link add name x0 type veth peer x1
ip link set x0 netns {{a}} name to-{{b}}; ip link set x1 netns {{b}} name to-{{a}}
ip netns exec {{a}} ip -batch - <<END
link set lo up
link set dev to-{{b}} mtu {{mtu}} up
addr add {{left}}/24 dev to-{{b}}
END
ip netns exec {{b}} bash -c 'ip link set lo up; ip link set to-{{a}} mtu {{mtu}}; ip addr add {{right}}/24 dev to-{{a}}; ip link set to-{{a}} up'`,
    },
    lost: [],
  },
  {
    name: 'asks with the neighbours as JSON, and writes the address in capitals',
    answers: {
      ...RIGHT,
      mac: `ip netns exec {{a}} ping -qc1 -W1 {{right}} >/dev/null
MAC=$(ip -n {{a}} -j neigh show {{right}} | grep -o '"lladdr":"[^"]*"' | cut -d'"' -f4 | tr a-f A-F); false`,
    },
    lost: [],
  },
  {
    name: 'takes the address away whole and gives it anew',
    answers: {
      ...RIGHT,
      again: `set -x
ip -n {{b}} addr flush dev to-{{a}} scope global
ip -n {{b}} link set to-{{a}} down
ip -n {{b}} link set to-{{a}} mtu {{mtu}} up
ip -n {{b}} addr add {{right}}/24 dev to-{{a}}`,
    },
    lost: [],
  },
  {
    name: 'lays the whole link again',
    answers: { ...RIGHT, again: `ip netns del {{b}}; ip netns del {{a}}; sleep 0.3\n${LINK}` },
    lost: [],
  },
  {
    name: 'adds an address of its own, comments, and tries that fail',
    answers: {
      ...RIGHT,
      link: `# first try\nip link add to-{{b}} type vet\nip netns add {{a}}\n${LINK}\nip -n {{a}} addr add 192.0.2.1/32 dev lo # mine\nfalse`,
    },
    lost: [],
  },
];
