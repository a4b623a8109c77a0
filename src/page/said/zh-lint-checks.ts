/** 检查项、匹配式与拓扑写得不对时的话。 */
import type { Templates } from './translate.ts';

export const lintChecks: Templates = {
  // 检查项
  'An `.expect` block without an entry asserts nothing.': '没有检查项的 `.expect` 块什么也没检查。',
  'write `- ping: 10.0.0.12`, or take the block away': '写 `- ping: 10.0.0.12`，或删掉这个块',
  'An `.expect` block is a list.': '`.expect` 块是一个列表。',
  'write `kind: value`, as in `ping: 10.0.0.12`': '写成 `种类: 值`，如 `ping: 10.0.0.12`',
  'An entry is a map of fields, the kind of check first.': '一个检查项是由字段组成的映射，最前面是它的种类。',
  'The name of a field is a word.': '字段名是一个词。',
  'put {key} before it: the first key names the kind': '把 {key} 放到它前面：第一个键说明种类',
  'the kinds are: {list*}': '种类有：{list}',
  '{name*} is no kind of check.': '{name} 不是检查项的种类。',
  '`id` must be a text that begins with a letter.': '`id` 应为以字母开头的文字。',
  'Another check is called {id*}.': '另一个检查项也叫 {id}。',
  'A `quiet` check needs `says`: its own words would give away what is expected.':
    '`quiet` 检查项需要 `says`：它自动生成的话会泄露所期望的。',
  'This is no duration.': '这不是时长。',
  'This cannot be the name of a network namespace.': '网络命名空间不能叫这个名字。',
  'Points cannot be less than none.': '分数不能小于零。',
  'So many points are an accident.': '这么多分，多半是写错了。',
  'An id is made of letters, digits, `-`, `_`, `.` and `:`.': 'id 由字母、数字、`-`、`_`、`.` 和 `:` 组成。',
  'Words without a letter.': '没有文字。',
  'A key is a map from cells to lists of checks.': '隐藏检查项文件是从各格到检查项列表的映射。',
  'write `CELL:` and below it `- ping: 10.0.0.12`': '写 `格的 id:`，下面写 `- ping: 10.0.0.12`',
  'the cells are: {list*}': '格有：{list}',
  'The lesson has no cell {name*}.': '这一课没有叫 {name} 的格。',
  '{name} holds a list of checks.': '{name} 下面应为检查项的列表。',
  // 匹配式
  'This must be a text.': '这里应为文字。',
  'An empty text names nothing.': '空文字什么也没指明。',
  'This is no IPv4 or IPv6 address.': '这不是 IPv4 或 IPv6 地址。',
  '`absent` is `true`, or is left away.': '`absent` 写 `true`，或不写。',
  'This regular expression is wrong: {why*}.': '这个正则表达式有错：{why}。',
  'An empty matcher asserts nothing.': '空的匹配式什么也没检查。',
  'A pattern is a text, in quotation marks.': '模式是引号里的文字。',
  '{what~} An empty pattern matches every text.': '{what}空模式匹配任何文字。',
  'A list is expected here.': '这里应为列表。',
  'A bound is a number.': '界限是一个数。',
  '`flags` belongs to `matches` and knows i, m, s and u.': '`flags` 和 `matches` 一起用，只有 i、m、s、u。',
  'A path into JSON starts with `$`.': 'JSON 里的路径以 `$` 开头。',
  '`json` names a place; `is` says what is expected there.': '`json` 指明位置；`is` 说明那里应当是什么。',
  '`is` belongs to `json`.': '`is` 和 `json` 一起用。',
  'A matcher knows no {key*}.': '匹配式没有 {key}。',
  'This is not a number.': '这不是数。',
  // 各种类的检查项
  'A list of VLAN ids is expected.': '这里应为 VLAN 编号的列表。',
  'An empty list asserts nothing.': '空列表什么也没检查。',
  'A map from a port to its VLAN ids is expected.': '这里应为从端口到它的 VLAN 编号的映射。',
  'An empty `vlan` asserts nothing.': '空的 `vlan` 什么也没检查。',
  'A path begins with `/`; what the cell printed is `output`.': '路径以 `/` 开头；这一格的输出写 `output`。',
  'A container that is not there has no {field*}.': '不存在的容器没有 {field}。',
  'A container that does not run is in no network namespace.': '没有运行的容器不在任何网络命名空间里。',
  'This is no http or https URL.': '这不是 http 或 https 的 URL。',
  'No header is named, so nothing would be compared.': '没有指明头部，也就没有可比较的。',
  'A method is written in capital letters: {such*}.': '方法用大写字母写：{such}。',
  'A request that fails has no status, body or headers: give `fails`, or the others.':
    '失败的请求没有状态、正文和头部：写 `fails`，或写那些。',
  'A question that is not answered has no answer and no status: give `fails`, or the others.':
    '没有应答的查询没有答案，也没有状态：写 `fails`，或写那些。',
  'A server that says {status} gives no answer.': '回答 {status} 的服务器不给出答案。',
  'The name of a variable has letters, digits and `_`, and no dollar.':
    '变量名由字母、数字和 `_` 组成，不带美元符号。',
  'A variable that is unset has no `value`.': '没有设置的变量没有 `value`。',
  'A path begins with `/`.': '路径以 `/` 开头。',
  'A path that is not there has no {field*}.': '不存在的路径没有 {field}。',
  'An empty `rule` asserts nothing.': '空的 `rule` 什么也没检查。',
  'Empty `counters` assert nothing.': '空的 `counters` 什么也没检查。',
  'A policy is a chain’s: name the `chain`.': '策略属于链：写明 `chain`。',
  '`counters` are those of a rule: say which `rule`.': '`counters` 是规则的计数：写明是哪条 `rule`。',
  'A rule that is not there counts nothing.': '不存在的规则没有计数。',
  'A chain that is not there has no policy.': '不存在的链没有策略。',
  'The name of the other end is expected, or {name: ..., in: ...}.':
    '这里应为另一端的名字，或 {name: ..., in: ...}。',
  'An interface that is not there has no {field*}.': '不存在的接口没有 {field}。',
  'An empty `peer` asserts nothing.': '空的 `peer` 什么也没检查。',
  'Write the address with its prefix length: {such*}.': '地址要带上前缀长度：{such}。',
  'A port is expected: 80, tcp:80, udp:53 or tcp:127.0.0.1:80.':
    '这里应为端口：80、tcp:80、udp:53 或 tcp:127.0.0.1:80。',
  'A namespace that is not there has no id.': '不存在的命名空间没有 id。',
  'Nothing is said of the way: give `through`, `back`, `avoids`, `translated` or `dropped`. Whether it is reached, `ping`, `tcp` and `curl` ask.':
    '没有说明走哪条路：写 `through`、`back`、`avoids`、`translated` 或 `dropped`。能否到达，用 `ping`、`tcp` 和 `curl` 检查。',
  '`...` alone fits any way: name an interface.': '只写 `...` 就什么路都符合：写明一个接口。',
  'A packet that is dropped is not answered: give one of the two.': '被丢弃的包没有应答：两者只写一个。',
  'A packet that is dropped has no answer that comes back.': '被丢弃的包没有返回的应答。',
  '`protocol` belongs to `ADDRESS:PORT`.': '`protocol` 和 `地址:端口` 一起用。',
  'This URL cannot be read.': '这个 URL 读不懂。',
  'An interface is written `eth0`, `eth0 in client1`, `eth0 on node01`, or `...` for any number of them.':
    '接口写成 `eth0`、`eth0 in client1`、`eth0 on node01`；任意多个写 `...`。',
  'No interface is named, so nothing would be compared.': '没有指明接口，也就没有可比较的。',
  'Give `source` or `destination`: the address that is translated, as it was.':
    '写 `source` 或 `destination`：被转换的地址，转换前的样子。',
  'A ping that fails has no loss, ttl or rtt to compare: give `fails`, or the others.':
    '失败的 ping 没有可比较的 loss、ttl 和 rtt：写 `fails`，或写那些。',
  '`absent` and `count` exclude one another; `count: 0` says the same.':
    '`absent` 和 `count` 不能同时写；`count: 0` 是一个意思。',
  'A destination is `default`, a prefix such as 10.0.0.0/24, or an address.':
    '目的地写 `default`、像 10.0.0.0/24 的前缀，或地址。',
  '{field} is of use only with `get: true`.': '{field} 只有和 `get: true` 一起才有用。',
  'With `get` an address is asked for, not a prefix.': '写了 `get` 就要写地址，而不是前缀。',
  '{field} is of use only without `get`: the kernel does not say it of its choice.':
    '{field} 只有不写 `get` 时才有用：内核选路时不说它。',
  'Where no way is found there is no `via`, `dev`, `src` or `type`.':
    '找不到路时，就没有 `via`、`dev`、`src` 和 `type`。',
  'The name of a setting has dots, not slashes.': '设置的名字用点，不用斜杠。',
  'A connection that fails has no banner: give one of the two.': '失败的连接没有 banner：两者只写一个。',
  'A hop is an address, `*` for one that keeps silent, or `...` for any number of hops.':
    '一跳写成地址；不应答的写 `*`；任意多跳写 `...`。',
  'No hop is named, so nothing would be compared.': '没有指明任何一跳，也就没有可比较的。',
  '`...` alone fits any way: name a hop, or say `reached`.':
    '只写 `...` 就什么路都符合：写明一跳，或写 `reached`。',
  'A datagram that is not answered has no answer: give `fails` or `answer`.':
    '没有应答的数据报没有答案：写 `fails` 或 `answer`。',
  // 拓扑
  'A `.topology` block is a map.': '`.topology` 块是一个映射。',
  'begin with `namespaces:`, `host:` or `cables:`; of several hosts with `hosts:`':
    '以 `namespaces:`、`host:` 或 `cables:` 开头；有几台主机时以 `hosts:` 开头',
  'The name of an interface has up to 15 letters, digits, `.`, `_` or `-`.':
    '接口名最多 15 个字符，由字母、数字、`.`、`_` 或 `-` 组成。',
  'An address with its prefix is expected: {such*}.': '这里应为带前缀的地址：{such}。',
  'A route is written as for `ip route add`: {such*}.': '路由的写法和 `ip route add` 一样：{such}。',
  'A MAC is six bytes: {such*}.': 'MAC 地址是六个字节：{such}。',
  'A cable has two ends: `veth1 -- eth0 in client1`; an end without `in` is the host’s own.':
    '网线有两端：`veth1 -- eth0 in client1`；不写 `in` 的一端在主机自己身上。',
  'This cannot be the name of a namespace.': '命名空间不能叫这个名字。',
  'There is no namespace {name*} here.': '这里没有命名空间 {name}。',
  'declare it: {name} under {where}': '在 {where} 下声明它：{name}',
  '{where~} has an interface {name} already.': '{where}已经有接口 {name}。',
  '{where~} has no interface {name}.': '{where}没有接口 {name}。',
  'the host': '主机',
  'a cable or a bridge makes it': '要由网线或网桥生成',
  '{port} is a port of {bridge} already.': '{port} 已经是 {bridge} 的端口。',
  '{where~} does not reach the next hop of {route*} by any of its addresses.':
    '{where}的地址都到不了 {route} 的下一跳。',
  'A cable between hosts says where both ends are: {such*}.': '主机之间的网线要写明两端在哪里：{such}。',
  'This cannot be the name of a host.': '主机不能叫这个名字。',
  'There is no host {name*} here.': '这里没有主机 {name}。',
  'Both ends are on {host*}.': '两端都在 {host} 上。',
  'write it among the cables of {host}, without `on`': '写进 {host} 的网线里，不带 `on`',
};
