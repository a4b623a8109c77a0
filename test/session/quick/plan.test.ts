import { describe, expect, test } from 'vitest';
import { effectOfLine } from '../../../src/session/quick/effects.ts';
import { quickPlan } from '../../../src/session/quick/plan.ts';
import { cell } from '../fake-lesson.ts';

describe('a line that only looks', () => {
  test.each([
    'ip link',
    'ip -n client addr show veth-client',
    'ip netns exec client ip link',
    'ip -br -4 addr; ip route get 10.0.0.1',
    'ip netns list | grep -c client # how many',
    'ip neigh | sort -k1,1 | uniq -c',
    'ethtool -k eth0 | grep tcp; ss -tln; printf %s done; xxd -l 64 packet',
    'bridge fdb show br bridge1 | grep -v -e permanent -e self',
    'iptables -nvL FORWARD',
    'iptables -t nat -S 2>/dev/null || true',
    'nft list ruleset',
    'sysctl net.ipv4.ip_forward',
    'conntrack -L -p icmp',
    'cat /etc/resolv.conf > /dev/null 2>&1',
    'timeout 4 tcpdump -lni eth0 icmp 2>/dev/null &',
    'docker ps -a && docker inspect web',
    'echo "it is $HOST_IP"',
    '# nothing at all',
    '',
  ])('%s', (line) => expect(effectOfLine(line)).toBe('looks'));
});

describe('a line that only talks', () => {
  test.each([
    'ip netns exec client ping -c 3 10.0.0.12',
    'curl -s http://example.com/ -o /dev/null',
    'curl -sSo /dev/null -w "%{http_code}" http://10.0.0.12/',
    'ping -c 1 $HOST_IP && ip route',
    'ip netns exec client1 traceroute -n -w 1 8.8.8.8',
  ])('%s', (line) => expect(effectOfLine(line)).toBe('talks'));
});

describe('a line that may do anything', () => {
  test.each([
    'ip link add a type veth peer name b',
    'ip link set a up',
    'printf -v WHERE %s /tmp',
    'uniq list shorter',
    'xxd -r dump packet',
    'xxd packet dump',
    'tree -o list /srv',
    'sort -uo list list',
    'ss -K dst 10.0.0.12',
    'ethtool -s eth0 speed 100',
    'curl -so page http://10.0.0.12/',
    'curl -sopage http://10.0.0.12/',
    'ip netns exec client sysctl -w net.ipv4.ip_forward=1',
    'ip -n client neigh flush dev a',
    'ip -batch file',
    'ip netns exec client bash',
    'iptables -P FORWARD DROP',
    'iptables -L -Z',
    'iptables -A INPUT -j LOG -L',
    'sysctl net.ipv4.ip_forward=1',
    'HOST_IP=172.17.0.33',
    'MAC=$(ip -n client neigh show | cut -d" " -f5)',
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'cat <<EOF > file',
    'echo `ip link del a`',
    'echo "$(ip link del a)"',
    'cat <(ip link del a)',
    'ls; ip link del a',
    'ls && ip link del a',
    'ls | xargs ip link del',
    'ls & rm file',
    'for i in 1 2; do ip link; done',
    'if true; then ip link; fi',
    '{ ip link; }',
    '(ip link)',
    '! ip link',
    '$command',
    'unknown-program',
    'curl -o page http://example.com/',
    'curl -X POST http://example.com/',
    'tcpdump -w file',
    'docker run -d nginx',
    'docker logs -f web',
    'sleep 60 &',
    'hostname other',
    'date -s now',
    'find / -delete',
    'awk \'{ system("rm x") }\' file',
    'sed -i s/a/b/ file',
    'sort -o file file',
    'cd /tmp',
    'export A=1',
    'ip link \\',
    "echo 'open",
  ])('%s', (line) => expect(effectOfLine(line)).toBe('acts'));
});

describe('cells that are done again', () => {
  const planned = (...texts: string[]) =>
    quickPlan(texts.map((text, at) => ({ cell: cell(`c${at}`, text), text, by: 'replay' })));
  const shorts = (...texts: string[]) => planned(...texts).map(({ short }) => short);

  test('are not run when they only look, nor what they look at after their last deed', () => {
    expect(
      shorts('ip link', 'ip link add a type dummy\nip link show a\nsleep 1', 'ip link set a up'),
    ).toEqual(['', 'ip link add a type dummy', undefined]);
    expect(planned('ip link add a type dummy\nip link show a')[0]!.rest).toBe('ip link show a');
  });

  test('send one packet, where something later reads what it has taught', () => {
    const reads = 'MAC=$(ip -n client neigh show 10.0.0.12)';
    const ping = 'ip netns exec client ping -c 3 10.0.0.12';
    expect(shorts(ping, 'ip link del a')[0]).toBe('');
    expect(shorts(ping, reads)[0]).toBe('ip netns exec client ping -c 1 10.0.0.12');
    expect(shorts('ping -6c3 fd00::2', reads)[0]).toBe('ping -6c1 fd00::2');
    expect(shorts(reads, ping)[1]).toBe('');
    expect(planned(`ip link set a up\n${ping}`, reads)[0]).toMatchObject({
      said: 'ip link set a up\nip netns exec client ping -c 1 10.0.0.12',
    });
    // It reads, but it is not run itself.
    expect(shorts(ping, 'ip -n client neigh')[0]).toBe('');
  });

  test('leave behind what the learner reads next', () => {
    const ping = 'ip netns exec client ping -c 3 10.0.0.12';
    const plan = [{ cell: cell('c', ping), text: ping, by: 'replay' as const }];
    const next = (solution: string) => [cell('task', '# yours', { role: 'task', solution })];
    expect(quickPlan(plan, next('ip link'))[0]!.short).toBe('');
    expect(quickPlan(plan, next('iptables -nvL FORWARD'))[0]!.short).toContain('ping -c 1');
    expect(quickPlan(plan, next('ip -n client neigh'))[0]!.short).toContain('ping -c 1');
    // Who sends packets before reading needs no others.
    expect(quickPlan(plan, next(`${ping}\nip -n client neigh`))[0]!.short).toBe('');
  });

  test('are run as they are when nothing is known of their parts, or they go on behind', () => {
    const loop = 'for i in 1 2; do\nip link add a$i type dummy\ndone\nip link';
    expect(shorts(loop)).toEqual([undefined]);
    expect(shorts('ip link add a \\\n type dummy\nip link')).toEqual([undefined]);
    const [behind] = quickPlan([
      { cell: cell('b', 'ip link', { background: true }), text: 'ip link', by: 'replay' },
    ]);
    expect(behind!.short).toBeUndefined();
  });
});
