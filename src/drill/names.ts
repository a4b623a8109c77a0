/** A network with a name server: what does not work by name may be any part of the way to it. */
import type { Network } from './model.ts';
import { PEOPLE, pageOf, SERVERS, serve } from './parts.ts';
import type { Random } from './random.ts';
import { site } from './six.ts';

/** Answers what stands in a file of addresses and names, as /etc/hosts has them, over UDP (RFC 1035; AAAA: RFC 3596). */
const NAMED = `#!/usr/bin/perl
# named ADDRESS: answers for the names in /srv/ns/hosts
use strict; use Socket qw(:all);
my $at = $ARGV[0] // '0.0.0.0';
my $six = $at =~ /:/;
socket my $out, $six ? AF_INET6 : AF_INET, SOCK_DGRAM, 0 or die "$!\\n";
bind $out, $six ? pack_sockaddr_in6(53, inet_pton(AF_INET6, $at)) : pack_sockaddr_in(53, inet_aton($at)) or die "port 53: $!\\n";
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
    if (open my $file, '<', '/srv/ns/hosts') { while (<$file>) { my ($ip, @names) = split; next unless grep { lc "$_." eq $name } @names; $is_there = 1; $address = inet_pton($ip =~ /:/ ? AF_INET6 : AF_INET, $ip) if $type == ($ip =~ /:/ ? 28 : 1) } }
    my $records = defined $address ? pack('n3Nn/a*', 0xc00c, $type, 1, 5, $address) : '';
    send $out, substr($asked, 0, 2) . pack('n5', 0x8580 | ($is_there ? 0 : 3), 1, $records eq '' ? 0 : 1, 0, 0) . $question . $records, 0, $who;
}
`;

/** Addresses of one family: how those of a network are written, and what is all of them. */
interface Family {
  id: string;
  title: string;
  nets: (random: Random) => [string, string, string, string];
  /** Of a network, by the last number. */
  at: (net: string, last: number) => string;
  length: number;
  everywhere: string;
  record: 'A' | 'AAAA';
  /** How the addresses of the gateway end. */
  first: string;
}

const FOUR: Family = {
  id: 'names',
  title: 'A name server',
  nets: (random) =>
    [10, 20, 30, 40].map((n) => `10.${n + random.number(9)}.${random.number(250)}`) as [
      string,
      string,
      string,
      string,
    ],
  at: (net, last) => `${net}.${last}`,
  length: 24,
  everywhere: '0.0.0.0',
  record: 'A',
  first: '.1',
};

const SIX: Family = {
  id: 'names-six',
  title: 'A name server, by IPv6',
  nets: (random) => {
    const own = site(random);
    return [`${own}:1`, `${own}:2`, `${own}:3`, `${own}:4`];
  },
  at: (net, last) => `${net}::${last}`,
  length: 64,
  everywhere: '::',
  record: 'AAAA',
  first: '::1',
};

export const names = (random: Random): Network => network(random, FOUR);
export const namesSix = (random: Random): Network => network(random, SIX);

function network(random: Random, family: Family): Network {
  const [a, c] = random.several(PEOPLE, 2) as [string, string];
  const b = random.pick(SERVERS);
  const name = `${b}.lab`;
  const [one, two, three, four] = family.nets(random);
  const { at, length, everywhere, record } = family;
  const [mine, theirs, server, target] = [at(one, 10), at(two, 10), at(three, 53), at(four, 20)];
  const url = record === 'A' ? `http://${target}/` : `http://[${target}]/`;
  const space = (address: string, net: string) => ({
    addresses: { eth0: `${address}/${length}` },
    routes: [`default via ${at(net, 1)}`],
  });
  const gateway = (net: string) => `${at(net, 1)}/${length}`;
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
    id: family.id,
    kind: 'names',
    title: family.title,
    server: b,
    servers: `The server of \`${b}\` is \`busybox httpd\`, with its pages in \`/srv/${b}\`. That of \`ns\` is \`/srv/ns/named ADDRESS\`, which answers for what stands in \`/srv/ns/hosts\`. Whom \`${a}\` and \`${c}\` ask stands in \`/etc/netns/${a}/resolv.conf\` and \`/etc/netns/${c}/resolv.conf\`, which \`ip netns exec\` puts in the place of /etc/resolv.conf.`,
    about: `\`${a}\` (${mine}), \`${c}\` (${theirs}), the name server \`ns\` (${server}) and \`${b}\` (${target}) have a cable to \`gw\` each: its \`lan\`, \`lan2\`, \`names\` and \`srv\` have the address ${family.first} of each network. \`ns\` answers on UDP port 53; it knows ${name}, which is \`${b}\`. \`${b}\` serves HTTP on port 80.`,
    topology: {
      namespaces: {
        [a]: space(mine, one),
        [c]: space(theirs, two),
        gw: {
          addresses: { lan: gateway(one), lan2: gateway(two), names: gateway(three), srv: gateway(four) },
          forward: true,
        },
        ns: space(server, three),
        [b]: space(target, four),
      },
      cables: [
        `eth0 in ${a} -- lan in gw`,
        `eth0 in ${c} -- lan2 in gw`,
        'names in gw -- eth0 in ns',
        `srv in gw -- eth0 in ${b}`,
      ],
    },
    more: [
      serve(b, record === 'A' ? everywhere : `[${everywhere}]`, 80),
      `mkdir -p /srv/ns; echo "${target} ${name}" >/srv/ns/hosts; cat >/srv/ns/named <<'END'\n${NAMED}END`,
      'chmod +x /srv/ns/named; ip netns exec ns /srv/ns/named ' + everywhere,
      ...[a, c].map(
        (netns) =>
          `mkdir -p /etc/netns/${netns}; echo "nameserver ${server}" >/etc/netns/${netns}/resolv.conf`,
      ),
    ].join('\n'),
    flows: [
      {
        id: 'name',
        from: a,
        check: { dns: name, ...(record === 'A' ? {} : { type: record }), answer: target },
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
        check: { curl: url, ...pageOf(b) },
        trouble: `${a} gets no page from ${url}`,
        path: goes,
      },
      {
        id: 'colleague',
        from: c,
        check: { dns: name, ...(record === 'A' ? {} : { type: record }), answer: target },
        trouble: `${c} cannot look up ${name}`,
        path: asks(c, 'lan2'),
      },
    ],
  };
}
