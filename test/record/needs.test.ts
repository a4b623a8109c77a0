import { expect, test } from 'vitest';
import { settingsIn, variablesIn } from '../../src/record/needs.ts';

test.each([
  ['A=1', ['A']],
  ['export A=1; B="$A"\n  C=$(ip -j addr)', ['A', 'B', 'C']],
  ['declare -x A=1 && readonly B=2', ['A', 'B']],
  ['read -r LINE; printf -v OUT %s x', ['LINE', 'OUT']],
  ['unset -v A B; echo', ['A', 'B']],
  ['A+=x', ['A']],
  ['ip addr add 10.0.0.1/24 dev eth0', []],
  ['curl http://host/?a=b --opt=1', []],
])('variables that %j may set', (text, names) => {
  expect(variablesIn(text)).toEqual(names);
});

test.each([
  ['sysctl -w net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.all.rp_filter'],
  ['echo 1 > /proc/sys/net/ipv4/conf/br-0/proxy_arp', 'net.ipv4.conf.br-0.proxy_arp'],
  ['sysctl net/core/somaxconn', 'net.core.somaxconn'],
])('settings that %j mentions', (text, name) => {
  expect(settingsIn(text)).toEqual(['net.ipv4.ip_forward', name]);
});

test('forwarding is looked at always, and only once', () => {
  expect(settingsIn('ip link')).toEqual(['net.ipv4.ip_forward']);
  expect(settingsIn('sysctl net.ipv4.ip_forward')).toEqual(['net.ipv4.ip_forward']);
});
