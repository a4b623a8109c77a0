/** 排障练习：IPv6 和名字服务器的网络、提示、事后说明。 */
import type { Templates } from './translate.ts';

const networks: Templates = {
  'Both families on a bridge': '一个网桥，两个地址族',
  'Two routers, both families': '两台路由器，两个地址族',
  'A router that announces itself': '通告自己的路由器',
  'A name server': '名字服务器',
  'A name server, by IPv6': '名字服务器，用 IPv6',
  "`{a}` ({x}, {x6}), `{b}` ({y}, {y6}) and `{c}` ({z}, {z6}) hang on the host's bridge `br0`, each with an address of both families, by prefixes of /24 and /64. `{b2}` serves HTTP on port 80 of both families. The ports of the bridge are `p1`, `p2` and `p3`.":
    '`{a}`（{x}、{x6}）、`{b}`（{y}、{y6}）和 `{c}`（{z}、{z6}）接在主机的网桥 `br0` 上，两个地址族各有一个地址，前缀是 /24 和 /64。`{b}` 在 80 端口提供 HTTP，两个地址族都有。网桥的端口是 `p1`、`p2` 和 `p3`。',
  '`{a}` ({x}, {x6}) is behind `r1` (`lan` {g} and {g6}, `wan` {h} and {h6}), `{b}` ({y}, {y6}) behind `r2` (`lan` {i} and {i6}, `wan` {j} and {j6}). Prefixes are /24 and /64, routes are set by hand in both families. `{b2}` serves HTTP on port 80 of both.':
    '`{a}`（{x}、{x6}）在 `r1`（`lan` {g} 和 {g6}，`wan` {h} 和 {h6}）后面，`{b}`（{y}、{y6}）在 `r2`（`lan` {i} 和 {i6}，`wan` {j} 和 {j6}）后面。前缀是 /24 和 /64，两个地址族的路由都是手工设的。`{b}` 在 80 端口提供 HTTP，两个地址族都有。',
  '`{a}` ({x}), `{c}` ({z}) and `{b}` ({y}) have a cable to `r1` each (`lan` {g}, `lan2` {h}, `srv` {i}, all /64). `{c2}` and `{b2}` have default routes that were set by hand; `{a2}` takes its own from the advertisements that `r1` sends by `lan` every second, from fe80::1 (`/srv/r1/advertise lan`). `{b3}` serves HTTP on port 80.':
    '`{a}`（{x}）、`{c}`（{z}）和 `{b}`（{y}）各有一根线缆到 `r1`（`lan` {g}，`lan2` {h}，`srv` {i}，都是 /64）。`{c}` 和 `{b}` 的默认路由是手工设的；`{a}` 的默认路由来自 `r1` 每秒从 `lan` 发出的通告，来源是 fe80::1（`/srv/r1/advertise lan`）。`{b}` 在 80 端口提供 HTTP。',
  '`{a}` ({x}), `{c}` ({z}), the name server `ns` ({s}) and `{b}` ({y}) have a cable to `gw` each: its `lan`, `lan2`, `names` and `srv` have the address {l} of each network. `ns` answers on UDP port 53; it knows {n}, which is `{b2}`. `{b3}` serves HTTP on port 80.':
    '`{a}`（{x}）、`{c}`（{z}）、名字服务器 `ns`（{s}）和 `{b}`（{y}）各有一根线缆到 `gw`：它的 `lan`、`lan2`、`names` 和 `srv` 用的是各网络的 {l}。`ns` 在 UDP 53 端口应答；它知道 {n}，就是 `{b}`。`{b}` 在 80 端口提供 HTTP。',
  'The server of `{a}` is `busybox httpd`, with its pages in `{p}`. That of `ns` is `/srv/ns/named ADDRESS`, which answers for what stands in `/srv/ns/hosts`. Whom `{c}` and `{d}` ask stands in `{f}` and `{g}`, which `ip netns exec` puts in the place of /etc/resolv.conf.':
    '`{a}` 的服务器是 `busybox httpd`，网页在 `{p}` 里。`ns` 的服务器是 `/srv/ns/named 地址`，按 `/srv/ns/hosts` 里写的应答。`{c}` 和 `{d}` 问谁，写在 `{f}` 和 `{g}` 里，`ip netns exec` 用它们代替 /etc/resolv.conf。',
};

const tickets: Templates = {
  '{a} cannot ping {b} by IPv6 ({x})': '{a} 用 IPv6 ping 不通 {b}（{x}）',
  '{a} cannot even ping r1 by IPv6 ({x})': '{a} 用 IPv6 连 r1（{x}）都 ping 不通',
  'large packets from {a} to {b} by IPv6 ({x}) are lost': '{a} 用 IPv6 发给 {b}（{x}）的大包都丢了',
  '{a} cannot look up {n}': '{a} 查不到 {n}',
  '{a} gets the address of {n}': '{a} 能查到 {n} 的地址',
};

const six: Templates = {
  'The interface `{d}` of {n} is down. What becomes of addresses of IPv6, and of routes, on an interface that goes down?':
    '{n} 的接口 `{d}` 是关闭的。接口关闭时，它的 IPv6 地址和路由会怎样？',
  'Which addresses of IPv6 are there? Every interface that is up has one at least, which it gives itself.':
    '有哪些 IPv6 地址？每个开启的接口至少有一个，是它自己给自己的。',
  '`ip -6 addr` in `{n}` and at its neighbour. Which settings has IPv6? `sysctl -a | grep ipv6`':
    '在 `{n}` 和它的邻居里 `ip -6 addr`。IPv6 有哪些设置？`sysctl -a | grep ipv6`',
  'IPv6 is turned off on `{d}` in `{n}` (disable_ipv6), which has taken its addresses and routes.':
    '`{n}` 的 `{d}` 上关闭了 IPv6（disable_ipv6），地址和路由也随之没有了。',
  'IPv6 was turned off on {d} in {n}.': '{n} 的 {d} 上关闭了 IPv6。',
  'Compare the prefix lengths in `{n}` and at its neighbour, then `ip -6 route`.':
    '对照 `{n}` 与它邻居的前缀长度，再看 `ip -6 route`。',
  '`{n}` has its address with the prefix /48: it looks for those behind the router on its own cable.':
    '`{n}` 的地址用了前缀 /48：路由器后面的，它也在自己的线缆上找。',
  'A packet needs a route of its own family, and so does its answer.':
    '包要有它那个地址族的路由，它的应答也要有。',
  'Ask the kernel of each node which way it would take: `ip -6 route get ADDRESS`, there and back.':
    '问每一处的内核会走哪条路：`ip -6 route get 地址`，去和回都问。',
  '`{n}` lacks a route of IPv6.': '`{n}` 少了一条 IPv6 路由。',
  '{n} did not have the route {r*}.': '{n} 没有路由 {r}。',
  'Ask each node for its way and its neighbours: `ip -6 route get ADDRESS`, then `ip -6 neigh`. Which neighbour has no MAC?':
    '问每一处的路和邻居：`ip -6 route get 地址`，再 `ip -6 neigh`。哪个邻居没有 MAC？',
  'A route of `{n}` leads to {a}, which nobody has.': '`{n}` 有一条路由指向 {a}，而谁也没有这个地址。',
  'A route of {n} led to {a} instead of {b}.': '{n} 有一条路由指向 {a}，应该指向 {b}。',
  'What makes a router of a node with two interfaces? And is it the same for both families?':
    '有两个接口的节点，怎样才成为路由器？两个地址族都一样吗？',
  '`{n}` does not forward IPv6: net.ipv6.conf.all.forwarding is 0.':
    '`{n}` 不转发 IPv6：net.ipv6.conf.all.forwarding 是 0。',
  '`{n}` does not forward: net.ipv6.conf.all.forwarding is 0.':
    '`{n}` 不转发：net.ipv6.conf.all.forwarding 是 0。',
  '{n} did not forward IPv6.': '{n} 没有转发 IPv6。',
  '`ip -6 route get ADDRESS from SENDER iif lan` in each router, and `ip -6 rule`.':
    '在每台路由器里 `ip -6 route get 地址 from 发送方 iif lan`，再 `ip -6 rule`。',
  '`r1` has a rule of IPv6 that sends this sender to a table of its own, where everything is unreachable.':
    '`r1` 有一条 IPv6 规则，把这个发送方送到单独的表里，那里什么都不可达。',
  'Before it uses an address of IPv6, the kernel asks whether another has it. What if one has?':
    '使用一个 IPv6 地址之前，内核会问别处是否已有它。要是有呢？',
  'Look at the flags of the addresses in `{n}`: `ip -6 addr`. Then ask who answers for it: `ip -6 neigh` at the others.':
    '看 `{n}` 里各地址的标志：`ip -6 addr`。再问谁在替它应答：在别处 `ip -6 neigh`。',
  'The address {a} of `{n}` is not used (dadfailed): another had it when it was given.':
    '`{n}` 的地址 {a} 没有在用（dadfailed）：加上它时，别处已有它。',
  '{n} did not use its address {a} (dadfailed): {m} had had it when it was given.':
    '{n} 没有使用它的地址 {a}（dadfailed）：加上它时，{m} 已有它。',
  '{m} had the address {a} too, so that {n} did not use it (dadfailed).':
    '{m} 也有地址 {a}，所以 {n} 没有使用它（dadfailed）。',
  'Look at what `{n}` believes of its neighbours (`ip -6 neigh`), and compare the MAC with that of the other end.':
    '看看 `{n}` 认为它的邻居是谁（`ip -6 neigh`），把 MAC 与另一端的对照。',
  'Where should the default route of `{n}` come from?': '`{n}` 的默认路由应该从哪里来？',
  'The advertisements come: `tcpdump -n -i eth0 icmp6`. Which settings say whether `{n}` takes them? `sysctl -a | grep eth0`':
    '通告是来的：`tcpdump -n -i eth0 icmp6`。`{n}` 接不接受，由哪些设置决定？`sysctl -a | grep eth0`',
  '`{n}` forwards, so it takes itself for a router and no route from another (unless accept_ra is 2).':
    '`{n}` 在转发，所以把自己当成路由器，不从别的路由器取路由（除非 accept_ra 是 2）。',
  '`{n}` takes nothing from advertisements: accept_ra is 0.': '`{n}` 不接受通告：accept_ra 是 0。',
  '{n} forwarded, and so took no route from the advertisements of r1.':
    '{n} 在转发，所以没有从 r1 的通告里取路由。',
  'accept_ra was 0 in {n}.': '{n} 的 accept_ra 是 0。',
};

const filters: Templates = {
  'IPv4 passes. Does the same firewall see IPv6?': 'IPv4 能过。看 IPv6 的是同一个防火墙吗？',
  'Each family has its own rules: `ip6tables -L -v -n` on every router.':
    '每个地址族有自己的规则：在每台路由器上 `ip6tables -L -v -n`。',
  'The policy of FORWARD is DROP in `{n}`, for IPv6.': '`{n}` 里，IPv6 的 FORWARD 策略是 DROP。',
  'A rule of ip6tables in FORWARD of `{n}` ends what goes to {a}.':
    '`{n}` 的 FORWARD 里，有一条 ip6tables 规则拦下了发给 {a} 的包。',
  'The policy of FORWARD was DROP in {n}, for IPv6.': '{n} 里，IPv6 的 FORWARD 策略是 DROP。',
  'A rule of ip6tables in {n} ended what went to {a}.': '{n} 里有一条 ip6tables 规则拦下了发给 {a} 的包。',
  'Watch both sides of each router: `tcpdump -n -i any icmp6`.':
    '看每台路由器的两侧：`tcpdump -n -i any icmp6`。',
  'IPv4 asks for its neighbours by ARP, which no packet filter of IP sees. How does IPv6 ask?':
    'IPv4 用 ARP 寻找邻居，IP 的包过滤看不到它。IPv6 怎么问？',
  'Watch who asks and who answers: `tcpdump -n -i any icmp6`, and `ip -6 neigh` beside `{n}`. Then look at its rules: `ip6tables -L -v -n`.':
    '看谁在问、谁在答：`tcpdump -n -i any icmp6`，以及 `{n}` 旁边的 `ip -6 neigh`。再看它的规则：`ip6tables -L -v -n`。',
  'The policy of INPUT is DROP in `{n}`, and nothing lets neighbour discovery (ICMPv6 types 135 and 136) in.':
    '`{n}` 里 INPUT 的策略是 DROP，没有规则放行邻居发现（ICMPv6 类型 135 和 136）。',
  'A rule of `{n}` drops neighbour discovery, which is ICMPv6 (types 135 and 136).':
    '`{n}` 有一条规则丢弃邻居发现，也就是 ICMPv6（类型 135 和 136）。',
  'The policy of INPUT was DROP in {n}, which left it without neighbour discovery.':
    '{n} 里 INPUT 的策略是 DROP，邻居发现因此不通。',
  '{n} dropped neighbour discovery (ICMPv6).': '{n} 丢弃了邻居发现（ICMPv6）。',
  'The packet arrives. Whom does its answer need to find?': '包到了。它的应答要找到谁？',
  'Watch who asks and who answers: `tcpdump -n -i any icmp6`, and `ip -6 neigh` in `{n}`. Then look at the rules of who does not answer: `ip6tables -L -v -n`.':
    '看谁在问、谁在答：`tcpdump -n -i any icmp6`，以及 `{n}` 里的 `ip -6 neigh`。再看不答的那一方有什么规则：`ip6tables -L -v -n`。',
  'The advertisements come: `tcpdump -n -i eth0 icmp6`. What may be between the interface and who reads them? `ip6tables -L -v -n`':
    '通告是来的：`tcpdump -n -i eth0 icmp6`。接口和读通告的之间，可能有什么？`ip6tables -L -v -n`',
  '`{n}` drops the advertisements of the router (ICMPv6 type 134).':
    '`{n}` 丢弃路由器的通告（ICMPv6 类型 134）。',
  '{n} dropped the advertisements of r1 (ICMPv6 type 134).': '{n} 丢弃了 r1 的通告（ICMPv6 类型 134）。',
  'Count the hops: `traceroute -6 -n`, or look at the hop limit with `tcpdump -v` on `wan`.':
    '数一数跳数：`traceroute -6 -n`，或在 `wan` 上用 `tcpdump -v` 看 hop limit。',
  '`r2` sends what is for {a} back to `r1`.': '`r2` 把发给 {a} 的包送回 `r1`。',
  'Each family has its own rules. Look at those of `{n}`: `ip6tables -S`.':
    '每个地址族有自己的规则。看看 `{n}` 的：`ip6tables -S`。',
  'The policy of INPUT is DROP in `{n}`, for IPv6.': '`{n}` 里，IPv6 的 INPUT 策略是 DROP。',
  '`{n}` drops TCP to port 80 over IPv6.': '`{n}` 丢弃 IPv6 上到 80 端口的 TCP。',
  'The policy of INPUT was DROP in {n}, for IPv6.': '{n} 里，IPv6 的 INPUT 策略是 DROP。',
  '{n} dropped TCP to port 80 over IPv6.': '{n} 丢弃了 IPv6 上到 80 端口的 TCP。',
  '`ip6tables -L` shows nothing. Is it the only one who writes rules?':
    '`ip6tables -L` 什么也没显示。写规则的只有它吗？',
  '`{n}` has a table `ip6 guard` that drops TCP to port 80.':
    '`{n}` 有一个表 `ip6 guard`，丢弃到 80 端口的 TCP。',
  'A table of nftables in {n} dropped TCP to port 80 over IPv6.':
    '{n} 里 nftables 的一个表丢弃了 IPv6 上到 80 端口的 TCP。',
  'Look at the sockets in `{n}`: `ss -ltn`. Read the column of the local address: of which family is it?':
    '看 `{n}` 里的套接字：`ss -ltn`。读本地地址那一列：是哪个地址族的？',
  'The server of `{n}` listens on ::1 alone.': '`{n}` 的服务器只监听 ::1。',
  'The server of `{n}` listens on 0.0.0.0, which is IPv4 alone.': '`{n}` 的服务器监听 0.0.0.0，只是 IPv4。',
  'The server of {n} listened on ::1 alone.': '{n} 的服务器只监听 ::1。',
  'The server of {n} listened on IPv4 alone.': '{n} 的服务器只监听 IPv4。',
  'Small packets pass, large ones do not. What depends on the size? And who may cut a packet of IPv6 into pieces?':
    '小包通，大包不通。什么与大小有关？IPv6 的包又由谁来分片？',
};

const names: Templates = {
  'By its address the page comes. What is asked before that, and whom?':
    '用地址就能打开网页。在那之前问的是什么，问的是谁？',
  'Look at the sockets in `ns`: `ss -lun`. Read the column of the local address.':
    '看 `ns` 里的套接字：`ss -lun`。读本地地址那一列。',
  'No name server runs in `ns`.': '`ns` 里没有名字服务器在运行。',
  'The name server of `ns` listens on {a} alone.': '`ns` 的名字服务器只监听 {a}。',
  'The name server of ns did not run.': 'ns 的名字服务器没有运行。',
  'The name server of ns listened on {a} alone.': 'ns 的名字服务器只监听 {a}。',
  'Does the question arrive at `ns`? Does its answer come back?': '问题到 `ns` 了吗？它的应答回来了吗？',
  'Watch both sides of `gw`, and `ns`: `tcpdump -n -i any udp port 53`. Then look at the rules where it is seen last.':
    '看 `gw` 的两侧，还有 `ns`：`tcpdump -n -i any udp port 53`。再看最后见到它的地方有什么规则。',
  '`{n}` drops UDP from port 53.': '`{n}` 丢弃来自 53 端口的 UDP。',
  '`{n}` drops UDP to port 53.': '`{n}` 丢弃发往 53 端口的 UDP。',
  '{n} dropped UDP from port 53.': '{n} 丢弃了来自 53 端口的 UDP。',
  '{n} dropped UDP to port 53.': '{n} 丢弃了发往 53 端口的 UDP。',
  'One can look up names, another cannot. What is different between the two?':
    '一个查得到名字，另一个查不到。两个有什么不同？',
  'Which name server does `{n}` ask? Compare its file with that of the other.':
    '`{n}` 问的是哪个名字服务器？把它的文件与另一个的对照。',
  '`{n}` has no name server: none stands in its resolv.conf.':
    '`{n}` 没有名字服务器：它的 resolv.conf 里一个也没有。',
  '`{n}` asks {a}, where there is no name server.': '`{n}` 问的是 {a}，那里没有名字服务器。',
  '{n} had no name server in its resolv.conf.': '{n} 的 resolv.conf 里没有名字服务器。',
  '{n} asked {a} instead of {b}.': '{n} 问的是 {a}，应该问 {b}。',
  'There is an answer. Is it the right one?': '有应答。应答对吗？',
  'Compare what the name server says of {n} with the address of `{b}`.':
    '把名字服务器说的 {n} 与 `{b}` 的地址对照。',
  'The name server has {a} for {n}.': '名字服务器里，{n} 是 {a}。',
  'The name server had {a} for {n} instead of {b}.': '名字服务器里，{n} 是 {a}，应该是 {b}。',
  'Ask the kernel of `ns` for the way back: `ip route get` with the address of who asks.':
    '问 `ns` 的内核回去的路：用提问者的地址 `ip route get`。',
  'Go the way to the name server, interface by interface: `ip -br link` in every namespace.':
    '沿去名字服务器的路，一个接口一个接口地走：在每个命名空间里 `ip -br link`。',
  'The interface `{d}` of `{n}` is down. What becomes of its routes?':
    '`{n}` 的接口 `{d}` 是关闭的。它的路由会怎样？',
  'The question arrives at `ns`, and no rule of iptables is there. Is it the only one who writes rules?':
    '问题到了 `ns`，那里也没有 iptables 的规则。写规则的只有它吗？',
  '`ns` has a table `inet guard` that drops UDP to port 53.':
    '`ns` 有一个表 `inet guard`，丢弃到 53 端口的 UDP。',
  'A table of nftables in ns dropped UDP to port 53.': 'ns 里 nftables 的一个表丢弃了到 53 端口的 UDP。',
  'Is it the name alone that does not work? Try the address.': '不通的只是名字吗？试试地址。',
  'Where is the question seen last? Look at the settings of that node.':
    '问题最后在哪里见到？看看那里的设置。',
};

export const drillSix: Templates = { ...networks, ...tickets, ...six, ...filters, ...names };
