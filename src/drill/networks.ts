/** Networks that work, with names and numbers that come of a seed. They are those of the course, and a little more. */
import type { Network } from './model.ts';
import { names, namesSix } from './names.ts';
import { lan, PEOPLE, pageOf, SERVERS, serve } from './parts.ts';
import type { Random } from './random.ts';
import { announced, sixBridge, sixRouters } from './six.ts';

/** Two namespaces and a cable. */
function cable(random: Random): Network {
  const [a, b] = [random.pick(PEOPLE), random.pick(SERVERS)];
  const net = lan(random);
  const [mine, theirs] = [`${net}.11`, `${net}.12`];
  return {
    id: 'cable',
    title: 'Two namespaces and a cable',
    server: b,
    about: `\`${a}\` (${mine}) and \`${b}\` (${theirs}) are joined by one cable: \`eth0\` at both ends. \`${b}\` serves HTTP on port 80.`,
    topology: {
      namespaces: {
        [a]: { addresses: { eth0: `${mine}/24` } },
        [b]: { addresses: { eth0: `${theirs}/24` } },
      },
      cables: [`eth0 in ${a} -- eth0 in ${b}`],
    },
    more: serve(b, '0.0.0.0', 80),
    flows: [
      {
        id: 'ping',
        from: a,
        check: { ping: theirs },
        trouble: `${a} cannot even ping ${b} (${theirs})`,
        path: [
          { netns: a, out: 'eth0' },
          { netns: b, in: 'eth0', address: theirs },
        ],
      },
      {
        id: 'page',
        from: a,
        check: { curl: `http://${theirs}/`, ...pageOf(b) },
        trouble: `${a} gets no page from http://${theirs}/`,
        path: [
          { netns: a, out: 'eth0' },
          { netns: b, in: 'eth0', address: theirs },
        ],
      },
    ],
  };
}

/** A bridge with three namespaces, the host as their router, NAT to the internet. */
function bridge(random: Random): Network {
  const [a, c] = random.several(PEOPLE, 2) as [string, string];
  const b = random.pick(SERVERS);
  const net = lan(random);
  const [gateway, one, two, three] = [1, 11, 12, 13].map((n) => `${net}.${n}`) as [
    string,
    string,
    string,
    string,
  ];
  const space = (address: string) => ({
    addresses: { eth0: `${address}/24` },
    routes: [`default via ${gateway}`],
  });
  const onBridge = (from: string, to: string, ports: [string, string], address: string) => [
    { netns: from, out: 'eth0' },
    { netns: '', in: ports[0], out: ports[1], bridge: 'br0' },
    { netns: to, in: 'eth0', address },
  ];
  return {
    id: 'bridge',
    title: 'A bridge, and the way out',
    server: b,
    about: `\`${a}\` (${one}), \`${b}\` (${two}) and \`${c}\` (${three}) hang on the host's bridge \`br0\` (${gateway}), which is their way out: the host translates what leaves by its \`eth0\`. \`${b}\` serves HTTP on port 80. The ports of the bridge are \`p1\`, \`p2\` and \`p3\`.`,
    topology: {
      host: {
        bridges: { br0: ['p1', 'p2', 'p3'] },
        addresses: { br0: `${gateway}/24` },
        // of its own: else it is that of a port, and changes with the ports
        mac: { br0: '02:00:00:00:00:01' },
        forward: true,
      },
      namespaces: { [a]: space(one), [b]: space(two), [c]: space(three) },
      cables: [`p1 -- eth0 in ${a}`, `p2 -- eth0 in ${b}`, `p3 -- eth0 in ${c}`],
    },
    more: `iptables -t nat -A POSTROUTING -s ${net}.0/24 -o eth0 -j MASQUERADE\n${serve(b, '0.0.0.0', 80)}`,
    flows: [
      {
        id: 'page',
        from: a,
        check: { curl: `http://${two}/`, ...pageOf(b) },
        trouble: `${a} gets no page from http://${two}/`,
        path: onBridge(a, b, ['p1', 'p2'], two),
      },
      {
        id: 'neighbour',
        from: a,
        check: { ping: two },
        trouble: `${a} cannot ping ${b} (${two})`,
        path: onBridge(a, b, ['p1', 'p2'], two),
      },
      {
        id: 'internet',
        from: a,
        check: { ping: '8.8.8.8' },
        trouble: `${a} has no internet: 8.8.8.8 does not answer`,
        path: [
          { netns: a, out: 'eth0' },
          { netns: '', in: 'br0', out: 'eth0' },
          { netns: '-', address: '8.8.8.8' },
        ],
      },
      {
        id: 'colleague',
        from: c,
        check: { ping: two },
        trouble: `${c} cannot ping ${b} (${two})`,
        path: onBridge(c, b, ['p3', 'p2'], two),
      },
      {
        id: 'away',
        from: c,
        check: { ping: '8.8.8.8' },
        trouble: `${c} does not get out to the internet, not even to 8.8.8.8`,
        path: [
          { netns: c, out: 'eth0' },
          { netns: '', in: 'br0', out: 'eth0' },
          { netns: '-', address: '8.8.8.8' },
        ],
      },
    ],
  };
}

/** Two networks and two routers between them. */
function routers(random: Random): Network {
  const [a, b] = [random.pick(PEOPLE), random.pick(SERVERS)];
  const [left, middle, right] = [10, 20, 30].map(
    (n) => `10.${n + random.number(9)}.${random.number(250)}`,
  ) as [string, string, string];
  const target = `${right}.20`;
  const path = [
    { netns: a, out: 'eth0' },
    { netns: 'r1', in: 'lan', out: 'wan' },
    { netns: 'r2', in: 'wan', out: 'lan' },
    { netns: b, in: 'eth0', address: target },
  ];
  return {
    id: 'routers',
    title: 'Two routers',
    server: b,
    about: `\`${a}\` (${left}.10) is behind \`r1\` (${left}.1, ${middle}.1), \`${b}\` (${target}) behind \`r2\` (${right}.1, ${middle}.2); \`wan\` joins the two routers, \`lan\` is the side of the others. Routes are set by hand. \`${b}\` serves HTTP on port 80.`,
    topology: {
      namespaces: {
        [a]: { addresses: { eth0: `${left}.10/24` }, routes: [`default via ${left}.1`] },
        r1: {
          addresses: { lan: `${left}.1/24`, wan: `${middle}.1/24` },
          routes: [`${right}.0/24 via ${middle}.2`],
          forward: true,
        },
        r2: {
          addresses: { lan: `${right}.1/24`, wan: `${middle}.2/24` },
          routes: [`${left}.0/24 via ${middle}.1`],
          forward: true,
        },
        [b]: { addresses: { eth0: `${target}/24` }, routes: [`default via ${right}.1`] },
      },
      cables: [`eth0 in ${a} -- lan in r1`, 'wan in r1 -- wan in r2', `lan in r2 -- eth0 in ${b}`],
    },
    more: serve(b, '0.0.0.0', 80),
    flows: [
      { id: 'ping', from: a, check: { ping: target }, trouble: `${a} cannot ping ${b} (${target})`, path },
      {
        id: 'large',
        from: a,
        check: { ping: target, size: 1400 },
        trouble: `large packets from ${a} to ${b} (${target}) are lost`,
        path,
      },
      {
        id: 'page',
        from: a,
        check: { curl: `http://${target}/`, ...pageOf(b) },
        trouble: `${a} gets no page from http://${target}/`,
        path,
      },
    ],
  };
}

/** A server behind an address that is not its own: DNAT on the host. */
function published(random: Random): Network {
  const [a, b] = [random.pick(PEOPLE), random.pick(SERVERS)];
  const [outside, inside] = [
    `10.${210 + random.number(20)}.${random.number(250)}`,
    `10.${1 + random.number(200)}.${random.number(250)}`,
  ];
  const [server, gateway] = [`${inside}.20`, `${outside}.1`];
  const port = 8000 + random.number(900);
  const way = [
    { netns: a, out: 'eth0' },
    { netns: '', in: 'out0', out: 'in0' },
    { netns: b, in: 'eth0', address: server },
  ];
  return {
    id: 'published',
    title: 'A published server',
    server: b,
    about: `\`${b}\` (${server}) serves HTTP on port 80 behind the host. The host (\`out0\` ${gateway}, \`in0\` ${inside}.1) publishes it: who asks for ${gateway}, port ${port}, gets to ${b}, port 80. \`${a}\` (${outside}.10) is outside.`,
    topology: {
      host: { addresses: { out0: `${gateway}/24`, in0: `${inside}.1/24` }, forward: true },
      namespaces: {
        [a]: { addresses: { eth0: `${outside}.10/24` }, routes: [`default via ${gateway}`] },
        [b]: { addresses: { eth0: `${server}/24` }, routes: [`default via ${inside}.1`] },
      },
      cables: [`out0 -- eth0 in ${a}`, `in0 -- eth0 in ${b}`],
    },
    more: `iptables -t nat -A PREROUTING -i out0 -d ${gateway} -p tcp --dport ${port} -j DNAT --to-destination ${server}:80\n${serve(b, '0.0.0.0', 80)}`,
    flows: [
      {
        id: 'published',
        from: a,
        check: { curl: `http://${gateway}:${port}/`, ...pageOf(b) },
        trouble: `${a} gets no page from http://${gateway}:${port}/`,
        path: way,
      },
      {
        id: 'direct',
        from: a,
        check: { ping: server },
        trouble: `${a} cannot ping ${b} (${server})`,
        path: way,
      },
    ],
  };
}

/** A server published to all, those on its own network included: DNAT and, for them, masquerade (hairpin). */
function inside(random: Random): Network {
  const [a, c] = random.several(PEOPLE, 2) as [string, string];
  const b = random.pick(SERVERS);
  const net = lan(random);
  const outside = `10.${210 + random.number(20)}.${random.number(250)}`;
  const [gateway, client, server] = [`${net}.1`, `${net}.11`, `${net}.12`];
  const port = 8000 + random.number(900);
  const published = `http://${gateway}:${port}/`;
  const space = (address: string, via: string) => ({
    addresses: { eth0: `${address}/24` },
    routes: [`default via ${via}`],
  });
  const hairpin = (netns: string, from: string) => [
    { netns, out: 'eth0' },
    { netns: '', in: from, out: 'p2', bridge: 'br0' },
    { netns: '', in: 'br0', out: 'br0' },
    { netns: b, in: 'eth0', address: server },
  ];
  const across = [
    { netns: c, out: 'eth0' },
    { netns: '', in: 'out0', out: 'br0' },
    { netns: '', in: 'p2', out: 'p2', bridge: 'br0' },
    { netns: b, in: 'eth0', address: server },
  ];
  return {
    id: 'inside',
    title: 'A published address, from inside',
    server: b,
    about: `\`${a}\` (${client}) and \`${b}\` (${server}) hang on the host's bridge \`br0\` (${gateway}); \`${c}\` (${outside}.10) is outside, behind \`out0\`. Everybody, \`${b}\` itself too, asks for ${published}, which the host passes on to port 80 of \`${b}\`.`,
    topology: {
      host: {
        bridges: { br0: ['p1', 'p2'] },
        addresses: { br0: `${gateway}/24`, out0: `${outside}.1/24` },
        mac: { br0: '02:00:00:00:00:01' },
        forward: true,
      },
      namespaces: {
        [a]: space(client, gateway),
        [b]: space(server, gateway),
        [c]: space(`${outside}.10`, `${outside}.1`),
      },
      cables: [`p1 -- eth0 in ${a}`, `p2 -- eth0 in ${b}`, `out0 -- eth0 in ${c}`],
    },
    more: [
      `iptables -t nat -A PREROUTING -d ${gateway} -p tcp --dport ${port} -j DNAT --to-destination ${server}:80`,
      `iptables -t nat -A POSTROUTING -s ${net}.0/24 -d ${server} -p tcp --dport 80 -j MASQUERADE`,
      // where br_netfilter is, the bridge would translate too, and hide what this network is about
      '[ ! -e /proc/sys/net/bridge ] || sysctl -qw net.bridge.bridge-nf-call-iptables=0',
      serve(b, '0.0.0.0', 80),
    ].join('\n'),
    flows: [
      {
        id: 'shop',
        from: a,
        check: { curl: published, ...pageOf(b) },
        trouble: `${a} gets no page from ${published}`,
        path: hairpin(a, 'p1'),
      },
      {
        id: 'own',
        from: b,
        check: { curl: published, ...pageOf(b) },
        trouble: `${b} gets no page of its own from ${published}`,
        path: hairpin(b, 'p2'),
      },
      {
        id: 'outside',
        from: c,
        check: { curl: published, ...pageOf(b) },
        trouble: `${c} gets no page from ${published}`,
        path: across,
      },
      {
        id: 'near',
        from: a,
        check: { ping: server },
        trouble: `${a} cannot ping ${b} (${server})`,
        path: hairpin(a, 'p1').filter(({ in: device }) => device !== 'br0'),
      },
    ],
  };
}

export const NETWORKS: Readonly<Record<string, (random: Random) => Network>> = {
  cable,
  bridge,
  routers,
  published,
  inside,
  'six-bridge': sixBridge,
  'six-routers': sixRouters,
  announced,
  names,
  'names-six': namesSix,
};
