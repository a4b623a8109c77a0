/** A network with a name server: what does not work by name may be any part of the way to it. */
import type { Network } from './model.ts';
import { PEOPLE, pageOf, SERVERS, serve } from './parts.ts';
import type { Random } from './random.ts';

/** Answers what stands in a file of addresses and names, as /etc/hosts has them, over UDP (RFC 1035). */
const NAMED = `#!/usr/bin/perl
# named ADDRESS: answers for the names in /srv/ns/hosts
use strict; use Socket;
my $at = inet_aton($ARGV[0] // '0.0.0.0');
socket my $out, PF_INET, SOCK_DGRAM, 0 or die "$!\\n";
bind $out, pack_sockaddr_in(53, $at) or die "port 53: $!\\n";
exit if fork;
open STDIN, '<', '/dev/null'; open $_, '>', '/dev/null' for *STDOUT, *STDERR;
while (1) {
    defined(my $who = recv $out, my $asked, 512, 0) or next;
    next if length $asked < 17;
    my ($name, $pos) = ('', 12);
    while ($pos < length $asked and my $size = ord substr $asked, $pos, 1) { $name .= lc(substr $asked, $pos + 1, $size) . '.'; $pos += 1 + $size }
    my $question = substr $asked, 12, $pos + 5 - 12;
    my $type = unpack 'n', substr $asked, $pos + 1, 2;
    my ($is_there, $address);
    if (open my $file, '<', '/srv/ns/hosts') { while (<$file>) { my ($ip, @names) = split; if (grep { lc "$_." eq $name } @names) { $is_there = 1; $address = inet_aton($ip) if $ip =~ /^[\\d.]+$/ } } }
    my $records = $address && $type == 1 ? pack('n3Nna4', 0xc00c, 1, 1, 5, 4, $address) : '';
    send $out, substr($asked, 0, 2) . pack('n5', 0x8580 | ($is_there ? 0 : 3), 1, $records eq '' ? 0 : 1, 0, 0) . $question . $records, 0, $who;
}
`;

export function names(random: Random): Network {
  const [a, c] = random.several(PEOPLE, 2) as [string, string];
  const b = random.pick(SERVERS);
  const name = `${b}.lab`;
  const [one, two, three, four] = [10, 20, 30, 40].map(
    (n) => `10.${n + random.number(9)}.${random.number(250)}`,
  ) as [string, string, string, string];
  const [server, target] = [`${three}.53`, `${four}.20`];
  const space = (address: string) => ({
    addresses: { eth0: `${address}/24` },
    routes: [`default via ${address.replace(/\d+$/, '1')}`],
  });
  const asks = (from: string, device: string) => [
    { netns: from, out: 'eth0' },
    { netns: 'gw', in: device, out: 'names' },
    { netns: 'ns', in: 'eth0', address: server },
  ];
  const goes = [
    { netns: a, out: 'eth0' },
    { netns: 'gw', in: 'lan', out: 'srv' },
    { netns: b, in: 'eth0', address: target },
  ];
  return {
    id: 'names',
    kind: 'names',
    title: 'A name server',
    server: b,
    servers: `The server of \`${b}\` is \`busybox httpd\`, with its pages in \`/srv/${b}\`. That of \`ns\` is \`/srv/ns/named ADDRESS\`, which answers for what stands in \`/srv/ns/hosts\`. Whom \`${a}\` and \`${c}\` ask stands in \`/etc/netns/${a}/resolv.conf\` and \`/etc/netns/${c}/resolv.conf\`, which \`ip netns exec\` puts in the place of /etc/resolv.conf.`,
    about: `\`${a}\` (${one}.10), \`${c}\` (${two}.10), the name server \`ns\` (${server}) and \`${b}\` (${target}) have a cable to \`gw\` each: its \`lan\`, \`lan2\`, \`names\` and \`srv\` have the address .1 of each network. \`ns\` answers on UDP port 53; it knows ${name}, which is \`${b}\`. \`${b}\` serves HTTP on port 80.`,
    topology: {
      namespaces: {
        [a]: space(`${one}.10`),
        [c]: space(`${two}.10`),
        gw: {
          addresses: { lan: `${one}.1/24`, lan2: `${two}.1/24`, names: `${three}.1/24`, srv: `${four}.1/24` },
          forward: true,
        },
        ns: space(server),
        [b]: space(target),
      },
      cables: [
        `eth0 in ${a} -- lan in gw`,
        `eth0 in ${c} -- lan2 in gw`,
        'names in gw -- eth0 in ns',
        `srv in gw -- eth0 in ${b}`,
      ],
    },
    more: [
      serve(b, '0.0.0.0', 80),
      `mkdir -p /srv/ns; echo "${target} ${name}" >/srv/ns/hosts; cat >/srv/ns/named <<'END'\n${NAMED}END`,
      'chmod +x /srv/ns/named; ip netns exec ns /srv/ns/named 0.0.0.0',
      ...[a, c].map(
        (netns) =>
          `mkdir -p /etc/netns/${netns}; echo "nameserver ${server}" >/etc/netns/${netns}/resolv.conf`,
      ),
    ].join('\n'),
    flows: [
      {
        id: 'name',
        from: a,
        check: { dns: name, answer: target },
        trouble: `${a} cannot look up ${name}`,
        path: asks(a, 'lan'),
      },
      {
        id: 'page',
        from: a,
        check: { curl: `http://${name}/`, ...pageOf(b) },
        trouble: `${a} gets no page from http://${name}/`,
        path: [...asks(a, 'lan'), ...goes.slice(1)],
      },
      {
        id: 'address',
        from: a,
        check: { curl: `http://${target}/`, ...pageOf(b) },
        trouble: `${a} gets no page from http://${target}/`,
        path: goes,
      },
      {
        id: 'colleague',
        from: c,
        check: { dns: name, answer: target },
        trouble: `${c} cannot look up ${name}`,
        path: asks(c, 'lan2'),
      },
    ],
  };
}
