/** 说明：IPv6 的邻居发现、重复地址检测、设置；名字服务器。 */
import type { Templates } from './translate.ts';

export const six: Templates = {
  'Does {node~} learn the MAC of {a}?': '{node} 能得知 {a} 的 MAC 吗？',
  'The firewall of {node~} drops the neighbour solicitation for {a} at {hook}, so {asker~} does not learn its MAC: {by~}.':
    '{node} 的防火墙在 {hook} 丢弃了对 {a} 的邻居请求，所以 {asker} 得不到它的 MAC：{by}。',
  'The firewall of {node~} drops the neighbour advertisement for {a} at {hook}, so {asker~} does not learn its MAC: {by~}.':
    '{node} 的防火墙在 {hook} 丢弃了 {a} 的邻居通告，所以 {asker} 得不到它的 MAC：{by}。',
  'The firewall of {node~} drops the neighbour solicitation for {a} at {hook} on the bridge {br}, so {asker~} does not learn its MAC: {by~}.':
    '{node} 的防火墙在网桥 {br} 的 {hook} 丢弃了对 {a} 的邻居请求，所以 {asker} 得不到它的 MAC：{by}。',
  'The firewall of {node~} drops the neighbour advertisement for {a} at {hook} on the bridge {br}, so {asker~} does not learn its MAC: {by~}.':
    '{node} 的防火墙在网桥 {br} 的 {hook} 丢弃了 {a} 的邻居通告，所以 {asker} 得不到它的 MAC：{by}。',
  'IPv6 has no ARP: it asks for its neighbours by ICMPv6 (types 135 and 136). Let the firewall accept these, by a rule before that one.':
    'IPv6 没有 ARP：它用 ICMPv6（类型 135 和 136）寻找邻居。在那条规则之前加一条，让防火墙放行它们。',
  '{a} was given to {place~}, which does not use it: {why~}.': '{a} 给了{place}，但它不使用这个地址：{why}。',
  'The address {a} is there twice: {owner~} has it, and {place~} was given it and does not use it, for {why~}.':
    '地址 {a} 有两处：{owner} 有它；也给了{place}，但它不使用：{why}。',
  'duplicate address detection has failed': '重复地址检测失败了',
  'it is still tentative: duplicate address detection is not over': '它还是 tentative：重复地址检测没有结束',
  'duplicate address detection has failed, another has it': '重复地址检测失败了，别处已有它',
  '{node~} cannot send from {a} on {n}: {why~}.': '{node} 不能用 {n} 上的 {a} 发送：{why}。',
  'Look at the flags of the address (dadfailed, tentative). Let no other have it; then take it away and give it again: the kernel asks once, when it is given.':
    '看看这个地址的标志（dadfailed、tentative）。先让别处没有它；再把它删掉、重新加上：内核只在加上时问一次。',
  '{node~} takes {a} for a neighbour, since the prefix of {p} on {n} holds it; but it belongs to {place~}, with the prefix {l}, which is not on the same cable or bridge.':
    '{node} 把 {a} 当成邻居，因为 {n} 上 {p} 的前缀包含它；但它属于{place}，前缀是 {l}，不在同一根线缆或网桥上。',
  'Compare the prefix lengths of both ends: a prefix that is too short holds the networks of others, to whom a router would lead.':
    '对照两端的前缀长度：太短的前缀会把别人的网络也包含进来，而去那里本该经过路由器。',
  'Nobody that {port~} reaches has the address {a}: IPv6 is turned off on {place~} (disable_ipv6 is 1), which has taken its addresses and routes.':
    '{port}能到达的各方都没有地址 {a}：{place}上关闭了 IPv6（disable_ipv6 是 1），地址和路由也随之没有了。',
  'IPv6 is turned off on {n} in {node~} (disable_ipv6 is 1), and its addresses and routes are gone with it: there is none to {a}.':
    '{node} 的 {n} 上关闭了 IPv6（disable_ipv6 是 1），它的地址和路由也随之没有了：没有到 {a} 的路由。',
  'Turn IPv6 on there again, and give the interface its addresses and routes again: the kernel keeps none of them.':
    '在那里重新打开 IPv6，再把地址和路由重新给这个接口：内核一个也不保留。',
  '{node~} has no route to {a} and no default route ("Network is unreachable"): it takes none from the advertisements of routers, {why~}.':
    '{node} 没有到 {a} 的路由，也没有默认路由（“Network is unreachable”）：它不从路由器的通告里取默认路由，{why}。',
  'for accept_ra of {n} is 0': '因为 {n} 的 accept_ra 是 0',
  'for its firewall drops them': '因为它的防火墙丢弃了通告',
  'for it forwards itself, and accept_ra of {n} is not 2': '因为它自己在转发，而 {n} 的 accept_ra 不是 2',
  'Let {node~} take routes from advertisements, or give it a default route by hand.':
    '让 {node} 从通告里取路由，或手工给它一条默认路由。',
  'The name {n} cannot be resolved: {f} names no server.': '名字 {n} 无法解析：{f} 里没有服务器。',
  'Name a DNS server there, or use the address.': '在那里写一个 DNS 服务器，或直接用地址。',
  '{node~} asks the name server {a}, which {f} names, and none is there; there is one in {other~}. {cause~}':
    '{node} 问的是 {f} 里写的名字服务器 {a}，而那里没有；{other} 里有一个。{cause}',
  'Compare the address in {f} with those of {other~}.': '把 {f} 里的地址与 {other} 的地址对照。',
  'The name server {a} is reached and answers: what it knows of {n} is another thing.':
    '名字服务器 {a} 到得了，也应答：但它所知道的 {n} 是另一回事。',
  'Look at the records of that server, and whether it is the one that should be asked.':
    '看看那个服务器的记录，以及该问的是不是它。',
  'Does the name server {a} answer?': '名字服务器 {a} 应答吗？',
  'Yes: {s}.': '是：{s}。',
};
