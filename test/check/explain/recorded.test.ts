import { describe, expect, test } from 'vitest';
import { explainReach } from '../../../src/check/explain/reach.ts';
import { sayInChinese } from '../../../src/page/said/zh-CN.ts';
import { recorded } from './load.ts';
import { scenarios } from './record/scenarios.ts';

/** What an engineer would name first; each network was really made, with this one fault. */
const causes: Readonly<Record<string, RegExp>> = {
  'no namespace': /^There is no network namespace klient on host/,
  'no address': /^client has no address on any interface/,
  'own interface down': /^The interface veth-client in client, .* is down/,
  'peer down': /no carrier: the other end of its cable, veth-server in server, is down/,
  'target prefix too long': /way back: server has no route to 10\.0\.0\.11: the prefix of 10\.0\.0\.12\/32/,
  'own prefix too long': /^client has no route to 10\.0\.0\.12: the prefix of 10\.0\.0\.11\/32/,
  'target has another address': /^Nobody that veth-client.* has the address 10\.0\.0\.12; .*10\.0\.0\.21\/24/,
  'own lo down': /goes by lo, which is down/,
  'blackhole route': /^The route "blackhole 10\.9\.0\.0\/16" of client drops/,
  'input policy drop': /firewall of server drops the packet at input: the policy of the chain INPUT/,
  'output rule drop': /firewall of client drops the packet at output: the rule "-A OUTPUT -d 10\.0\.0\.12/,
  'pings ignored': /^server is told to ignore pings/,
  'nft input drop': /firewall of server drops the packet at input/,
  'too big': /1500 bytes does not fit through veth-client .* MTU is 1400/,
  'wrong source': /^client does not have the address 10\.0\.0\.99/,
  'name without server': /resolv\.conf names no server/,
  'nothing listens': /^Nothing listens on tcp port 80 in server/,
  'listens on loopback only': /listens on tcp port 80 only at 127\.0\.0\.1/,
  'port dropped': /firewall of server drops the packet at input: the rule .*--dport 80 -j DROP/,
  'port rejected': /firewall of server refuses the packet at input/,
  'cable not in bridge': /^server1-veth-br in host, .* is not a port of a bridge/,
  'own cable not in bridge': /^client1-veth-br in host, .* is not a port of a bridge/,
  'bridge down': /the bridge bridge1 in host is down/,
  'bridge port down': /server1-veth-br, a port of bridge1, is down/,
  'target interface down behind bridge': /belongs to server1-veth in server1, and that interface is down/,
  'bridged packets meet FORWARD':
    /drops the packet at forward on the bridge bridge1: the policy of the chain FORWARD/,
  'no default route': /^client1 has no route to 172\.17\.0\.33 and no default route/,
  'gateway nobody has': /^Nobody that client1-veth in client1 reaches has the address 172\.30\.0\.254/,
  'not forwarding': /^host does not forward/,
  'not translated': /^The world outside does not know 172\.30\.0\.11: .*nothing translates it/,
  'forward policy drop': /firewall of host drops the packet at forward: the policy of the chain FORWARD/,
  'masquerade for another network': /^The world outside does not know 172\.30\.0\.11/,
  'uplink gateway silent': /^Nobody that eth0 in host reaches has the address 172\.17\.0\.1/,
  'router does not forward': /^host does not forward/,
  'no way back': /way back: right has no route to 10\.1\.0\.2/,
  'prefix holds no gateway':
    /^left has no route to 10\.2\.0\.2, and none by default: the prefix of 10\.1\.0\.2\/32 on eth0 does not hold 10\.1\.0\.1 \(to-left in host\)/,
  'route gone, another taken':
    /^The interface to-right in host, whose network holds 10\.2\.0\.2, is down, so its route is gone, and "default via 10\.1\.0\.2 dev to-left" is taken/,
  'way back dropped': /firewall of host drops the answer at forward/,
  'one address twice': /^right has the address 10\.1\.0\.2 itself/,
  'reverse path filter': /^host drops what comes from 10\.3\.0\.9 by to-left: rp_filter/,
  'routes in a circle': /goes round in a circle/,
  'destination translated, forward drops': /firewall of host drops the packet at forward/,
  'trace without forwarding': /^host does not forward/,
  'dns server silent': /^The world outside does not know 172\.30\.0\.11/,
  'six does not forward': /^host does not forward: .*net\.ipv6\.conf\.all\.forwarding is 0/,
  'six forward policy drop':
    /^The firewall of host drops the packet at forward: the policy of the chain FORWARD/,
  'six rule of nft': /^The firewall of host drops the packet at forward: the rule ".*fd00:2::\/64 drop"/,
  'six input policy drop':
    /^The firewall of right drops the neighbour solicitation for fd00:2::2 at input, .*: the policy of the chain INPUT/,
  'six no way back': /way back: right has no route to fd00:1::2/,
  'six no default route': /^left has no route to fd00:2::2 and no default route/,
  'six own interface down': /^The interface eth0 in left is down, and its IPv6 addresses and routes are gone/,
  'six target interface down':
    /^(?:Nobody answers for fd00:2::2: eth0 in right is down|The interface to-right in host has no carrier: .*eth0 in right, is down)/,
  'six router interface down': /to-right in host is down/,
  'six gateway nobody has':
    /^Nobody that eth0 in left reaches has the address fd00:1::77; what is there is fd00:1::1\/64 on to-left in host/,
  'six prefix too long':
    /^left has no route to fd00:2::2, and none by default: the prefix of fd00:1::2\/128 on eth0 does not hold fd00:1::1/,
  'six target has another address': /has the address fd00:2::2; what is there is fd00:2::22\/64/,
  'six listens on IPv4 alone': /^right listens on tcp port 80 only at 0\.0\.0\.0, not at fd00:2::2/,
  'six udp dropped': /^The firewall of host drops the packet at forward: the rule ".*5000.*"/,
  'six solicitation dropped':
    /^The firewall of right drops the neighbour solicitation for fd00:2::2 at input, so host does not learn its MAC: the rule "-A INPUT -p ipv6-icmp .*--icmpv6-type 135 -j DROP"/,
  'six advertisement dropped':
    /^The firewall of right drops the neighbour advertisement for fd00:2::2 at output, so host/,
  'six advertisement dropped on the bridge':
    /^The firewall of host drops the neighbour advertisement for fd00::12 at forward on the bridge bridge1, so client1 does not learn its MAC/,
  'six turned off': /^Nobody that to-right in host reaches .*IPv6 is turned off on eth0 in right/,
  'six turned off at the sender': /^IPv6 is turned off on eth0 in left/,
  'six deaf to routers':
    /^left has no route to fd00:2::2 .*takes none from the advertisements of routers, for accept_ra of eth0 is 0/,
  'six policy rule': /^The route "unreachable default.*" of host answers/,
  'six prefix too short':
    /^right takes fd00:1::2 for a neighbour, since the prefix of fd00:2::2\/16 on eth0 holds it/,
  'six address not used':
    /^fd00:2::2 was given to eth0 in right, which does not use it: duplicate address detection has failed/,
  'dns at the wrong server':
    /^client asks the name server 10\.0\.0\.11, which \/etc\/resolv\.conf names, and none is there; there is one in server\. Nothing listens on udp port 53 in client/,
  'dns without a server': /^The name web\.lab cannot be resolved: \/etc\/resolv\.conf names no server/,
  'udp refused': /^Nothing listens on udp port 5000 in server/,
};

describe('a single fault is named first', () => {
  test.each(Object.entries(causes))('%s', (name, cause) => {
    const { judgement, explanation } = recorded(name);
    expect(judgement.state).toBe('fail');
    expect(explanation?.cause).toMatch(cause);
    expect(explanation?.advice).not.toBe('');
    // One fault, and nothing is asked after it.
    expect(explanation?.steps.map((step) => step.state).indexOf('wrong')).toBe(explanation!.steps.length - 1);
  });

  test('advice never is the command itself', () => {
    for (const name of Object.keys(causes))
      expect(recorded(name).explanation?.advice).not.toMatch(
        /\b(ip (link|addr|route|netns)|iptables -|sysctl -|nft add)/,
      );
  });
});

describe('where nothing is wrong, nothing is accused', () => {
  const working = Object.keys(scenarios).filter((name) => causes[name] === undefined);
  test('there are such recordings', () => expect(working.length).toBeGreaterThanOrEqual(8));
  test.each(working)('%s', (name) => {
    const { judgement, scenario, look } = recorded(name);
    expect(judgement.state).toBe('pass');
    const target = String(Object.values(scenario.entry)[0]);
    // an address of IPv6 is no address and port
    const [address, port] = /:.*:/.test(target) ? [target] : target.split(':');
    const found = explainReach(look.observation, {
      ...look,
      target: address!,
      port: port === undefined ? undefined : Number(port),
      protocol: scenario.kind === 'tcp' ? 'tcp' : 'icmp',
    });
    expect(found?.steps.filter((step) => step.state === 'wrong')).toEqual([]);
    expect(found?.cause).toMatch(/^Nothing wrong was found/);
    expect(found!.steps.length).toBeGreaterThan(3);
  });
});

describe('an expected failure that did not come', () => {
  test('says that the way is open', () => {
    const { kind, look } = recorded('internet works');
    const spec = kind.schema.parse({ ping: '8.8.8.8', fails: 'no-reply' });
    // The recorded ping, as one that waits for silence: it may end sooner.
    const probes = Object.fromEntries(
      Object.entries(look.observation.probes).map(([key, result]) => [
        key.replace('"-W","1"', '"-W","0.5"'),
        result,
      ]),
    );
    const again = { ...look, observation: { ...look.observation, probes } };
    expect(kind.judge(spec, again).state).toBe('fail');
    expect(kind.explain?.(spec, again)?.cause).toMatch(/^8\.8\.8\.8 answers, and nothing on the way stops/);
  });
});

describe('an expected failure that is another one', () => {
  const explained = (name: string, fails: string) => {
    const { kind, scenario, look } = recorded(name);
    const spec = kind.schema.parse({ ...scenario.entry, fails });
    expect(kind.judge(spec, look).state).toBe('fail');
    return kind.explain?.(spec, look);
  };
  test('a rule that drops where one that refuses is wanted: it is not to let the packet pass', () => {
    const found = explained('port dropped', 'refused');
    expect(found?.cause).toMatch(/drops the packet at input/);
    expect(found?.advice).toMatch(/^A refusal is expected/);
    expect(sayInChinese(found!.advice)).toMatch(/^这里期望的是被拒绝/);
  });
  test('a refusal where silence is wanted', () => {
    const found = explained('port rejected', 'timeout');
    expect(found?.cause).toMatch(/refuses the packet at input/);
    expect(found?.advice).toMatch(/^Silence is expected/);
  });
  test('one that nothing special is known of', () => {
    expect(explained('nothing listens', 'dns')?.advice).toMatch(/^It is expected to fail, but with dns/);
  });
  test('where nothing is wanted to fail the mend is that of the fault', () => {
    expect(recorded('port dropped').explanation?.advice).toMatch(/accept this packet/);
  });
});

test('a host that was not looked at is not accused', () => {
  const { kind, spec, look } = recorded('peer down');
  expect(kind.explain?.(spec, { ...look, observation: { ...look.observation, hosts: {} } })).toBeUndefined();
});
