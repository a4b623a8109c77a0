/** Networks of both families: what is wrong in them is wrong in IPv6 alone, mostly. */
import type { Flow, Network, Stop } from './model.ts';
import { lan, PEOPLE, pageOf, SERVERS, serve } from './parts.ts';
import type { Random } from './random.ts';

/** Of a prefix that a site makes for itself (RFC 4193), here by the seed: `fd3c:1a2b:4c5d`. */
export function site(random: Random): string {
  const group = (least: number, count: number) => (least + random.number(count)).toString(16);
  return `fd${group(0x10, 0xe0)}:${group(0x1000, 0xe000)}:${group(0x1000, 0xe000)}`;
}

/** All addresses of both families. */
const EVERYWHERE = '[::]';

const ping = (from: string, to: string, address: string, path: readonly Stop[]): Flow => ({
  id: 'ping',
  from,
  check: { ping: address },
  trouble: `${from} cannot ping ${to} by IPv6 (${address})`,
  path,
});

const page = (from: string, to: string, address: string, path: readonly Stop[]): Flow => ({
  id: 'page',
  from,
  check: { curl: `http://[${address}]/`, ...pageOf(to) },
  trouble: `${from} gets no page from http://[${address}]/`,
  path,
});

const pageOfFour = (from: string, to: string, address: string, path: readonly Stop[]): Flow => ({
  id: 'four',
  from,
  check: { curl: `http://${address}/`, ...pageOf(to) },
  trouble: `${from} gets no page from http://${address}/`,
  path,
});

/** Three namespaces on a bridge. */
export function sixBridge(random: Random): Network {
  const [a, c] = random.several(PEOPLE, 2) as [string, string];
  const b = random.pick(SERVERS);
  const [four, six] = [lan(random), `${site(random)}:1`];
  const [one, two, three] = [`${six}::11`, `${six}::12`, `${six}::13`];
  const space = (last: number) => ({ addresses: { eth0: [`${four}.${last}/24`, `${six}::${last}/64`] } });
  const across = (from: string, ports: [string, string], address: string) => [
    { netns: from, out: 'eth0' },
    { netns: '', in: ports[0], out: ports[1], bridge: 'br0' },
    { netns: b, in: 'eth0', address },
  ];
  return {
    id: 'six-bridge',
    kind: 'six',
    title: 'Both families on a bridge',
    server: b,
    about: `\`${a}\` (${four}.11, ${one}), \`${b}\` (${four}.12, ${two}) and \`${c}\` (${four}.13, ${three}) hang on the host's bridge \`br0\`, each with an address of both families, by prefixes of /24 and /64. \`${b}\` serves HTTP on port 80 of both families. The ports of the bridge are \`p1\`, \`p2\` and \`p3\`.`,
    topology: {
      host: { bridges: { br0: ['p1', 'p2', 'p3'] }, mac: { br0: '02:00:00:00:00:01' } },
      namespaces: { [a]: space(11), [b]: space(12), [c]: space(13) },
      cables: [`p1 -- eth0 in ${a}`, `p2 -- eth0 in ${b}`, `p3 -- eth0 in ${c}`],
    },
    more: serve(b, EVERYWHERE, 80),
    flows: [
      page(a, b, two, across(a, ['p1', 'p2'], two)),
      ping(a, b, two, across(a, ['p1', 'p2'], two)),
      { ...ping(c, b, two, across(c, ['p3', 'p2'], two)), id: 'colleague' },
      pageOfFour(a, b, `${four}.12`, across(a, ['p1', 'p2'], `${four}.12`)),
    ],
  };
}

/** Two networks of both families and two routers between them. */
export function sixRouters(random: Random): Network {
  const [a, b] = [random.pick(PEOPLE), random.pick(SERVERS)];
  const [left, middle, right] = [10, 20, 30].map(
    (n) => `10.${n + random.number(9)}.${random.number(250)}`,
  ) as [string, string, string];
  const own = site(random);
  const [six1, six2, six3] = [`${own}:1`, `${own}:2`, `${own}:3`];
  const [target, target4] = [`${six3}::20`, `${right}.20`];
  const path = (address: string) => [
    { netns: a, out: 'eth0' },
    { netns: 'r1', in: 'lan', out: 'wan' },
    { netns: 'r2', in: 'wan', out: 'lan' },
    { netns: b, in: 'eth0', address },
  ];
  return {
    id: 'six-routers',
    kind: 'six',
    title: 'Two routers, both families',
    server: b,
    about: `\`${a}\` (${left}.10, ${six1}::10) is behind \`r1\` (\`lan\` ${left}.1 and ${six1}::1, \`wan\` ${middle}.1 and ${six2}::1), \`${b}\` (${target4}, ${target}) behind \`r2\` (\`lan\` ${right}.1 and ${six3}::1, \`wan\` ${middle}.2 and ${six2}::2). Prefixes are /24 and /64, routes are set by hand in both families. \`${b}\` serves HTTP on port 80 of both.`,
    topology: {
      namespaces: {
        [a]: {
          addresses: { eth0: [`${left}.10/24`, `${six1}::10/64`] },
          routes: [`default via ${left}.1`, `default via ${six1}::1`],
        },
        r1: {
          addresses: { lan: [`${left}.1/24`, `${six1}::1/64`], wan: [`${middle}.1/24`, `${six2}::1/64`] },
          routes: [`${right}.0/24 via ${middle}.2`, `${six3}::/64 via ${six2}::2`],
          forward: true,
        },
        r2: {
          addresses: { lan: [`${right}.1/24`, `${six3}::1/64`], wan: [`${middle}.2/24`, `${six2}::2/64`] },
          routes: [`${left}.0/24 via ${middle}.1`, `${six1}::/64 via ${six2}::1`],
          forward: true,
        },
        [b]: {
          addresses: { eth0: [`${target4}/24`, `${target}/64`] },
          routes: [`default via ${right}.1`, `default via ${six3}::1`],
        },
      },
      cables: [`eth0 in ${a} -- lan in r1`, 'wan in r1 -- wan in r2', `lan in r2 -- eth0 in ${b}`],
    },
    more: serve(b, EVERYWHERE, 80),
    flows: [
      page(a, b, target, path(target)),
      ping(a, b, target, path(target)),
      {
        id: 'large',
        from: a,
        check: { ping: target, size: 1400 },
        trouble: `large packets from ${a} to ${b} by IPv6 (${target}) are lost`,
        path: path(target),
      },
      pageOfFour(a, b, target4, path(target4)),
    ],
  };
}

/** Advertises its node as a router, every second, by ICMPv6 type 134 (RFC 4861, 4.2). The kernel makes the checksum. */
const ADVERTISE = `#!/usr/bin/perl
use strict; use Socket qw(:all);
my ($dev) = @ARGV;
open my $file, '<', "/sys/class/net/$dev/ifindex" or die "$dev: $!\\n"; chomp(my $index = <$file>);
socket my $out, AF_INET6, SOCK_RAW, 58 or die "$!\\n";
setsockopt $out, 41, 18, pack 'i', 255 or die "$!\\n";
setsockopt $out, 41, 17, pack 'i', $index or die "$!\\n";
bind $out, pack_sockaddr_in6(0, inet_pton(AF_INET6, 'fe80::1'), $index) or die "fe80::1 on $dev: $!\\n";
exit if fork;
open STDIN, '<', '/dev/null'; open $_, '>', '/dev/null' for *STDOUT, *STDERR;
while (1) { send $out, pack('CCnCCnNN', 134, 0, 0, 64, 0, 30, 0, 0), 0, pack_sockaddr_in6(0, inet_pton(AF_INET6, 'ff02::1'), $index); sleep 1 }
`;

/** A router that says of itself that it is one: who listens has a default route without being given one. */
export function announced(random: Random): Network {
  const [a, c] = random.several(PEOPLE, 2) as [string, string];
  const b = random.pick(SERVERS);
  const own = site(random);
  const [six1, six2, six3] = [`${own}:1`, `${own}:2`, `${own}:3`];
  const target = `${six3}::20`;
  const way = (from: string, device: string) => [
    { netns: from, out: 'eth0' },
    { netns: 'r1', in: device, out: 'srv' },
    { netns: b, in: 'eth0', address: target },
  ];
  return {
    id: 'announced',
    kind: 'six',
    title: 'A router that announces itself',
    server: b,
    about: `\`${a}\` (${six1}::10), \`${c}\` (${six2}::10) and \`${b}\` (${target}) have a cable to \`r1\` each (\`lan\` ${six1}::1, \`lan2\` ${six2}::1, \`srv\` ${six3}::1, all /64). \`${c}\` and \`${b}\` have default routes that were set by hand; \`${a}\` takes its own from the advertisements that \`r1\` sends by \`lan\` every second, from fe80::1 (\`/srv/r1/advertise lan\`). \`${b}\` serves HTTP on port 80.`,
    topology: {
      namespaces: {
        [a]: { addresses: { eth0: `${six1}::10/64` } },
        [c]: { addresses: { eth0: `${six2}::10/64` }, routes: [`default via ${six2}::1`] },
        r1: {
          addresses: { lan: [`${six1}::1/64`, 'fe80::1/64'], lan2: `${six2}::1/64`, srv: `${six3}::1/64` },
          forward: true,
        },
        [b]: { addresses: { eth0: `${target}/64` }, routes: [`default via ${six3}::1`] },
      },
      cables: [`eth0 in ${a} -- lan in r1`, `eth0 in ${c} -- lan2 in r1`, `srv in r1 -- eth0 in ${b}`],
    },
    more: [
      serve(b, EVERYWHERE, 80),
      `mkdir -p /srv/r1; cat >/srv/r1/advertise <<'END'\n${ADVERTISE}END`,
      'chmod +x /srv/r1/advertise; ip netns exec r1 /srv/r1/advertise lan',
      waitForDefault(a),
    ].join('\n'),
    flows: [
      page(a, b, target, way(a, 'lan')),
      ping(a, b, target, way(a, 'lan')),
      { ...ping(c, b, target, way(c, 'lan2')), id: 'colleague' },
      {
        id: 'near',
        from: a,
        check: { ping: `${six1}::1` },
        trouble: `${a} cannot even ping r1 by IPv6 (${six1}::1)`,
        path: [
          { netns: a, out: 'eth0' },
          { netns: 'r1', in: 'lan', address: `${six1}::1` },
        ],
      },
    ],
  };
}

/** Until an advertisement has come. */
export const waitForDefault = (netns: string) =>
  `for try in $(seq 80); do ip -n ${netns} -6 route show default | grep -q . && break; sleep 0.1; done`;
