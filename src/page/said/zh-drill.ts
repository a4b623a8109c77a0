/** 排障练习：网络的介绍、工单、提示、事后说明。命令和内核的词照写。 */
import type { Tongue } from '../../drill/tongue.ts';
import { createSay, type Templates } from './translate.ts';
import { drillSix } from './zh-drill-six.ts';

const networks: Templates = {
  'Two namespaces and a cable': '两个命名空间和一根线缆',
  'A bridge, and the way out': '一个网桥，和出去的路',
  'Two routers': '两台路由器',
  'A published server': '对外发布的服务器',
  'A published address, from inside': '从内部访问发布的地址',
  '`{a}` ({x}) and `{b}` ({y}) are joined by one cable: `eth0` at both ends. `{b2}` serves HTTP on port 80.':
    '`{a}`（{x}）和 `{b}`（{y}）由一根线缆相连，两端都是 `eth0`。`{b}` 在 80 端口提供 HTTP。',
  "`{a}` ({x}), `{b}` ({y}) and `{c}` ({z}) hang on the host's bridge `br0` ({g}), which is their way out: the host translates what leaves by its `eth0`. `{b2}` serves HTTP on port 80. The ports of the bridge are `p1`, `p2` and `p3`.":
    '`{a}`（{x}）、`{b}`（{y}）和 `{c}`（{z}）接在主机的网桥 `br0`（{g}）上，从那里出去：主机转换从 `eth0` 发出的包的源地址。`{b}` 在 80 端口提供 HTTP。网桥的端口是 `p1`、`p2` 和 `p3`。',
  '`{a}` ({x}) is behind `r1` ({g}, {h}), `{b}` ({y}) behind `r2` ({i}, {j}); `wan` joins the two routers, `lan` is the side of the others. Routes are set by hand. `{b2}` serves HTTP on port 80.':
    '`{a}`（{x}）在 `r1`（{g}、{h}）后面，`{b}`（{y}）在 `r2`（{i}、{j}）后面；两台路由器由 `wan` 相连，`lan` 是另一侧。路由都是手工设的。`{b}` 在 80 端口提供 HTTP。',
  '`{b}` ({y}) serves HTTP on port 80 behind the host. The host (`out0` {g}, `in0` {h}) publishes it: who asks for {g2}, port {p}, gets to {b2}, port 80. `{a}` ({x}) is outside.':
    '`{b}`（{y}）在主机后面的 80 端口提供 HTTP。主机（`out0` {g}，`in0` {h}）把它发布出去：访问 {g} 的端口 {p}，就到 {b} 的 80 端口。`{a}`（{x}）在外面。',
  "`{a}` ({x}) and `{b}` ({y}) hang on the host's bridge `br0` ({g}); `{c}` ({z}) is outside, behind `out0`. Everybody, `{b2}` itself too, asks for {u}, which the host passes on to port 80 of `{b3}`.":
    '`{a}`（{x}）和 `{b}`（{y}）接在主机的网桥 `br0`（{g}）上；`{c}`（{z}）在外面，`out0` 之后。大家都访问 {u}，`{b}` 自己也是；主机把它转给 `{b}` 的 80 端口。',
};

const tickets: Templates = {
  '{a} cannot even ping {b} ({x})': '{a} 连 ping {b}（{x}）都不通',
  '{a} cannot ping {b} ({x})': '{a} ping 不通 {b}（{x}）',
  '{a} gets no page from {u}': '{a} 打不开 {u}',
  '{a} gets no page of its own from {u}': '{a} 从 {u} 打不开自己的网页',
  '{a} has no internet: 8.8.8.8 does not answer': '{a} 上不了网：8.8.8.8 没有应答',
  '{a} does not get out to the internet, not even to 8.8.8.8': '{a} 出不去，连 8.8.8.8 都到不了',
  'large packets from {a} to {b} ({x}) are lost': '{a} 发给 {b}（{x}）的大包都丢了',
  '{a} gets the page from {u}': '{a} 能打开 {u}',
  '{a} can ping {x} with {n} bytes': '{a} 能用 {n} 字节的包 ping 通 {x}',
  '{a} can ping {x}': '{a} 能 ping 通 {x}',
  'Hi,': '你好，',
  'Hello,': '您好，',
  'Morning,': '早上好，',
  'Hey,': '在吗？',
  'since this morning': '从今天早上起，',
  'since the maintenance last night': '昨晚维护之后，',
  'for about an hour now': '大约一个小时了，',
  'all of a sudden': '突然之间，',
  'since yesterday evening': '从昨天晚上起，',
  'I have not changed anything.': '我什么都没动过。',
  'It worked yesterday, I used it myself.': '昨天还好好的，我自己用过。',
  'I have already restarted everything on my side.': '我这边全都重启过了。',
  'Somebody was at the network last night, but they say it was nothing.':
    '昨晚有人动过网络，不过他们说没什么。',
  'The others say that it must be DNS. It is not.': '别人都说一定是 DNS。不是。',
  'And that is not all.': '还不止这些。',
  'Could you have a look?': '能帮忙看看吗？',
  'Can you see what it is?': '你能看出是什么问题吗？',
  'It is a bit urgent, the demo is at two.': '有点急，两点要演示。',
  'Thanks!': '谢谢！',
};

const links: Templates = {
  'Follow the way from the sender, interface by interface. Which of them carry?':
    '从发送方开始，一个接口一个接口地走。哪些是通的？',
  'Look at the flags of each interface on the way: `ip -br link` in every namespace.':
    '看沿途每个接口的标志：在每个命名空间里 `ip -br link`。',
  'The interface `{d}` of {n} is down. What does the kernel do with routes of an interface that goes down?':
    '{n} 的接口 `{d}` 是关闭的。接口关闭时，内核怎么处理它的路由？',
  '{d} in {n} was down.': '{n} 的 {d} 是关闭的。',
  'The cables are there and carry. Where do frames go that come out of a cable on the host?':
    '线缆都在，也都通。从线缆到达主机的帧，接着去哪里？',
  'Compare the ports of the bridge with the cables: `bridge link` or `ip -br link show master br0`.':
    '把网桥的端口与线缆对照：`bridge link` 或 `ip -br link show master br0`。',
  '`{p}` is no port of `br0`.': '`{p}` 不是 `br0` 的端口。',
  '{p} was not a port of br0.': '{p} 不是 br0 的端口。',
  'Nobody reaches anybody. What have they all in common?': '谁也到不了谁。他们有什么共同之处？',
  'Look at the bridge itself, not only at its ports: `ip -br link show br0`.':
    '看看网桥自己，不只是它的端口：`ip -br link show br0`。',
  'The bridge `br0` is down.': '网桥 `br0` 是关闭的。',
  'The bridge br0 was down.': '网桥 br0 是关闭的。',
};

const addresses: Templates = {
  'The address is right. What does the kernel conclude of the number behind the slash?':
    '地址是对的。内核从斜杠后面的数字得出什么结论？',
  'Compare the prefix lengths in `{n}` and at its neighbour, then `ip route`.':
    '对照 `{n}` 与它邻居的前缀长度，再看 `ip route`。',
  '`{n}` has its address with the prefix /{l}: to it, it is alone on its network.':
    '`{n}` 的地址用了前缀 /{l}：在它看来，网络里只有它自己。',
  '{n} had {a} instead of {b}.': '{n} 的地址是 {a}，应该是 {b}。',
  'Who has the address that is asked for?': '被问的地址，谁有？',
  'Ask for the neighbour and look at the answer: `ip neigh`. Then look at the addresses of `{n}`.':
    '问一下邻居，看看应答：`ip neigh`。再看 `{n}` 的地址。',
  '`{n}` has the address {a}; everybody asks for {b}.': '`{n}` 的地址是 {a}；大家问的是 {b}。',
  '{n} had the address {a} instead of {b}.': '{n} 的地址是 {a}，应该是 {b}。',
  'Something answers. Is it the one that you mean?': '有应答。是你要找的那一个吗？',
  'Compare the MAC in `ip neigh` with those of the interfaces.': '把 `ip neigh` 里的 MAC 与各接口的对照。',
  'Two interfaces have the address {a}.': '有两个接口用了地址 {a}。',
  '{n} had the address of {m} too.': '{n} 也用了 {m} 的地址。',
  'Packets leave. To whom are the frames addressed?': '包发出去了。帧是发给谁的？',
  'Look at what `{n}` believes of its neighbours, and compare the MAC with that of the other end.':
    '看看 `{n}` 认为它的邻居是谁，把 MAC 与另一端的对照。',
  '`{n}` has a permanent neighbour entry for {a} with a MAC that nobody has.':
    '`{n}` 给 {a} 记了一条永久的邻居项，而那个 MAC 谁也没有。',
  '{n} had a wrong MAC for {a}.': '{n} 给 {a} 记错了 MAC。',
};

const routes: Templates = {
  'A packet needs a route, and so does its answer.': '包要有路由，它的应答也要有。',
  'Ask the kernel in each namespace which way it would take: `ip route get ADDRESS`, there and back.':
    '在每个命名空间里问内核会走哪条路：`ip route get 地址`，去和回都问。',
  '`{n}` has no default route.': '`{n}` 没有默认路由。',
  '{n} had no default route.': '{n} 没有默认路由。',
  'There is a route. Does anybody live at its next hop?': '路由是有的。它的下一跳有谁在吗？',
  '`ip route` and then `ip neigh` in `{n}`: which neighbour has no MAC?':
    '在 `{n}` 里 `ip route`，再 `ip neigh`：哪个邻居没有 MAC？',
  'The default route of `{n}` leads to {a}, which nobody has.':
    '`{n}` 的默认路由指向 {a}，而谁也没有这个地址。',
  'The default route of {n} led to {a} instead of {b}.': '{n} 的默认路由指向 {a}，应该指向 {b}。',
  'Does the packet arrive? Does its answer?': '包到了吗？应答呢？',
  'Go the way back, router by router: `ip route get` with the address of the sender.':
    '沿回来的路一台一台地走：用发送方的地址 `ip route get`。',
  '`r2` does not know where the network of the sender is.': '`r2` 不知道发送方的网络在哪里。',
  'r2 had no route back ({r*}).': 'r2 没有回去的路由（{r}）。',
  'Something answers, but not the target. What does it say?': '有谁应答了，但不是目标。它说什么？',
  'Count the hops: `traceroute -n`, or look at the TTL with `tcpdump -v` on `wan`.':
    '数一数跳数：`traceroute -n`，或在 `wan` 上用 `tcpdump -v` 看 TTL。',
  '`r2` sends what is for {a} (a part of {b}) back to `r1`.':
    '`r2` 把发给 {a}（{b} 的一部分）的包送回 `r1`。',
  'r2 sent packets for {a} back to r1.': 'r2 把发给 {a} 的包送回了 r1。',
  'Somewhere on the way a packet ends without a word.': '路上某处，包悄悄没了。',
  'The longest prefix wins: look at all routes of each router, not only at the one that you expect.':
    '前缀最长的优先：看每台路由器的全部路由，不只是你以为的那条。',
  '`r1` has a more specific route, of type blackhole.': '`r1` 有一条更具体的路由，类型是 blackhole。',
  'r1 had a blackhole route for {a}.': 'r1 对 {a} 有一条 blackhole 路由。',
  'The routes look right. Are they the ones that are used for this sender?':
    '路由看着没错。对这个发送方用的是它们吗？',
  '`ip route get ADDRESS from SENDER iif lan` in each router, and `ip rule`.':
    '在每台路由器上 `ip route get 地址 from 发送方 iif lan`，还有 `ip rule`。',
  '`r1` has a rule that sends this sender to a table of its own, where everything is unreachable.':
    '`r1` 有一条规则让这个发送方用单独的路由表，里面什么都到不了。',
  'r1 had a rule for {a} with a table that refuses everything.': 'r1 对 {a} 有一条规则，用的路由表拒绝一切。',
  'What makes a router of a node with two interfaces?': '有两个接口的节点，怎样才是路由器？',
  'Where is the packet seen last? Look at the settings of that node.': '包最后在哪里看到？看看那里的设置。',
  '`{n}` does not forward: net.ipv4.ip_forward is 0.': '`{n}` 不转发：net.ipv4.ip_forward 是 0。',
  'The host did not forward.': '主机没有转发。',
  '{n} did not forward.': '{n} 没有转发。',
  'The packet comes in at a router and does not leave it, and no rule says so. What else may drop it?':
    '包进了路由器，没有出来，也没有规则这么说。还有什么会丢弃它？',
  'There are two ways between the routers now. Would an answer take the one that the packet came by?':
    '两台路由器之间现在有两条路。应答会走包来的那条吗？',
  '`r2` checks the way back to the source (rp_filter), and that is by another interface.':
    '`r2` 检查回源地址的路（rp_filter），而那条路走另一个接口。',
  'rp_filter was on in r2, whose way back to {a} was by another interface.':
    'r2 开着 rp_filter，而它回 {a} 的路走另一个接口。',
  'Pings come back, pages do not. What does a connection need that a ping does not?':
    'ping 能回来，网页不能。连接需要什么，而 ping 不需要？',
  'Follow the answer: by which interface does it leave `r2`? Which router does it not pass?':
    '跟着应答走：它从哪个接口离开 `r2`？没有经过哪台路由器？',
  '`r2` answers by `backup`. `r1` sees one half of each connection, and drops the rest as invalid.':
    '`r2` 从 `backup` 应答。`r1` 只看到每个连接的一半，把其余的当作无效丢弃。',
  'r2 sent its answers to {a} by another way (backup), so that r1 saw half of each connection and dropped the rest as INVALID.':
    'r2 发给 {a} 的应答走了另一条路（backup），r1 只看到每个连接的一半，把其余的当作 INVALID 丢弃。',
};

const filters: Templates = {
  'Which chain do packets pass that are neither for the node nor from it?':
    '既不是给这个节点、也不是它发出的包，经过哪条链？',
  'Look at the counters and the policies: `iptables -L -v -n` on every router.':
    '看计数器和策略：在每台路由器上 `iptables -L -v -n`。',
  'The policy of FORWARD is DROP in `{n}`.': '`{n}` 里 FORWARD 的策略是 DROP。',
  'The policy of FORWARD was DROP in the host.': '主机里 FORWARD 的策略是 DROP。',
  'The policy of FORWARD was DROP in {n}.': '{n} 里 FORWARD 的策略是 DROP。',
  'Is it silence that comes back, or a refusal? Each tells something.':
    '回来的是沉默，还是拒绝？两者各有含义。',
  'Look for a rule whose counter grows while you try: `iptables -L FORWARD -v -n`.':
    '找一条在你尝试时计数增加的规则：`iptables -L FORWARD -v -n`。',
  'A rule in FORWARD of `{n}` ends what goes to {a}.': '`{n}` 的 FORWARD 里有条规则拦住了去 {a} 的包。',
  'A rule in the host ended what went to {a}.': '主机里有条规则拦住了去 {a} 的包。',
  'A rule in {n} ended what went to {a}.': '{n} 里有条规则拦住了去 {a} 的包。',
  'Does the target get the packet? Does it answer?': '目标收到包了吗？它应答了吗？',
  'Watch both sides of each router: `tcpdump -n -i any icmp`.':
    '看每台路由器的两侧：`tcpdump -n -i any icmp`。',
  '`r1` drops the answer on its way back.': '`r1` 丢弃了回来路上的应答。',
  'r1 dropped the answers to {a}.': 'r1 丢弃了给 {a} 的应答。',
  'The packet arrives at the node. Does it get to the process?': '包到了节点。到进程了吗？',
  'Look at the packet filter of `{n}` itself.': '看看 `{n}` 自己的包过滤。',
  'The policy of INPUT in `{n}` is DROP.': '`{n}` 里 INPUT 的策略是 DROP。',
  'The policy of INPUT was DROP in {n}.': '{n} 里 INPUT 的策略是 DROP。',
  '`{n}` drops TCP to port 80.': '`{n}` 丢弃到 80 端口的 TCP。',
  '{n} dropped TCP to port 80.': '{n} 丢弃了到 80 端口的 TCP。',
  'Does anything leave the sender at all?': '发送方到底发出东西了吗？',
  "Listen on the sender's own interface while it sends. Then look at the chains of `{n}`.":
    '发送时在发送方自己的接口上监听。再看 `{n}` 的链。',
  'A rule in OUTPUT of `{n}` drops it before it leaves.': '`{n}` 的 OUTPUT 里有条规则在发出之前就丢弃了它。',
  '{n} dropped its own packets in OUTPUT.': '{n} 在 OUTPUT 里丢弃了自己的包。',
  '`iptables -L` shows nothing. Is it the only one who writes rules?':
    '`iptables -L` 什么也没显示。写规则的只有它吗？',
  'The kernel has one packet filter and several tools: `nft list ruleset`.':
    '内核里的包过滤只有一个，工具有几个：`nft list ruleset`。',
  '`{n}` has a table `inet guard` that drops TCP to port 80.':
    '`{n}` 有一个表 `inet guard`，丢弃到 80 端口的 TCP。',
  'A table of nftables in {n} dropped TCP to port 80.': '{n} 里 nftables 的一个表丢弃了到 80 端口的 TCP。',
};

const nat: Templates = {
  'The packet leaves the host. Who would answer to its source address?': '包离开了主机。谁会应答它的源地址？',
  'Watch what leaves by the host’s `eth0`: `tcpdump -n -i eth0 icmp`.':
    '看看从主机的 `eth0` 发出的是什么：`tcpdump -n -i eth0 icmp`。',
  'Nothing translates the source of what leaves by `eth0`.': '从 `eth0` 发出的包，没有谁转换源地址。',
  'The rule that translates the sources (MASQUERADE) was missing.': '缺少转换源地址的规则（MASQUERADE）。',
  'There is a rule that translates. Does it mean these packets?': '转换的规则是有的。它指的是这些包吗？',
  'Look at the counters of the nat table: `iptables -t nat -L -v -n`.':
    '看 nat 表的计数器：`iptables -t nat -L -v -n`。',
  'The rule translates 192.168.0.0/24, which nobody here has.':
    '规则转换的是 192.168.0.0/24，这里谁也不用它。',
  'MASQUERADE was there, but for another network.': 'MASQUERADE 是有的，但针对的是别的网络。',
  'Where does the packet go once its destination is translated?': '目的地址转换之后，包去了哪里？',
  'Read the rule in the nat table, and compare address and port with the server.':
    '读 nat 表里的规则，把地址和端口与服务器对照。',
  'The rule sends it to {a}.': '规则把它送到 {a}。',
  'The DNAT rule led to {a} instead of {b}.': 'DNAT 规则指向 {a}，应该指向 {b}。',
  'Who takes the connection to the published port?': '发布的端口，连接由谁接？',
  'The host itself listens nowhere: something has to change the destination. `iptables -t nat -S`.':
    '主机自己没有监听：要有什么来改目的地址。`iptables -t nat -S`。',
  'The rule that publishes the server (DNAT) is missing.': '发布服务器的规则（DNAT）没有了。',
  'The DNAT rule was missing.': '缺少 DNAT 规则。',
  'From outside the published address works. What is different for those who are on the same network as the server?':
    '从外面访问发布的地址是好的。与服务器在同一个网络里的，有什么不同？',
  'Watch both ends: `tcpdump -n -i br0 tcp` shows whom the answer comes from. Is it the one who was asked?':
    '两端都看：`tcpdump -n -i br0 tcp` 显示应答来自谁。是被问的那个吗？',
  'The host translates the destination, but not the source: the server answers its neighbour directly.':
    '主机转换了目的地址，没有转换源地址：服务器直接应答它的邻居。',
  'MASQUERADE for those on the server’s own network (hairpin) was there, but for another network.':
    '给服务器同网络成员用的 MASQUERADE（hairpin）是有的，但针对的是别的网络。',
  'MASQUERADE for those on the server’s own network (hairpin) was missing.':
    '缺少给服务器同网络成员用的 MASQUERADE（hairpin）。',
};

const services: Templates = {
  'The node answers. Does the server?': '节点有应答。服务器呢？',
  'Look at the sockets in `{n}`: `ss -ltn`. Read the column of the local address.':
    '看 `{n}` 里的套接字：`ss -ltn`。读本地地址那一列。',
  'No server runs in `{n}`.': '`{n}` 里没有服务器在运行。',
  'The server of `{n}` listens on 127.0.0.1 alone.': '`{n}` 的服务器只监听 127.0.0.1。',
  'The server of {n} did not run.': '{n} 的服务器没有运行。',
  'The server of {n} listened on 127.0.0.1 alone.': '{n} 的服务器只监听 127.0.0.1。',
  'Pages come, pings do not. What does that exclude?': '网页能来，ping 不能。这排除了什么？',
  'The packet filter of `{n}` is innocent. Which settings has ICMP? `sysctl -a | grep icmp`':
    '`{n}` 的包过滤没有问题。ICMP 有哪些设置？`sysctl -a | grep icmp`',
  '`{n}` is told to ignore pings.': '`{n}` 被设为不理会 ping。',
  '{n} was told to ignore pings.': '{n} 被设为不理会 ping。',
  'Small packets pass, large ones do not. What depends on the size?': '小包通，大包不通。什么与大小有关？',
  'Try sizes with `ping -M do -s SIZE` and compare the MTU of every interface on the way.':
    '用 `ping -M do -s 大小` 试不同大小，并对照沿途每个接口的 MTU。',
  '`wan` between the routers has an MTU of 1300, and `r1` may not say so.':
    '路由器之间的 `wan`，MTU 是 1300，而 `r1` 不许说出来。',
  'The MTU between the routers was 1300, and the messages that say so were dropped.':
    '路由器之间的 MTU 是 1300，说明这一点的消息被丢弃了。',
};

const lesson: Templates = {
  'Drill: {t~}': '排障练习：{t}',
  'Something is broken. Find it and mend it.': '有什么坏了。找到它，修好它。',
  'The ticket': '工单',
  'The network': '网络',
  'The same drill for somebody else: `{c*}`': '让别人做同样的练习：`{c}`',
  'Mend it': '修好它',
  'Look and mend in the cell below, or in a shell beside the lesson: both are watched. All checks must hold at once; those that hold already must go on holding, so nothing else may break.':
    '在下面的格里或课程旁边的 shell 里查看和修理：两处都会看着。所有检查要同时成立；已经成立的要保持成立，所以别弄坏别的。',
  'The server of `{a}` is `busybox httpd`; its pages are in `/srv/{b}`.':
    '`{a}` 的服务器是 `busybox httpd`，网页在 `/srv/{b}` 里。',
  'What is wrong is mended itself, not worked around': '修好的是问题本身，而不是绕过它',
  'what do you want to look at first?': '你想先看什么？',
  'What it was: {t~}': '原因：{t}',
  'Mended: {t*}, {c~}, {h~}.': '修好了：{t}，{c}，{h}。',
  'Mended after a look at the solution: {t*}, {c~}, {h~}.': '看过答案之后修好了：{t}，{c}，{h}。',
  'Not mended yet: {t*}, {c~}, {h~}. The same once more: {x*}': '还没有修好：{t}，{c}，{h}。再来一次：{x}',
  '{n} command': '{n} 条命令',
  '{n} commands': '{n} 条命令',
  '{n} hint': '{n} 条提示',
  '{n} hints': '{n} 条提示',
  topic: '主题',
  drills: '练习',
  mended: '修好',
  median: '中位用时',
  hints: '每次提示',
  strong: '强',
  weak: '弱',
  fair: '一般',
  'not tried yet': '还没试过',
  '{a} mended alone   {b} with hints or the solution   {c} not mended; the last one is rightmost':
    '{a} 自己修好   {b} 用了提示或答案   {c} 没有修好；最右边是最近一次',
  'Next, perhaps: {c*}': '接下来可以试试：{c}',
  'No drill yet. Begin: {c*}': '还没有练习。开始：{c}',
  'To hand it in, with the mend written into its cell: {c*}': '把修理的命令写进格里再提交：{c}',
  'Your drills so far: {c*}': '到目前为止的练习：{c}',
};

export const drill: readonly Templates[] = [
  networks,
  tickets,
  links,
  addresses,
  routes,
  filters,
  nat,
  services,
  lesson,
  drillSix,
];

export const drillInChinese: Tongue = {
  language: 'zh-CN',
  say: createSay(drill, { ',': '，', '&': ' 和 ' }, '。'),
  begins: (greeting, since, trouble) => `${greeting}${since}${trouble}。`,
  also: (troubles) => `还有：${troubles.join('；')}。`,
  stillWorks: (what) => `至少这个还正常：${what}。`,
  gap: '',
};
