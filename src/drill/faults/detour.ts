/** Answers that do not come back the way that the question went. */
import type { FaultMaker } from '../model.ts';
import { addressAt, at, inside } from './tools.ts';

const bare = (prefix: string) => prefix.split('/')[0]!;

/** Asked by a name of the host's, answered by the server's own: nobody between them puts it right. */
export const noHairpin: FaultMaker = (network, random) => {
  if (network.id !== 'inside') return undefined;
  const rule = /POSTROUTING .*MASQUERADE/.exec(network.more)![0];
  // a rule that is there, but means those from elsewhere, is as good as none
  const elsewhere = rule.replace(/-s \S+/, '-s 192.168.0.0/24');
  const isWrong = random.pick([true, false]);
  const [shop, own] = ['shop', 'own'];
  return {
    id: isWrong ? 'wrong-hairpin' : 'no-hairpin',
    topic: 'nat',
    level: 4,
    break: `iptables -t nat -D ${rule}${isWrong ? `; iptables -t nat -A ${elsewhere}` : ''}`,
    mend: `${isWrong ? `iptables -t nat -D ${elsewhere}; ` : ''}iptables -t nat -A ${rule}`,
    stops: [shop, own],
    cause: /straight to \S+ and not through host|gets its own packet back/,
    hints: [
      'From outside the published address works. What is different for those who are on the same network as the server?',
      'Watch both ends: `tcpdump -n -i br0 tcp` shows whom the answer comes from. Is it the one who was asked?',
      'The host translates the destination, but not the source: the server answers its neighbour directly.',
    ],
    told: isWrong
      ? 'MASQUERADE for those on the server’s own network (hairpin) was there, but for another network.'
      : 'MASQUERADE for those on the server’s own network (hairpin) was missing.',
  };
};

/** A firewall that sees one half of a connection takes the rest of it for invalid. */
export const asymmetricRoute: FaultMaker = (network) => {
  if (network.id !== 'routers') return undefined;
  const { from } = network.flows[0]!;
  const source = bare(addressAt(network, from, 'eth0')!);
  return {
    id: 'asymmetric-route',
    topic: 'route',
    level: 5,
    break: [
      `ip link add index 310 name backup netns ${from} type veth peer index 311 name backup netns r2; ip -n ${from} link set backup up; ip -n r2 link set backup up; ip -n ${from} addr add 192.0.2.6/30 dev backup; ip -n r2 addr add 192.0.2.5/30 dev backup`,
      at('r2', `route add ${source}/32 via 192.0.2.6`),
      inside('r1', 'iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP'),
    ].join('\n'),
    mend: at('r2', `route del ${source}/32`),
    stops: ['page'],
    cause: /answer does not come back the way .* r1 never sees it/,
    hints: [
      'Pings come back, pages do not. What does a connection need that a ping does not?',
      'Follow the answer: by which interface does it leave `r2`? Which router does it not pass?',
      `\`r2\` answers by \`backup\`. \`r1\` sees one half of each connection, and drops the rest as invalid.`,
    ],
    told: `r2 sent its answers to ${source} by another way (backup), so that r1 saw half of each connection and dropped the rest as INVALID.`,
  };
};
