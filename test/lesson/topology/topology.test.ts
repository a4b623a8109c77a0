import { expect, test } from 'vitest';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { parseLesson } from '../../../src/lesson/parse.ts';

function parsed(...body: string[]) {
  const text = [
    '---',
    'title: A network',
    '---',
    '```yaml {.topology}',
    ...body,
    '```',
    '## Look',
    '```sh {.run}',
    'ip addr',
    '```',
    '```yaml {.expect}',
    '- netns: client1',
    '```',
    '',
  ];
  return parseLesson('net/lesson.md', text.join('\n'), vocabulary);
}

function scriptOf(...body: string[]): string {
  const result = parsed(...body);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.lesson.setups[0]!.text;
}

const faultsOf = (...body: string[]) => {
  const result = parsed(...body);
  return result.ok
    ? []
    : result.diagnostics.map(({ message, place, instead }) => ({
        message,
        line: place.line,
        column: place.column,
        instead,
      }));
};

const BRIDGE = [
  'host:',
  '  bridges: {br0: [veth1, veth2]}',
  '  addresses: {br0: 172.30.0.1/24}',
  '  forward: true',
  'namespaces:',
  '  client1: {addresses: {eth0: 172.30.0.11/24}, routes: [default via 172.30.0.1], mtu: {eth0: 1400}}',
  '  client2: {addresses: {eth0: [172.30.0.12/24, fd00::12/64]}, down: [eth0]}',
  'cables:',
  '  - veth1 -- eth0 in client1',
  '  - veth2 -- eth0 in client2',
];

test('a network becomes one batch for what is made, and one a namespace', () => {
  expect(scriptOf(...BRIDGE)).toBe(`(
set -e
ip -batch - <<'END'
netns add client1
netns add client2
link add index 100 name veth1 type veth peer index 101 name eth0 netns client1
link add index 102 name veth2 type veth peer index 103 name eth0 netns client2
link add name br0 type bridge
link set dev veth1 master br0
link set dev veth2 master br0
addr add 172.30.0.1/24 dev br0
link set dev br0 up
link set dev veth1 up
link set dev veth2 up
END
ip -n client1 -batch - <<'END'
link set dev eth0 mtu 1400
addr add 172.30.0.11/24 dev eth0
link set dev lo up
link set dev eth0 up
route add default via 172.30.0.1
END
ip -n client2 -batch - <<'END'
addr add 172.30.0.12/24 dev eth0
addr add fd00::12/64 dev eth0 nodad
link set dev lo up
END
echo 1 >/proc/sys/net/ipv4/ip_forward
)`);
});

test('a namespace may be empty, and a cable may join two of them', () => {
  expect(scriptOf('namespaces: {a: , b: }', 'cables: [eth0 in a -- eth0 in b]')).toContain(
    'link add index 100 name eth0 netns a type veth peer index 101 name eth0 netns b',
  );
});

test.each([
  [
    'an interface that nothing makes',
    ['host:', '  addresses: {br9: 10.0.0.1/24}'],
    /the host has no interface `br9`/,
    6,
  ],
  [
    'a namespace that is not there',
    ['namespaces: {client1: }', 'cables:', '  - veth1 -- eth0 in client2'],
    /no namespace `client2`/,
    7,
  ],
  [
    'two of one name',
    ['namespaces: {a: }', 'cables:', '  - v1 -- eth0 in a', '  - v2 -- eth0 in a'],
    /has an interface `eth0` already/,
    8,
  ],
  [
    'the host’s own eth0',
    ['namespaces: {a: }', 'cables:', '  - eth0 -- eth0 in a'],
    /the host has an interface `eth0` already/,
    7,
  ],
  [
    'a next hop out of reach',
    [
      'namespaces:',
      '  a: {addresses: {eth0: 10.0.0.2/24}, routes: [default via 10.0.1.1]}',
      'cables: [v -- eth0 in a]',
    ],
    /does not reach the next hop/,
    6,
  ],
  [
    'an address without prefix',
    ['namespaces:', '  a: {addresses: {eth0: 10.0.0.2}}', 'cables: [v -- eth0 in a]'],
    /An address with its prefix/,
    6,
  ],
  [
    'a port of two bridges',
    ['host: {bridges: {b1: [v], b2: [v]}}', 'namespaces: {a: }', 'cables: [v -- eth0 in a]'],
    /is a port of `b1` already/,
    5,
  ],
  ['an unknown field', ['namespaces:', '  a: {adresses: {eth0: 10.0.0.2/24}}'], /adresses/, 6],
  [
    'a name too long',
    ['namespaces: {a: }', 'cables: [an-interface-name -- eth0 in a]'],
    /A cable has two ends/,
    6,
  ],
  ['a command', ['namespaces:', '  a: {routes: ["default; reboot"]}'], /A route is written/, 6],
  ['a list', ['- a'], /is a map/, 4],
])('%s is told with its place', (_, body, message, line) => {
  expect(faultsOf(...body)).toMatchObject([{ message: expect.stringMatching(message), line }]);
});

const WIDE = [
  'hosts:',
  '  host: {namespaces: {client1: {addresses: {eth0: 10.0.0.1/24}}}}',
  '  node01: {namespaces: {server: {addresses: {eth0: 10.0.0.2/24}}}}',
  'cables:',
  '  - eth0 in client1 on host -- eth0 in server on node01',
];
const wide = (...body: string[]) => {
  const text = `---\ntitle: Two\nhosts: [host, node01]\n---\n\`\`\`yaml {.topology}\n${body.join('\n')}\n\`\`\`\n## Look\n\`\`\`sh {.run}\ntrue\n\`\`\`\n\`\`\`yaml {.expect}\n- netns: client1\n\`\`\`\n`;
  const result = parseLesson('net/lesson.md', text, vocabulary);
  return result.ok
    ? { setups: result.lesson.setups, faults: [] }
    : {
        setups: [],
        faults: result.diagnostics.map(({ message, place, instead }) =>
          `${place.line}:${place.column} ${message} ${instead ?? ''}`.trim(),
        ),
      };
};

test('a network over several hosts: a setup each, and the two ends of a cable agree on its number', () => {
  const { setups, faults } = wide(...WIDE);
  expect(faults).toEqual([]);
  expect(setups.map(({ host }) => host)).toEqual(['host', 'node01']);
  const [near, far] = setups.map(({ text }) =>
    /^ip link add index \d+ name eth0 netns (\S+) mtu 1500 type vxlan id (\d+) dstport 4789 remote "\$\(getent ahostsv4 (\S+) /m
      .exec(text)!
      .slice(1),
  );
  expect([near![0], near![2]]).toEqual(['client1', 'node01']);
  expect([far![0], far![2]]).toEqual(['server', 'host']);
  expect(near![1]).toBe(far![1]);
  expect(setups[0]!.text).toMatch(
    /ip -n client1 -batch - <<'END'\naddr add 10\.0\.0\.1\/24 dev eth0\nlink set dev lo up\nlink set dev eth0 up\n/,
  );
});

test.each([
  [
    'a host that the block has not',
    WIDE.with(4, '  - eth0 in client1 on host -- eth0 in server on node02'),
    '10:5 There is no host `node02` here. did you mean `node01`?',
  ],
  [
    'a host that the lesson has not',
    WIDE.map((line) => line.replaceAll('node01', 'node02')),
    '8:3 The lesson has no host `node02`. did you mean `node01`?',
  ],
  [
    'both ends on one host',
    WIDE.with(4, '  - eth0 in client1 on host -- eth1 in client1 on host'),
    '10:5 Both ends are on `host`. write it among the cables of `host`, without `on`',
  ],
  [
    'no `on`',
    WIDE.with(4, '  - eth0 in client1 -- eth0 in server on node01'),
    '10:5 A cable between hosts says where both ends are',
  ],
  [
    'a namespace that is not there',
    WIDE.with(4, '  - eth0 in client2 on host -- eth0 in server on node01'),
    '10:5 There is no namespace `client2` here. did you mean `client1`?',
  ],
  ['an unknown field', [...WIDE, 'host: {}'], '11:1 '],
])('%s is told with its place', (_, body, told) => {
  const { faults } = wide(...body);
  expect(faults.join('\n')).toContain(told);
});
