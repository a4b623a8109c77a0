/** 命令在做事时说的话：做了什么，写到了哪里，接下来可以怎么做。 */
import type { Templates } from './translate.ts';

export const told: Templates = {
  // 改动用完不丢弃的机器之前
  'Go on? [y/N]': '继续吗？[y/N]',
  'Nothing was changed.': '什么也没有改动。',
  'Not as it was before:': '和之前不一样的：',
  'The cells of a lesson run as root on:': '课里的格将以 root 身份运行在：',
  'They change the network of these machines: interfaces, addresses, routes,':
    '它们会改动这些机器的网络：接口、地址、路由、',
  'firewall, settings, containers. At the end it is put back to how it was, and':
    '防火墙、设置、容器。结束时网络会恢复原样，',
  "whatever appeared meanwhile is taken away, also what was not the lesson's.":
    '期间出现的一切都会被清除，包括不属于这一课的。',
  'Files that a cell writes lie in memory and go. A kernel module that was loaded':
    '格写的文件只在内存里，随后消失。加载过的内核模块',
  'stays, and what cannot be put back is said.': '会留下；不能恢复的会告诉你。',
  'The cells run as root on:': '格将以 root 身份运行在：',
  // doctor
  ok: '正常',
  limited: '受限',
  no: '不行',
  ids: '用户编号',
  memory: '内存',
  'root file system': '根文件系统',
  'sandbox {name}': '沙盒 {name}',
  'kernel {name}': '内核 {name}',
  "you are root; inside is ids {n} and up, never the machine's root":
    '你是 root；沙盒里用的是编号 {n} 及以上，绝不是这台机器的 root',
  'a full map ({range} of /etc/subuid)': '完整的映射（/etc/subuid 里的 {range}）',
  'one id: files inside can belong to root alone': '只有一个编号：里面的文件只能属于 root',
  'For a full map: {how*}': '要完整的映射：{how}',
  'a cgroup (version {n}) of its own holds a sandbox': '沙盒有自己的控制组（第 {n} 版）来限制',
  'no cgroup was given to you: a look every {time*} ends the largest process of a sandbox that is over its limit':
    '没有分给你控制组：每 {time} 看一次，沙盒超出上限就结束其中最大的进程',
  'not made yet': '还没有建立',
  "none: this machine's own tools are used, read-only": '没有：使用这台机器自己的工具，只读',
  'Set WIREBOOK_IMAGE to an archive made with `wirebook sandbox image`.':
    '把 WIREBOOK_IMAGE 设为用 `wirebook sandbox image` 做出的归档。',
  'A sandbox was made and ended.': '建立过一个沙盒，并已结束它。',
  'The root file system is not made yet.': '根文件系统还没有建立。',
  'not here: {what~}; lessons that need it skip those cells': '这里没有：{what}；需要它的课会跳过那些格',
  'cables between namespaces': '命名空间之间的网线',
  bridges: '网桥',
  'network address translation': '网络地址转换',
  'bridged packets can pass the FORWARD chain': '经过网桥的包可以走 FORWARD 链',
  'connection tracking': '连接跟踪',
  'VXLAN tunnels': 'VXLAN 隧道',
  'macvlan interfaces': 'macvlan 接口',
  'ipvlan interfaces': 'ipvlan 接口',
  '802.1Q tags': '802.1Q 标签',
  'bridges that keep VLANs apart': '能隔开 VLAN 的网桥',
  'routing domains of their own': '各自独立的路由域',
  'interfaces that lead nowhere': '哪里也不通向的接口',
  'IP in IP tunnels': 'IP in IP 隧道',
  'delay and loss on an interface': '接口上的延迟和丢包',
  'a container engine with the command `docker`': '命令是 `docker` 的容器引擎',
  'Use a sandbox with a root file system of its own (`wirebook sandbox prepare`), or start Docker there.':
    '用有自己根文件系统的沙盒（`wirebook sandbox prepare`），或在那里启动 Docker。',
  'the CNI plugins bridge and host-local in /usr/lib/cni': '/usr/lib/cni 里的 CNI 插件 bridge 和 host-local',
  'WireGuard tunnels': 'WireGuard 隧道',
  'GRE tunnels': 'GRE 隧道',
  'A kernel with {option} has it.': '带有 {option} 的内核才有。',
  '{engine} {version} answers; the image is not made yet.': '{engine} {version} 可用；镜像还没有做好。',
  '{engine} {version}: a sandbox was made and ended.': '{engine} {version}：建立过一个沙盒，并已结束它。',
  'An agent ran on {list*}.': '在 {list} 上运行过代理程序。',
  '{version*} with {provider}; {parts,}.': '{version}，用 {provider}；{parts}。',
  '{version*} with {provider}; {parts,}. No box is here yet: it is downloaded once.':
    '{version}，用 {provider}；{parts}。这里还没有 box：会下载一次。',
  '{name} is running': '{name} 正在运行',
  '{name} is not made yet': '{name} 还没有建立',
  '{name} is switched off': '{name} 已关闭',
  // sandbox
  'The machines are up: {list*}.': '机器已启动：{list}。',
  'A lesson on them: {how*}': '在上面做一课：{how}',
  'Switch them off: {how*}': '关掉它们：{how}',
  '{name} is up: {list*}': '{name} 已启动：{list}',
  'Enter it: {how*}': '进入它：{how}',
  'End it: {how*}': '结束它：{how}',
  'No sandbox is up. Make one: {how*}': '没有启动的沙盒。建立一个：{how}',
  'since {time}': '自 {time}',
  'A shell in {where*}. exit, or Ctrl-] at any time, leaves it.':
    '{where} 里的终端。用 exit，或随时按 Ctrl-] 离开。',
  'the command ended with status {n}': '命令结束，状态码 {n}',
  '{name} is as new.': '{name} 已恢复如新。',
  'The machines are off.': '机器已关闭。',
  '{name} is gone.': '{name} 已拆除。',
  '{file*} is written. On a machine without apt: {how*}': '{file} 已写好。在没有 apt 的机器上：{how}',
  // 编写课
  'Wrote {file*}. What now:': '已写入 {file}。接下来：',
  'Wrote {file*}. Try it: {how*}': '已写入 {file}。试试：{how}',
  'Wrote {file*}, the words of {original*} as they are. What now:':
    '已写入 {file}，话还是 {original} 的原文。接下来：',
  'put them into the other language: prose, hints, quizzes, comments in tasks, the words of the checks':
    '译成另一种语言：正文、提示、小测、任务里的注释、检查项的话',
  'the notebook, anew at each save': '在笔记里看，每次保存都重新读取',
  'proposes checks from what cells change': '按各格改动了什么来提议检查项',
  'tries each check before and after its cell': '在每格之前和之后各试一遍检查项',
  'its cells are those of the original': '它的格和原文一样',
  'the notebook on it, anew whenever you save': '在笔记里看它，每次保存都重新读取',
  '{n} of {all}: {cell*}': '第 {n} 格，共 {all} 格：{cell}',
  '{file*} was left as it is: mend the cells that failed first.': '没有动 {file}：先把失败的格修好。',
  '{file*} was left as it is: no cell without checks has changed anything.':
    '没有动 {file}：没有检查项的格都没有改动什么。',
  '{file*}: {n} checks after {cells} cells. Now: {how*}':
    '{file}：在 {cells} 格后面写了 {n} 项检查。接下来：{how}',
  'not understood': '没看懂',
  'to be looked at': '需要看一看',
  '{lesson} is told as it was written, in {language}: not in {lang}.':
    '{lesson} 按它写成的语言 {language} 导出：没有 {lang} 的。',
  '{lesson} has not been walked yet: exported without outputs. With --run it runs first.':
    '{lesson} 还没有做过：导出时没有输出。加 --run 会先运行它。',
  'The lesson has changed since: {cells*} are told as not run.': '这一课后来改动过：{cells} 当作没有运行。',
  // 评分
  'Results are kept in {folder*}': '成绩保存在 {folder}',
  'Every lost point in full: {how*}': '每一处失分的细节：{how}',
  'Judged again: {list*}': '重新判定：{list}',
  'No check has changed.': '没有检查项改动过。',
  'Not to be told without a run (grade with --again): {list*}': '不运行就无法得知（用 --again 评分）：{list}',
  '{file*}: your answers to {lesson}, what was seen of them and when, as {learner*}.':
    '{file}：你对 {lesson} 的回答，看到了什么、什么时候，以 {learner} 的名义。',
  'an archive, but no bundle of wirebook submit.': '是压缩包，但不是 wirebook submit 的提交包。',
  '{lesson} by {learner*}, {time}': '{learner} 的 {lesson}，{time}',
  'signed by the class': '由课堂签名',
  'NOT signed by this key': '不是由这个密钥签名的',
  'not signed: who makes a bundle anew can make its chain anew as well':
    '没有签名：谁能重做提交包，也就能重做它的链',
  'signed; --public-key FILE says by whom': '已签名；--public-key 文件 可说明由谁签名',
  CHANGED: '已被改动',
  'as it was made': '和做成时一样',
  'it is no zip archive.': '它不是 zip 压缩包。',
  'it is no regular file.': '它不是普通文件。',
  'you may not read it.': '你没有权限读取它。',
  'you may not read it': '你没有权限读取它',
  // 主持课堂
  'the class is open.': '课堂已开放。',
  'the class goes on.': '课堂继续进行。',
  'Learners:': '学员：',
  'or at {list*}': '或在 {list}',
  'Board:': '面板：',
  'For you alone: who has this address may steer the class.': '只给你自己：有这个地址的人就能掌控课堂。',
  'The browser asks once about the certificate. It is the right one if its SHA-256 is':
    '浏览器会问一次证书。它的 SHA-256 如下就是对的：',
  'In another terminal: wirebook class board "ADDRESS", with that address.':
    '在另一个终端里：wirebook class board "地址"，用上面的地址。',
  'Roster:': '名单：',
  '{n} may join, by their code or name.': '{n} 人可以加入，凭代码或名字。',
  'Kept in': '保存在',
  'ends the class, or stops this host only: it asks.': '结束课堂，或只停止这台主机：会询问。',
  'No Linux:': '无 Linux：',
  'or in a browser, on a phone too: {url}': '或在浏览器里，手机也可以：{url}',
  'The fingerprint that ssh asks about is {print*}.': 'ssh 询问的指纹是 {print}。',
  Places: '位置',
  '{n} at once by ssh and browsers, each a notebook and a sandbox on this machine:':
    '经 ssh 和浏览器同时 {n} 个，每个是这台机器上的一本笔记和一个沙盒：',
  'Memory of a sandbox {n} MiB: {how~}': '一个沙盒的内存 {n} MiB：{how}',
  'Disk of a sandbox {n} MiB: {how~}': '一个沙盒的磁盘 {n} MiB：{how}',
  'Processes {n}: {how~}': '进程 {n} 个：{how}',
  'Processor {n} at the most (cgroup)': '处理器 最多 {n} 个（控制组）',
  'Processor NOT bounded here: only behind the class by priority':
    '处理器 这里没有限制：只是优先级排在课堂后面',
  'Progress {n} MiB a learner: looked at every 5 s': '进度 每位学员 {n} MiB：每 5 秒看一次',
  'held by the kernel (cgroup)': '由内核限制（控制组）',
  'held by the kernel (tmpfs)': '由内核限制（tmpfs）',
  'held by the kernel (rlimit of the user namespace)': '由内核限制（用户命名空间的 rlimit）',
  'NOT held at every moment here: a look every 0.4 s ends the largest process':
    '这里不是每时每刻都限制：每 0.4 秒看一次，结束最大的进程',
  'For all of them to be held: {how*}': '要全部限制：{how}',
  'As an ordinary user a notebook has your own ids; what keeps it from your files is its view alone.':
    '作为普通用户，笔记用的是你自己的编号；它碰不到你的文件，只靠它看到的范围。',
  'The class goes on.': '课堂继续进行。',
  'The class of {time*} goes on. A new one: --new': '{time} 的课堂继续进行。另开一个：--new',
  'The host was killed before: nothing that it acknowledged is missing.':
    '主机之前被强行结束过：它确认过的一样也没有少。',
  'The host has stopped; the class has not ended, and goes on when you start it again.':
    '主机已停止；课堂没有结束，再次启动时会继续。',
  'End the class for everybody (e), stop this host and let it go on later (s), or go on (Enter)?':
    '为所有人结束课堂（e），停止这台主机、以后再继续（s），还是接着进行（Enter）？',
  'e ends the class, s stops this host. All else is done on the board.':
    'e 结束课堂，s 停止这台主机。其他的都在面板上做。',
  'The class has ended. What it came to:': '课堂已经结束。结果在：',
  '{name*} has joined: {n} in the class.': '{name} 加入了：课堂里有 {n} 人。',
  'A learner was taken out.': '一位学员被移出了。',
  '{name*}: {cell} holds.': '{name}：{cell} 成立。',
  '{name*}: {cell} does not hold (try {n}).': '{name}：{cell} 不成立（第 {n} 次）。',
  '{name*}: {cell} does not hold (try {n}). {why~}': '{name}：{cell} 不成立（第 {n} 次）。{why}',
  '{name*}: {cell} could not be checked (try {n}).': '{name}：{cell} 无法检查（第 {n} 次）。',
  '{name*}: {cell} could not be checked (try {n}). {why~}': '{name}：{cell} 无法检查（第 {n} 次）。{why}',
  '{name*} has finished {lesson}.': '{name} 做完了 {lesson}。',
  '{name*} raises a hand.': '{name} 举手了。',
  '{name*} asks: {text*}': '{name} 提问：{text}',
  'To all: {text*}': '告诉所有人：{text}',
  'Open up to {lesson}, step {n}.': '开放到 {lesson} 的第 {n} 步。',
  'Everybody follows the instructor.': '所有人跟着讲师。',
  'Everybody goes at their own pace.': '所有人按自己的进度。',
  '{name*} has left.': '{name} 离开了。',
  'The class has ended.': '课堂已经结束。',
};
