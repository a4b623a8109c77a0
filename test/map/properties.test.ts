/** Whatever is observed, and whatever things are called: a map is drawn, and nothing but a map. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffNetworks } from '../../src/map/diff.ts';
import { layoutMap } from '../../src/map/layout/map.ts';
import { mermaidOf } from '../../src/map/mermaid.ts';
import { networkOf } from '../../src/map/network.ts';
import { svgOf } from '../../src/map/svg.ts';
import { lineText, lineWidth } from '../../src/map/text.ts';
import { networkNamed } from './fixture.ts';
import { isXml } from './xml.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '\x1b[2J\x1b]0;owned\x07',
    '"]; click a "javascript:alert(1)"',
    '<script>alert(1)</script>',
    ']]></text><script>',
    '&#x3c;b&gt;',
    '%% end\nsubgraph x',
    'a\u202eb\u2066c',
    '\u200b\ufe0f',
    '网络接口',
    '👩‍👩‍👧‍👦',
    '__proto__',
    'constructor',
    '```',
    '\ud800',
    '\ufffe\uffff',
  ),
);

const state = fc.constantFrom(['UP', 'LOWER_UP'], ['UP'], []);
const link = fc.record({
  ifindex: fc.nat(8),
  ifname: anyText,
  flags: state,
  link_index: fc.option(fc.nat(8), { nil: undefined }),
  link_netnsid: fc.option(fc.nat(3), { nil: undefined }),
  master: fc.option(anyText, { nil: undefined }),
  linkinfo: fc.record({ info_kind: fc.constantFrom('veth', 'bridge', 'dummy') }),
  addr_info: fc.array(fc.record({ family: fc.constant('inet'), local: anyText, prefixlen: fc.nat(32) }), {
    maxLength: 2,
  }),
});
const route = fc.record({ dst: fc.constantFrom('default', '10.0.0.0/24'), gateway: anyText, dev: anyText });

const netns = fc.record({
  name: fc.oneof(fc.constant(''), anyText),
  inode: fc.constantFrom('1', '2', '3', ''),
  ids: fc.constantFrom(undefined, { '1': 1, '2': 2, '3': 3 }),
  ip: fc
    .tuple(fc.array(link, { maxLength: 5 }), fc.array(route, { maxLength: 2 }))
    .map(([links, routes]) => ({
      exit: 0,
      stderr: '',
      stdout: [links, routes, [], [], []].map((each) => JSON.stringify(each)).join('\n'),
    })),
  nft: fc.constant({ exit: 1, stdout: '', stderr: '' }),
  iptables: anyText.map((to) => ({
    exit: 0,
    stderr: '',
    stdout: `*nat\n:POSTROUTING ACCEPT [0:0]\n[0:0] -A POSTROUTING -o ${JSON.stringify(to)} -j MASQUERADE\nCOMMIT\n`,
  })),
});

const observation = fc.record({
  at: fc.constant(''),
  probes: fc.constant({}),
  hosts: fc.dictionary(
    anyText,
    fc.record({
      namespaces: fc.array(netns, { maxLength: 5 }),
      processes: fc.array(fc.record({ pid: fc.nat(), netns: fc.constantFrom('1', '9'), command: anyText }), {
        maxLength: 2,
      }),
      sysctls: fc.constantFrom({}, { '|net.ipv4.ip_forward': '1' }),
      failure: fc.option(anyText, { nil: undefined }),
    }),
    { maxKeys: 3 },
  ),
});

const known = networkNamed('three-hosts');

function holds(seen: unknown, width: number): void {
  const network = networkOf(seen as never);
  const changed = diffNetworks(known, network);
  const lines = layoutMap(network, {
    width,
    routes: true,
    changed,
    goal: [{ title: 'x\x1b[1m', state: 'fail' }],
  });
  for (const line of lines) {
    expect(lineWidth(line)).toBeLessThanOrEqual(width);
    // No control character, and nothing that turns the direction of writing.
    expect(lineText(line)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  }
  expect(
    layoutMap(network, { width, routes: true, changed, goal: [{ title: 'x\x1b[1m', state: 'fail' }] }),
  ).toEqual(lines);
  expect(isXml(svgOf(lines))).toBe(true);
  for (const row of mermaidOf(network).trimEnd().split('\n')) expect(row).toMatch(MERMAID_ROW);
  expect(JSON.parse(JSON.stringify(network))).toEqual(JSON.parse(JSON.stringify(networkOf(seen as never))));
}

/** Every row that we write; a label holds no quote, no bracket, no angle but ours, no entity but by number. */
const LABEL = String.raw`"(?:[\p{L}\p{N} ./:,_()-]|#\d+;|<br\/>)*"`;
const ID = '(?:host|ns|if|nat|none|end)\\d+';
const MERMAID_ROW = new RegExp(
  String.raw`^(?:flowchart LR| *subgraph ${ID}\[${LABEL}\]| *end| *${ID}(?:\[\[${LABEL}\]\]|\[${LABEL}\]|\{\{${LABEL}\}\})| *${ID} (?:---|-\.-|===) (?:${ID}|underlay\(\("underlay"\)\)|${ID}\(\[${LABEL}\]\)))$`,
  'u',
);

test('any network, with any names', () => {
  fc.assert(fc.property(observation, fc.integer({ min: 1, max: 130 }), holds), { numRuns: 120 });
}, 60_000);

test('any JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.integer({ min: 1, max: 130 }), (json, width) => holds(JSON.parse(json), width)),
    {
      numRuns: 120,
    },
  );
});

test('any JSON where a host should be, and where a namespace should be', () => {
  const inside = fc.oneof(
    fc.jsonValue().map((value) => ({ hosts: { host: value } })),
    fc.jsonValue().map((value) => ({
      hosts: { host: { namespaces: [value, { name: '', ip: value }], processes: value, sysctls: value } },
    })),
    fc.jsonValue().map((value) => ({
      hosts: {
        host: {
          namespaces: [
            { name: '', inode: '1', ip: { exit: 0, stdout: JSON.stringify([value]), stderr: '' } },
          ],
        },
      },
    })),
  );
  fc.assert(
    fc.property(inside, (value) => holds(value, 60)),
    { numRuns: 120 },
  );
});
