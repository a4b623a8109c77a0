/** 说明原因的句子：沿途的问题与回答，第一个出错的地方，可以试什么。 */
import type { Templates } from './translate.ts';

export const explain: Templates = {
  'Yes.': '是。',
  'No.': '否。',
  // 接口与载波
  'Is there a namespace {n} on {h}?': '{h} 上有命名空间 {n} 吗？',
  'Is there a namespace {n}?': '有命名空间 {n} 吗？',
  'Make the namespace {n} first; list those that exist to compare the spelling.':
    '先建立命名空间 {n}；列出现有的，对照一下拼写。',
  '`ip netns list` shows those that are there; `ip netns add` makes one.':
    '`ip netns list` 列出现有的；`ip netns add` 建立一个。',
  'Is {a} in the namespace {ns}?': '命名空间 {ns} 中有 {a} 吗？',
  'Is {a} in the namespace of {h} itself?': '{h} 自身的命名空间中有 {a} 吗？',
  'Is it in another namespace?': '它在别的命名空间里吗？',
  'No: it is in no namespace that has a name.': '没有：有名字的命名空间里都没有它。',
  'There is no interface {n}.': '没有接口 {n}。',
  'Make it first; `ip link add` makes interfaces, a veth always as a pair.':
    '先建立它；`ip link add` 建立接口，veth 总是成对出现。',
  'Yes, in {place~}.': '是，在{place}。',
  '{n} exists, but in {place~}.': '{n} 存在，但在{place}。',
  'the namespace {ns}': '命名空间 {ns}',
  'the namespace of {h} itself': '{h} 自身的命名空间',
  'An interface is in one namespace at a time; `ip link set ... netns` moves it.':
    '一个接口同一时间只在一个命名空间里；`ip link set ... netns` 移动它。',
  'Is {n} up?': '{n} 开启了吗？',
  'Is {n} in {node~} up?': '{node}的 {n} 开启了吗？',
  'No: it is DOWN.': '没有：它是 DOWN。',
  '{n} is DOWN.': '{n} 是 DOWN。',
  '{n} is UP.': '{n} 是 UP。',
  'A new interface is down until it is set up with `ip link set`.':
    '新接口是关闭的，要用 `ip link set` 开启。',
  'Has {n} a carrier?': '{n} 有载波吗？',
  'Yes: LOWER_UP.': '有：LOWER_UP。',
  '{n} has no carrier.': '{n} 没有载波。',
  'Is its other end up?': '它的另一端开启了吗？',
  '{n} in {ns~} is UP.': '{ns}的 {n} 是 UP。',
  '{n} in {ns~} is DOWN.': '{ns}的 {n} 是 DOWN。',
  'The other end of the cable, {n} in {ns~}, is DOWN, so there is no carrier.':
    '线缆的另一端，{ns}的 {n}，是 DOWN，所以没有载波。',
  'A cable carries only when both of its ends are up.': '线缆两端都开启才有载波。',
  '{n} has no address.': '{n} 没有地址。',
  '{n} has no address but the link-local one that the kernel has given it.':
    '{n} 没有地址，只有内核自己给它的链路本地地址。',
  '`ip addr add` gives one; moving an interface to another namespace takes its addresses away.':
    '`ip addr add` 添加地址；把接口移到别的命名空间会丢掉它的地址。',
  'Which addresses has it?': '它有哪些地址？',
  'The interface {n} in {node~} is down.': '{node}的接口 {n} 是关闭的。',
  'Bring {n} up; a new interface starts down.': '开启 {n}；新接口一开始是关闭的。',
  'Bring {n} up.': '开启 {n}。',
  'Yes, and it has a carrier.': '是，而且有载波。',
  'The interface {n} in {node~} has no carrier: the other end of its cable, {peer~}, is down.':
    '{node}的接口 {n} 没有载波：线缆的另一端 {peer} 是关闭的。',
  'Bring the other end, {n}, up too: a cable carries only when both ends are up.':
    '把另一端 {n} 也开启：两端都开启，线缆才有载波。',
  'The bridge {n} in {node~} has no carrier: it has no ports.': '{node}的网桥 {n} 没有载波：它没有端口。',
  'The bridge {n} in {node~} has no carrier: none of its ports is up at both ends.':
    '{node}的网桥 {n} 没有载波：没有一个端口两端都开启。',
  'Look at the ports of {n}: a bridge has a carrier as soon as one of its ports has.':
    '看看 {n} 的端口：只要有一个端口有载波，网桥就有载波。',
  'The interface {n} in {node~} is up but has no carrier (no LOWER_UP).':
    '{node}的接口 {n} 已开启，但没有载波（没有 LOWER_UP）。',
  'Look at what {n} is plugged into.': '看看 {n} 接到了什么上。',
  // 下一跳
  '{a} on {n} in {node~}': '{node} 中 {n} 上的 {a}',
  'Who answers ARP for {a} on {port~}?': '在 {port} 上，谁替 {a} 应答 ARP？',
  'Who answers neighbour discovery for {a} on {port~}?': '在 {port} 上，谁应答 {a} 的邻居发现？',
  '{node~}, by its {n}.': '{node}，用它的 {n}。',
  'Something outside of what we can see ({states*}).': '我们看不见的某处（{states}）。',
  'Whoever it is, it is outside of what we can see.': '不管是谁，都在我们看不见的地方。',
  '{a} belongs to {place~}, and that interface is down.': '{a} 属于 {place}，而那个接口是关闭的。',
  '{a} belongs to {place~}, which is not on the same cable or bridge as {port~}: ARP does not cross from one to the other.':
    '{a} 属于 {place}，它与 {port} 不在同一根线缆或网桥上：ARP 过不去。',
  'Join the two by one bridge, or send the packet to a router that knows both.':
    '用一个网桥把两者连起来，或把包交给认识两边的路由器。',
  'Nobody answers for {a}: {fault~}.': '没有谁替 {a} 应答：{fault}。',
  'Bring up what is down on the way: the ports, the bridge, both ends of every cable.':
    '把沿途关闭的都开启：端口、网桥、每根线缆的两端。',
  'Nobody that {port~} reaches has the address {a}; what is there is {list,}.':
    '{port} 能到达的各方都没有地址 {a}；那里有的是 {list}。',
  'Nobody that {port~} reaches has the address {a}.': '{port} 能到达的各方都没有地址 {a}。',
  'Compare {a} with the addresses on the other side: is one missing, or mistyped?':
    '把 {a} 与对面的地址对照：是不是少了一个，或写错了？',
  '{port~}, the other end of {other~}, is not a port of a bridge.':
    '{other} 的另一端 {port} 不是网桥的端口。',
  'Make {n} a port of {bridge}, so that what comes out of the cable goes on.':
    '把 {n} 设为 {bridge} 的端口，线缆里出来的包才能继续走。',
  '{n} in {node~} is down': '{node}的 {n} 是关闭的',
  '{n}, a port of {bridge}, is down': '{bridge} 的端口 {n} 是关闭的',
  'the bridge {n} in {node~} is down': '{node}的网桥 {n} 是关闭的',
  // 路由
  'Which route does {node~} take to {a}?': '{node} 走哪条路由到 {a}？',
  'The routes of {node~} could not be read.': '无法读取 {node} 的路由。',
  'The route "{r*}" of {node~} drops without a word.': '{node} 的路由“{r}”会悄悄丢弃。',
  'The route "{r*}" of {node~} answers "No route to host".': '{node} 的路由“{r}”回答 “No route to host”。',
  'Take that route away, or make one with a longer prefix.': '删掉那条路由，或加一条前缀更长的。',
  '"{r*}": its interface was not seen.': '“{r}”：没有看到它的接口。',
  'The answer does not find its way back: {what~}': '应答找不到回来的路：{what}',
  'The interface {n} in {node~}, whose network holds {a}, is down, so its route is gone, and "{r*}" is taken in its place.':
    '{node}的接口 {n} 所在的网络包含 {a}，但它是关闭的，所以路由没有了，改走了“{r}”。',
  'The interface {n} in {node~}, whose network holds {a}, is down, so its route is gone.':
    '{node}的接口 {n} 所在的网络包含 {a}，但它是关闭的，所以路由没有了。',
  'Bring {n} up: the kernel keeps the route of an address only while its interface is up.':
    '开启 {n}：只有接口开启时，内核才保留它地址的路由。',
  'The interface {n} in {node~} is down, and its IPv6 addresses and routes are gone with it: there is none to {a}.':
    '{node}的接口 {n} 是关闭的，它的 IPv6 地址和路由也随之没有了：没有到 {a} 的路由。',
  'Bring {n} up, and give it its addresses and routes again: of IPv6 the kernel keeps none of them.':
    '开启 {n}，再重新设它的地址和路由：IPv6 的这些，内核一样也不保留。',
  '{node~} has no address on any interface, so it has no route to {a} ("Network is unreachable").':
    '{node} 的接口上没有任何地址，所以没有到 {a} 的路由（“Network is unreachable”）。',
  'Give the interface of {node~} an address with the prefix of its network.':
    '给 {node} 的接口一个地址，带上它网络的前缀。',
  '{node~} has no route to {a}, and none by default: the prefix of {p} on {n} does not hold {b} ({port~}), so that it cannot be a next hop.':
    '{node} 没有到 {a} 的路由，也没有默认路由：{n} 上 {p} 的前缀不包含 {b}（{port}），所以它不能当下一跳。',
  'Compare the prefix lengths of both ends: a gateway must be within the prefix of an address of ours. Then look at the routes again.':
    '对照两端的前缀长度：网关必须在自己某个地址的前缀之内。然后再看路由。',
  '{node~} has no route to {a}: the prefix of {p} on {n} does not hold it.':
    '{node} 没有到 {a} 的路由：{n} 上 {p} 的前缀不包含它。',
  'Compare the prefix lengths of both ends: an address alone says nothing about its neighbours, the prefix does.':
    '对照两端的前缀长度：单有地址说明不了谁是邻居，前缀才能。',
  '{node~} has no route to {a} and no default route ("Network is unreachable").':
    '{node} 没有到 {a} 的路由，也没有默认路由（“Network is unreachable”）。',
  'Give {node~} a route: to the network of {a}, or a default route, by a next hop that it reaches directly.':
    '给 {node} 一条路由：到 {a} 所在的网络，或一条默认路由，下一跳要是它能直接到达的。',
  'Is {n} there and up?': '{n} 在并且开启了吗？',
  'It is not there.': '它不在。',
  'There is no interface {n} here.': '这里没有接口 {n}。',
  'It is DOWN.': '它是 DOWN。',
  '{n} is DOWN: when an interface goes down, its routes are gone.':
    '{n} 是 DOWN：接口一关闭，它的路由就没有了。',
  'Is the gateway {a} in a network that this namespace is part of?':
    '网关 {a} 在这个命名空间所属的网络里吗？',
  'Yes: {p} on {n}.': '是：{n} 上的 {p}。',
  '{p} is on {n}, which is DOWN.': '{p} 在 {n} 上，而它是 DOWN。',
  '{n}, which leads to the gateway, is DOWN.': '通往网关的 {n} 是 DOWN。',
  'No address here is in one network with the gateway {a}.': '这里没有地址与网关 {a} 在同一个网络。',
  'The kernel takes a route only by an interface that is up, over a gateway that is a neighbour.':
    '内核只接受这样的路由：接口已开启，网关是邻居。',
  'No interface but lo is up here.': '这里除了 lo 没有开启的接口。',
  'An address on an interface that is up brings the route to its own network with it.':
    '开启的接口有了地址，就自带到它自己网络的路由。',
  'Is an interface up?': '有接口开启了吗？',
  'Only lo could be.': '只有 lo 可能是。',
  'Interface and gateway are as they should be; the way that the kernel takes is another.':
    '接口和网关都没问题；内核走的是另一条路。',
  'A route to there is set, but another: {line*}.': '那里已有路由，但是另一条：{line}。',
  '`ip route replace` puts another in its place; two may stand beside one another with different metrics.':
    '`ip route replace` 可以换掉它；metric 不同的两条可以并存。',
  'There is no default route here.': '这里没有默认路由。',
  'There is no route to {to} here.': '这里没有到 {to} 的路由。',
  '`ip route add` makes one: where to, `via` which gateway, `dev` by which interface.':
    '`ip route add` 可以添加：到哪里，`via` 哪个网关，`dev` 哪个接口。',
  'Compare `ip route` with what is expected, field by field.': '把 `ip route` 与期望逐项对照。',
};
