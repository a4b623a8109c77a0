/** 数据包走过的路：每一跳的文字、规则的决定、为什么停下。协议和命令的词（ARP、TTL、DROP、rp_filter）照写。 */
import type { Templates } from './translate.ts';

export const trace: Templates = {
  'between the hosts': '主机之间',
  'the namespace of {p*}': '{p} 的命名空间',
  // 一跳
  out: '发出',
  in: '收到',
  translated: '地址转换',
  end: '结果',
  'it is on its way': '正在路上',
  'source {a} ⇒ {b}': '源 {a} ⇒ {b}',
  'destination {a} ⇒ {b}': '目的 {a} ⇒ {b}',
  'source {a} ⇒ {b}, destination {c} ⇒ {d}': '源 {a} ⇒ {b}，目的 {c} ⇒ {d}',
  'in {t*}, {a} → {b}': '装在 {t} 里，{a} → {b}',
  'in {t} {a} → {b}': '装进 {t}，{a} → {b}',
  'out of {t*}': '从 {t} 里取出',
  'policy of {c*}: {v}': '{c} 的策略：{v}',
  '{c*}: rule {n} → {v*}': '{c}：第 {n} 号规则 → {v}',
  'the same way as before, {a*} to {b*}': '与前面走同一条路，{a} 到 {b}',
  '... {n} steps more': '……还有 {n} 步',
  // 结果
  'dropped in {node~} at {hook} by {by~}': '在 {node} 的 {hook} 被丢弃：{by}',
  'refused in {node~} at {hook} by {by~}': '在 {node} 的 {hook} 被拒绝：{by}',
  'dropped in {node~} at a hook by {by~}': '在 {node} 被丢弃：{by}',
  'refused in {node~} at a hook by {by~}': '在 {node} 被拒绝：{by}',
  'the policy of the chain {c*}': '链 {c} 的策略',
  'a rule of the chain {c*}': '链 {c} 的一条规则',
  'the rule "{r*}" ({c*})': '规则“{r}”（{c}）',
  'arrived in {node~}, which sends: {what~}': '到达 {node}，它发出：{what}',
  'arrived in {node~}': '到达 {node}',
  '{node~} says: {what~}, in the name of {a}': '{node} 以 {a} 的名义回答：{what}',
  'kept in {node~}: nobody answers its question who has {a}': '留在 {node} 里：没有谁应答它问的“谁有 {a}”',
  'nobody says that {a} is there': '没有谁说 {a} 在那里',
  'told to {node~}': '告诉了 {node}',
  'dropped in {node~}: {why~}': '在 {node} 被丢弃：{why}',
  'last seen coming in on {n} in {node~}, for the MAC of another: it was not taken further':
    '最后在 {node} 的 {n} 收到，目的 MAC 是别人的：没有再往前走',
  'left by {n} in {node~} and was seen nowhere after': '从 {node} 的 {n} 发出，之后哪里都没有看到',
  'made in {node~}, and seen on no interface': '在 {node} 里产生，任何接口上都没有看到',
  'last seen in {node~}: no rule, no counter and no message says what became of it':
    '最后在 {node} 看到：没有规则、计数器或消息说明它后来怎样了',
  // 计数器
  '{w~} ({n} has risen by {k})': '{w}（{n} 增加了 {k}）',
  'rp_filter: the way back to its source is not by the interface that it came in by':
    'rp_filter：回到源地址的路不走它进来的接口',
  'the address is not its own, and it does not forward there': '地址不是自己的，而它又不转发到那里',
  'its header was refused: the TTL had run out, or it is malformed': '头部不被接受：TTL 用尽，或格式不对',
  'no route leads there': '没有通往那里的路由',
  'nobody takes this protocol': '没有谁处理这种协议',
  'it was discarded on arrival': '到达时被丢弃',
  'it was discarded as it was to leave': '要发出时被丢弃',
  'it did not fit, and may not be cut into pieces': '太大放不下，又不许分片',
  'its pieces did not come together': '分片没有凑齐',
  'the ICMP message was refused': 'ICMP 消息不被接受',
  'the segment was refused': 'TCP 段不被接受',
  'no socket listens on that port': '没有套接字监听那个端口',
  'the datagram was refused': 'UDP 数据报不被接受',
  'the queue of the listener is full': '监听者的队列满了',
  'a signature was missing': '缺少签名',
  // 其余
  '{n} frames of others were seen too.': '还看到了 {n} 个别的帧。',
  '1 frame of others was seen too.': '还看到了 1 个别的帧。',
  'Not seen: {what~}': '没有看到的：{what}',
  'It said: {w*}': '它说：{w}',
  'Nothing of {c} was seen on any interface, nor by any rule.': '任何接口、任何规则都没有看到 {c} 的包。',
  '{node~}: the decisions of its packet filter could not be watched ({why*}).':
    '{node}：看不到它的包过滤所做的决定（{why}）。',
  '{node~}: iptables-legacy holds tables ({t*}), whose decisions the kernel does not tell.':
    '{node}：iptables-legacy 里有表（{t}），内核不说出它们的决定。',
  'The trace was cut short: {why*}.': '跟踪提前结束：{why}。',
  '{node~}: its interfaces could not be watched ({why*}).': '{node}：看不到它的接口（{why}）。',
  '{node~}: more frames came than could be kept.': '{node}：帧太多，没有全部留下。',
  '{node~}: more decisions came than could be kept.': '{node}：决定太多，没有全部留下。',
  'The machines have clocks of their own: they were set against one another by the packets that several have seen.':
    '各台机器有自己的时钟：按几台都看到的包把它们对准了。',
  // 说明原因时再发一个包
  'What does a traced packet show?': '跟踪一个包看到了什么？',
  'A traced packet ({p*}) was {what~}.': '跟踪的一个包（{p}）{what}。',
  'A traced packet waits for its neighbour: {what~}.': '跟踪的一个包在等邻居的应答：{what}。',
  '{cause~} A traced packet was {what~}.': '{cause}跟踪的一个包{what}。',
  'It was {what~}.': '它{what}。',
  'Look at {node~}: there it ended.': '看看 {node}：它停在那里。',
  'Compare the address that is asked for with those that are there.': '把被询问的地址与那里现有的地址对照。',
  'Nothing was sent that an interface or a rule has seen.': '没有发出任何接口或规则看到的东西。',
  'This time it was answered: what was wrong has passed, or comes and goes.':
    '这一次有应答：问题已经过去，或时有时无。',
};
