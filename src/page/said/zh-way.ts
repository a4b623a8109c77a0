/** 说明原因的句子：转发、防火墙、地址转换、服务、名字；位置的说法在最后。 */
import type { Templates } from './translate.ts';

export const way: Templates = {
  'Does {node~} forward packets?': '{node} 转发包吗？',
  'We could not read the setting.': '无法读取这项设置。',
  'Yes, forwarding is on.': '是，转发已开启。',
  '{node~} does not forward: a packet that is not for itself is dropped there ({setting} is 0).':
    '{node} 不转发：不是给它自己的包会被丢弃（{setting} 为 0）。',
  'Turn forwarding on in {node~}: only then is it a router.': '在 {node} 里开启转发：这样它才是路由器。',
  'Does the firewall of {node~} let the answer pass ({hook*})?': '{node} 的防火墙放行应答吗（{hook}）？',
  'Does the firewall of {node~} let it pass ({hook*})?': '{node} 的防火墙放行吗（{hook}）？',
  'The firewall of {node~} drops the packet at {hook}: {by~}.': '{node} 的防火墙在 {hook} 丢弃了包：{by}。',
  'The firewall of {node~} drops the answer at {hook}: {by~}.': '{node} 的防火墙在 {hook} 丢弃了应答：{by}。',
  'The firewall of {node~} refuses the packet at {hook}: {by~}.': '{node} 的防火墙在 {hook} 拒绝了包：{by}。',
  'The firewall of {node~} refuses the answer at {hook}: {by~}.':
    '{node} 的防火墙在 {hook} 拒绝了应答：{by}。',
  'The firewall of {node~} drops the packet at {hook} on the bridge {br}: {by~}.':
    '{node} 的防火墙在网桥 {br} 的 {hook} 丢弃了包：{by}。',
  'The firewall of {node~} drops the answer at {hook} on the bridge {br}: {by~}.':
    '{node} 的防火墙在网桥 {br} 的 {hook} 丢弃了应答：{by}。',
  'the rule "{r*}", which has met {n} packet': '规则“{r}”，已匹配 {n} 个包',
  'the rule "{r*}", which has met {n} packets': '规则“{r}”，已匹配 {n} 个包',
  'the rule "{r*}"': '规则“{r}”',
  'the policy of the chain {c} (table {t}), which is drop': '链 {c}（表 {t}）的策略，是 drop',
  'the packet filter could not be read': '无法读取包过滤规则',
  'Probably; we cannot tell whether this applies: {what*}.': '多半放行；无法判断这条是否适用：{what}。',
  'Packets between ports of a bridge pass the forward chain too here (br_netfilter): let the chain accept them, by its policy or by a rule.':
    '这里网桥端口之间的包也经过 forward 链（br_netfilter）：用策略或规则让这条链放行。',
  'Let the forward chain accept these packets, by its policy or by a rule before that one.':
    '让 forward 链放行这些包：用策略，或在那条之前加一条规则。',
  'Let the {hook} chain accept this packet, by its policy or by a rule before that one.':
    '让 {hook} 链放行这个包：用策略，或在那条之前加一条规则。',
  'Does {node~} believe the source {a}?': '{node} 相信源地址 {a} 吗？',
  'Yes: rp_filter finds a way back.': '是：rp_filter 找到了回去的路。',
  '{node~} has the address {a} itself, so it drops packets that come from it: two places have one address.':
    '{node} 自己就有地址 {a}，所以丢弃来自它的包：两处用了同一个地址。',
  '{node~} gets its own packet back, with its own address {a} as the source, and drops it: on the way the destination was translated, the source was not.':
    '{node} 收回了自己的包，源地址是它自己的 {a}，所以丢弃：路上转换了目的地址，没有转换源地址。',
  'Who sends a packet back to where it came from must translate its source too (masquerade), so that the answer comes back the same way.':
    '把包送回来处的一方也必须转换源地址（masquerade），应答才会原路回来。',
  'Does the answer pass {node~} again, which has translated the destination?':
    '应答会再经过转换了目的地址的 {node} 吗？',
  'The answer goes from {s~} straight to {c~} and not through {node~}, which has put {a} in the place of {b}: {c2~} has asked {b2} and takes no answer from another.':
    '应答从 {s} 直接到 {c}，没有经过把 {b} 换成 {a} 的 {node}：{c} 问的是 {b}，不接受别人的应答。',
  'Let {node~} translate the source too where both ends are on the same side of it (masquerade), so that the answer comes back through it.':
    '两端在 {node} 的同一侧时，让它也转换源地址（masquerade），应答才会经它回来。',
  'The answer does not come back the way that the packet went, and {node~} never sees it. {cause~}':
    '应答没有原路回来，{node} 根本看不到它。{cause}',
  'Look at the routes where the two ways part: let the answer come back through {node~}, or let its firewall not ask for both halves of a connection.':
    '看看两条路分开处的路由：让应答经 {node} 回来，或让它的防火墙不要求看到连接的两半。',
  'Give every interface an address of its own.': '给每个接口各自的地址。',
  '{node~} drops what comes from {a} by {n}: rp_filter is on, and its way back would not be by {n2}.':
    '{node} 丢弃从 {n} 进来、来自 {a} 的包：rp_filter 开着，而回去的路不走 {n2}。',
  'Give {node~} a route to {a} by {n}, or turn rp_filter off there.':
    '给 {node} 一条经 {n} 到 {a} 的路由，或在那里关掉 rp_filter。',
  '{node~} has no route to {a} where the packet is: {n}, whose network holds it, is part of the VRF {vrf}, which has a table of its own.':
    '{node} 在包所处的地方没有到 {a} 的路由：{n} 的网络含有它，但 {n} 属于 VRF {vrf}，而后者有自己的路由表。',
  'Let the interfaces of both networks be part of the same VRF, or give {node~} a route from one table to the other.':
    '让两个网络的接口属于同一个 VRF，或给 {node} 一条从一张表到另一张表的路由。',
  'Does what {port~} sends get to the other end of the tunnel, {a}?':
    '{port} 发出的能到达隧道的另一端 {a} 吗？',
  'The way to {a}, the other end of the tunnel {n} in {node~}, leads into the tunnel itself.':
    '通往 {a}（{node} 的隧道 {n} 的另一端）的路又走进了隧道自己。',
  'Give {node~} a route to {a} that does not go by {n}.': '给 {node} 一条不走 {n} 的、到 {a} 的路由。',
  'The tunnel {n} in {node~} is to send from {a}, which is no address of {node2~}.':
    '{node} 的隧道 {n} 要用 {a} 发送，而 {node2} 没有这个地址。',
  'Compare the address that {n} sends from with those of {node~}.': '把 {n} 的发送地址与 {node} 的地址对照。',
  'The tunnel {n} in {node~} leads to {a}, and what it sends does not get there. {cause~}':
    '{node} 的隧道 {n} 通往 {a}，它发出的到不了那里。{cause}',
  'Its way leads where we cannot see.': '它的路通向我们看不见的地方。',
  'What the tunnel {n} in {node~} sends arrives in {to~}, and no tunnel there takes it: {why~}.':
    '{node} 的隧道 {n} 发出的到达 {to}，那里没有隧道接收它：{why}。',
  'Compare the two ends of the tunnel: its kind, its number or key, and the address of the other that each of them names.':
    '对照隧道的两端：类型、编号或 key，以及各自写的对端地址。',
  'Yes, and {n} in {node~} takes it.': '能，{node} 的 {n} 接收它。',
  '{n} takes {one~}, and not {other~}': '{n} 接收{one}，而不是{other}',
  'number {n}': '编号 {n}',
  'key {n}': 'key {n}',
  'no key': '不带 key 的',
  'no number': '不带编号的',
  '{n} is on port {p}, and not on {q}': '{n} 在端口 {p}，而不是 {q}',
  '{n} leads to {a}, and not to {b}': '{n} 通往 {a}，而不是 {b}',
  'there is none of the kind {k}': '没有 {k} 这种隧道',
  'Does {node~} translate the destination?': '{node} 转换目的地址吗？',
  'Yes, to {a*}.': '是，换成 {a}。',
  'Does {node~} translate the source?': '{node} 转换源地址吗？',
  'Perhaps: "{what*}".': '也许：“{what}”。',
  'Yes, {a} becomes {b}.': '是，{a} 变成 {b}。',
  'Does the packet come to an end?': '包能走到头吗？',
  'The packet goes round in a circle: {node~} has seen it before.': '包在兜圈子：{node} 见过它了。',
  'Compare the default routes of the nodes on the way: two of them point at each other.':
    '对照沿途各处的默认路由：有两处互相指着对方。',
  'Which address does {node~} send from?': '{node} 用哪个地址发送？',
  '{node~} has no address to send from.': '{node} 没有可用来发送的地址。',
  'Give {n} an address with the prefix of its network.': '给 {n} 一个地址，带上它网络的前缀。',
  'Does the packet fit through {n}?': '包能通过 {n} 吗？',
  'The packet of {b} bytes does not fit through {n} in {node~}, whose MTU is {mtu}, and it may not be cut into pieces.':
    '{b} 字节的包通不过{node}的 {n}（MTU {mtu}），而它又不许分片。',
  'Send less at once, or raise the MTU on every interface of the way.':
    '一次少发一些，或把沿途每个接口的 MTU 调大。',
  'Is {a} an address of {node~}?': '{a} 是 {node} 的地址吗？',
  'Yes, the packet is for this node.': '是，包就是给这里的。',
  "Is {a} {node~}'s own address?": '{a} 是 {node} 自己的地址吗？',
  "{a} is {node~}'s own address, and what a node sends to itself goes by lo, which is down.":
    '{a} 是 {node} 自己的地址，发给自己的包走 lo，而 lo 是关闭的。',
  'Bring lo up in {node~}; a new namespace starts with it down.':
    '在 {node} 里开启 lo；新命名空间里它是关闭的。',
  'Yes: it goes by lo and never leaves the node.': '是：走 lo，不会离开这里。',
  'Can the world beyond {n} of {node~} answer {a}?': '{node} 的 {n} 之外能应答 {a} 吗？',
  'It leaves with the source {a}, which is known there. What happens further on is out of our sight.':
    '它以外面认识的源地址 {a} 出去。再往后我们就看不见了。',
  'We cannot tell with which source it leaves.': '无法判断它以哪个源地址出去。',
  'The world outside does not know {a}: {node~} sends the packet out by {n} with that source, and nothing translates it, so no answer can come back.':
    '外面不认识 {a}：{node} 以这个源地址从 {n} 发出包，没有谁转换它，所以应答回不来。',
  'Let {node~} translate the source of what leaves by {n} to its own address (NAT, masquerade).':
    '让 {node} 把从 {n} 出去的包的源地址换成自己的（NAT，masquerade）。',
  'Does something listen on {proto} port {port} in {node~}?': '{node} 中有进程监听 {proto} 端口 {port} 吗？',
  'We could not read its sockets.': '无法读取它的套接字。',
  'Yes: {who*} on {a}.': '有：{who}，在 {a}。',
  '{node~} listens on {proto} port {port} only at {list*}, not at {a}.':
    '{node} 只在 {list} 监听 {proto} 端口 {port}，不在 {a}。',
  'Let the server listen on that address too, or on all ({a}).': '让服务也监听那个地址，或监听全部（{a}）。',
  'Nothing listens on {proto} port {port} in {node~}.': '{node} 中没有进程监听 {proto} 端口 {port}。',
  'Start the server there, or look whether it runs in another namespace or on another port.':
    '在那里启动服务，或看看它是不是在别的命名空间、别的端口。',
  'Does {node~} answer pings?': '{node} 应答 ping 吗？',
  '{node~} is told to ignore pings ({s} is 1).': '{node} 被设为不理会 ping（{s} 为 1）。',
  'Set it back to 0.': '把它改回 0。',
  'Is {a} in {node~}?': '{node} 中有 {a} 吗？',
  '{node~} does not have the address {a}.': '{node} 没有地址 {a}。',
  'Give it that address, or send from another.': '给它那个地址，或换一个地址发送。',
  '{node~} has no interface {n}.': '{node} 没有接口 {n}。',
  'Compare the name with the interfaces that are there.': '把名字与现有的接口对照。',
  'Which address does the name {n} have?': '名字 {n} 的地址是什么？',
  'None was found; the name server {a} is asked.': '没有查到；问的是名字服务器 {a}。',
  'None was found; which name server is asked could not be read.':
    '没有查到；也无法得知问的是哪个名字服务器。',
  'The name {n} cannot be resolved, because the name server {a} is not reached. {cause~}':
    '名字 {n} 无法解析，因为到不了名字服务器 {a}。{cause}',
  '{a} answers, and nothing on the way stops the packet.': '{a} 会应答，沿途没有什么拦住包。',
  'Look at the steps: one of these routes, interfaces or rules makes the answer possible.':
    '看看这些步骤：其中某条路由、某个接口或规则让应答成为可能。',
  'Nothing wrong was found in the interfaces, routes, neighbours and rules that we can see. The probe said: {said*}.':
    '我们能看到的接口、路由、邻居和规则都没有问题。探测的结果：{said}。',
  'Nothing wrong was found in the interfaces, routes, neighbours and rules that we can see.':
    '我们能看到的接口、路由、邻居和规则都没有问题。',
  'Look where we cannot: what lies outside of the observed hosts, or what has changed since. Trying again may tell.':
    '看看我们看不到的地方：被观察的主机之外，或之后的变化。再试一次也许就知道了。',
  'A refusal is expected: the kernel refuses where nothing listens, and so does a rule that rejects; a rule that drops lets the sender wait.':
    '这里期望的是被拒绝：没有程序监听时内核会拒绝，动作为 reject 的规则也会；动作为 drop 的规则只会让发送方一直等。',
  'Silence is expected: a rule that drops tells the sender nothing, while one that rejects does, and a closed port or a missing route too.':
    '这里期望的是没有任何回音：动作为 drop 的规则什么也不告诉发送方，而 reject 会告诉，没有监听的端口或缺少的路由也会。',
  'It is expected to fail, but with {reason}: what stops it now comes before what would, or takes its place.':
    '这里期望失败，但原因应是 {reason}：现在拦住它的东西先起了作用，或占了它的位置。',
  'Set it in the cell: a shell beside the lesson has variables of its own, and one that ended took its with it.':
    '在格里给它赋值：旁边打开的终端有自己的变量，结束了的 shell 带走了它的变量。',
  'Look at the command that was to fill it: what does it print by itself?':
    '看看本该给它赋值的命令：单独运行输出什么？',
  'Is such a rule in {place*}?': '{place} 里有这样的规则吗？',
  'Is it elsewhere?': '在别处吗？',
  'Such a rule stands in {place*}, not in {here*}.': '这样的规则在 {place}，不在 {here}。',
  'Each chain sees packets at one point of their way: choose the one that these packets pass.':
    '每条链只在路上的一处看到包：选这些包会经过的那条。',
  '{lead*} does not find its way back: {what~}': '{lead} 找不到回来的路：{what}',
  '{n} in {node}': '{node} 中的 {n}',
  '{n} in {ns} on {h}': '{h} 的 {ns} 中的 {n}',
  '{ns} on {h}': '{h} 的 {ns}',
};
