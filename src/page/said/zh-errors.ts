/** 沙盒、课程文件与命令失败时的话：出了什么事，现在可以怎么做。 */
import type { Templates } from './translate.ts';

export const errors: Templates = {
  // 各处通用
  'What to do:': '现在可以：',
  'Did you mean {what*}?': '是不是想写 {what}？',
  'Use one of: {list*}': '可用的有：{list}',
  'There are: {list*}': '现有：{list}',
  'There is: {list*}.': '现有：{list}。',
  '{what*} is not there.': '{what} 不存在。',
  '{what*} cannot be read: {why~}.': '无法读取 {what}：{why}。',
  '{what*} could not be read: {why~}.': '无法读取 {what}：{why}。',
  '{what*} cannot be written: {why~}.': '无法写入 {what}：{why}。',
  '{what*} was written by a newer Wirebook.': '{what} 是由更新的 Wirebook 写的。',
  'Update Wirebook.': '请更新 Wirebook。',
  'Update Wirebook, or move the file away to begin anew.': '请更新 Wirebook，或把这个文件移开，从头开始。',
  'Stopped.': '已停止。',
  'Interrupted.': '已中断。',
  // 课程文件
  '{path*} may not be read.': '没有权限读取 {path}。',
  'Look at its rights: {how*}': '查看它的权限：{how}',
  '{path*} is a link that leads to itself.': '{path} 是指向自己的链接。',
  'The path is too long: {path*}': '路径太长：{path}',
  '{path*} is neither a file nor a folder.': '{path} 既不是文件，也不是文件夹。',
  'Give the .md file of a lesson, or a folder of lessons.': '请给出一课的 .md 文件，或装有多课的文件夹。',
  'The folder {path*} holds no lessons.': '文件夹 {path} 里没有课。',
  'A lesson is <name>/lesson.md or <name>.md.': '一课是 <name>/lesson.md 或 <name>.md。',
  'Begin one: {how*}': '开始写一课：{how}',
  '{path*} is a folder of lessons; here one lesson is wanted.': '{path} 是装有多课的文件夹；这里要的是一课。',
  '{file*} has {n~}, so nothing of it is run.': '{file} 里有{n}，所以什么也没有运行。',
  'a fault': '一处错误',
  '{n} faults': ' {n} 处错误',
  'Mend the file: it is read anew as soon as it is saved.': '改好文件：一保存就会重新读取。',
  'By its ending, {file*} is none of the formats.': '从后缀看，{file} 不是任何一种格式。',
  'Call it {list*}': '改名为 {list}',
  'Or name the format: --format {list*}': '或指明格式：--format {list}',
  'Name one of them:': '请指明其中一课：',
  'and {n} more': '还有 {n} 课',
  // 沙盒
  'There is no sandbox called {name*}.': '没有叫 {name} 的沙盒。',
  'These are there: {list*}.': '现有：{list}。',
  'The sandbox has no host {name}.': '沙盒里没有主机 {name}。',
  'Its hosts: {list*}.': '它的主机：{list}。',
  'The sandbox has no {what} {name*}.': '沙盒里没有 {what} {name}。',
  '{host} has no network namespace {name}.': '{host} 上没有网络命名空间 {name}。',
  'Its namespaces: {list*}.': '它的命名空间：{list}。',
  'It has none yet; ip netns add NAME makes one.': '它还没有；用 ip netns add NAME 建立一个。',
  'A cell cannot hold a NUL character.': '格里不能有 NUL 字符。',
  'The sandbox could not run the cell: {why*}': '沙盒无法运行这一格：{why}',
  'Nothing could be traced: {why*}': '什么也没能跟踪：{why}',
  'There is nothing here to make an image of: this machine has no apt.':
    '这里没有可用来做镜像的东西：这台机器没有 apt。',
  'Set WIREBOOK_IMAGE to an archive made on a Debian or Ubuntu with `wirebook sandbox image --output FILE`.':
    '把 WIREBOOK_IMAGE 设为在 Debian 或 Ubuntu 上用 `wirebook sandbox image --output FILE` 做出的归档。',
  'The container of {name} is gone: it or {engine} was ended.':
    '{name} 的容器没有了：它或 {engine} 被终止了。',
  'Reset the lesson, or run the next cell: fresh ones are started, and brought to where you are.':
    '重置这一课，或运行下一格：会启动新的，并恢复到你所在的位置。',
  'The embedded sandbox needs Linux; this is {what}.': '内置沙盒需要 Linux；这里是 {what}。',
  'Use --sandbox vagrant or --sandbox ssh.': '请用 --sandbox vagrant 或 --sandbox ssh。',
  '{path*} has no dynamic loader.': '{path} 里没有动态加载器。',
  'Remove that folder; it is made again.': '删除那个文件夹；会重新生成。',
  'A sandbox cannot be called {name*}.': '沙盒不能叫 {name}。',
  'Use up to 32 letters, digits, dots, dashes and underscores.':
    '请用最多 32 个字母、数字、点、短横和下划线。',
  'There is a sandbox called {name} already.': '已经有叫 {name} 的沙盒。',
  'Enter it: {how*}': '进入它：{how}',
  'End it: {how*}': '结束它：{how}',
  'Make it: {how*}': '建立它：{how}',
  '{what~} ({stage*}: {why*})': '{what}（{stage}：{why}）',
  'The kernel refused to make the namespaces of a sandbox.': '内核拒绝建立沙盒的命名空间。',
  'See /proc/sys/user/max_*_namespaces; end other sandboxes with `wirebook sandbox down`.':
    '查看 /proc/sys/user/max_*_namespaces；用 `wirebook sandbox down` 结束别的沙盒。',
  'Run `wirebook doctor` to see what this machine allows.': '运行 `wirebook doctor` 看这台机器允许什么。',
  'The sandbox could not be set up: {why*}': '沙盒无法布置好：{why}',
  'WIREBOOK_IMAGE names {path*}, which is not there.': 'WIREBOOK_IMAGE 指向 {path}，而它不存在。',
  'Unset it, or name an archive made by `wirebook sandbox image`.':
    '取消这个设置，或指向由 `wirebook sandbox image` 做出的归档。',
  "The sandbox's root file system could not be built.": '沙盒的根文件系统无法建立。',
  'Check that apt-get works on this machine (its package sources, the connection), and try again.':
    '确认这台机器上 apt-get 可用（软件源、网络连接），再试一次。',
  'Or set WIREBOOK_IMAGE to an archive made elsewhere with `wirebook sandbox image --output FILE`.':
    '或把 WIREBOOK_IMAGE 设为在别处用 `wirebook sandbox image --output FILE` 做出的归档。',
  '{path*} is not an archive of a sandbox.': '{path} 不是沙盒的归档。',
  'Make one with `wirebook sandbox image --output FILE`.':
    '用 `wirebook sandbox image --output FILE` 做一个。',
  'There is no root file system here to write: this machine has no apt.':
    '这里没有可写出的根文件系统：这台机器没有 apt。',
  '{path*} could not be written: {why*}': '无法写入 {path}：{why}',
  '{host} could not be asked for its tools (status {n}).': '无法询问 {host} 有哪些工具（状态 {n}）。',
  'A sandbox of {driver} does not stay: it is made for a lesson or a command.':
    '{driver} 的沙盒不会一直留着：它只为一课或一条命令而建。',
  'One that stays, by a name: wirebook sandbox up (without --sandbox).':
    '要有名字、一直留着的：wirebook sandbox up（不带 --sandbox）。',
  'A shell in a fresh one: {how*}': '在新沙盒里打开终端：{how}',
  'Another wirebook has this lesson open: process {pid}.': '另一个 wirebook 正开着这一课：进程 {pid}。',
  'Start the container with: {how*}': '这样启动容器：{how}',
  'Allow this one program: {how*}': '只允许这一个程序：{how}',
  'Or allow all until the next start: {how*}': '或允许全部，直到下次启动：{how}',
  // docker、podman
  '{engine} is not on this machine.': '这台机器上没有 {engine}。',
  'You may not use {engine} on this machine.': '你在这台机器上没有权限使用 {engine}。',
  'The engine of {engine} does not answer.': '{engine} 的引擎没有应答。',
  '{engine} has no room on its disk left.': '{engine} 的磁盘没有空间了。',
  '{engine} has no addresses left for another network.': '{engine} 没有地址可给新的网络了。',
  '{engine} may not start a container with the rights that a lesson needs.':
    '{engine} 不允许以课程所需的权限启动容器。',
  '{engine} could not do it ({how*}).': '{engine} 没能做到（{how}）。',
  'Does `{engine} info` work? `wirebook doctor --sandbox {same}` tries it all.':
    '`{engine} info` 可用吗？`wirebook doctor --sandbox {same}` 会全部试一遍。',
  'Install it: {how*}': '安装它：{how}',
  'sudo usermod -aG docker $USER, and log in anew. (Who is in that group can become root.)':
    'sudo usermod -aG docker $USER，再重新登录。（在那个组里的人可以成为 root。）',
  'Start it: {how*}': '启动它：{how}',
  'Or see where DOCKER_HOST and `docker context ls` lead.':
    '或看看 DOCKER_HOST 和 `docker context ls` 指向哪里。',
  '{engine} system df says what takes it; {same} system prune frees some.':
    '{engine} system df 会说明被什么占用；{same} system prune 可释放一些。',
  '{engine} network prune removes those that nobody uses.': '{engine} network prune 会删除没有人用的。',
  'A lesson needs all rights over the network: {engine} must not run with an authorization plugin or in a container without --privileged.':
    '课程需要对网络的全部权限：{engine} 不能带授权插件运行，也不能在没有 --privileged 的容器里运行。',
  // ssh
  'ssh does not know the host key of {to*}, or it is another one than before.':
    'ssh 不认识 {to} 的主机密钥，或它与以前不同。',
  '{to*} does not let you in.': '{to} 不让你登录。',
  'ssh cannot find {to*}.': 'ssh 找不到 {to}。',
  '{to*} cannot be reached by ssh.': '用 ssh 连不上 {to}。',
  'On {to*}, sudo asks for a password.': '在 {to} 上，sudo 要求输入密码。',
  'On {to*}, you may not use sudo, and a lesson needs root.': '在 {to} 上你不能用 sudo，而课程需要 root。',
  'The agent could not be started on {to*}: {how*}.': '无法在 {to} 上启动代理程序：{how}。',
  'Does `{how*}` work?': '`{how}` 可用吗？',
  'The lesson has a host {name}, and {driver} has no machine for it.':
    '这一课有主机 {name}，而 {driver} 没有给它的机器。',
  'Add it in {file*}. There are: {list*}.': '请加到 {file} 中。现有：{list}。',
  'The connection to {to*} is lost.': '与 {to} 的连接断了。',
  'Reset the lesson, or run the next cell: Wirebook connects anew, and goes through it up to here.':
    '重置这一课，或运行下一格：Wirebook 会重新连接，并从头做到这里。',
  'The machine is put back to how it was, by itself, within {n} seconds.':
    '那台机器会在 {n} 秒内自行恢复原样。',
  'There is no inventory of your machines: {file*}.': '没有你的机器清单：{file}。',
  'Write one:': '请写一份：',
  '{file*} has faults, so none of its machines is used.': '{file} 有错误，所以里面的机器都不使用。',
  'Which machines? The inventory has more than one sandbox.': '哪些机器？清单里不止一个沙盒。',
  'The inventory has no sandbox called {name*}.': '清单里没有叫 {name} 的沙盒。',
  'In {file*}: {list*}.': '{file} 里有：{list}。',
  'Run `{how*}` once by hand, compare the key, and accept it.': '手动运行一次 `{how}`，核对密钥，然后接受。',
  'Wirebook answers no question of ssh: `{how*}` must work without a password, by a key ({more*}).':
    'Wirebook 不回答 ssh 的提问：`{how}` 必须不用密码、凭密钥就能用（{more}）。',
  'Check the name in the inventory and in ~/.ssh/config.': '检查清单和 ~/.ssh/config 里的名字。',
  'Is the machine up, and does `{how*}` work? Its sshd may still be starting: try again.':
    '那台机器开着吗，`{how}` 可用吗？它的 sshd 可能还在启动：再试一次。',
  'Let that user start the agent without one, in /etc/sudoers.d/wirebook: {rule*}':
    '在 /etc/sudoers.d/wirebook 里让那个用户不用密码启动代理程序：{rule}',
  'Or name a destination that logs in as root.': '或指定以 root 登录的目标。',
  'Name a destination that logs in as root, or a user who may use sudo.':
    '请指定以 root 登录的目标，或可以用 sudo 的用户。',
  '{to*} has no perl, which the agent of Wirebook is written in (perl-base is enough).':
    '{to} 上没有 perl，而 Wirebook 的代理程序是用它写的（perl-base 就够了）。',
  'Install it there: {how*}': '在那里安装：{how}',
  '{to*}: a lesson needs root there.': '{to}：课程在那里需要 root。',
  '{to*}: there is no /bin/bash.': '{to}：没有 /bin/bash。',
  '{to*}: another Wirebook has a lesson on it.': '{to}：另一个 Wirebook 正在它上面上课。',
  '{to*}: the place for the lesson could not be made there.': '{to}：无法在那里为课程腾出地方。',
  'Log in as root, or let sudo be used: take `sudo: no` out of the inventory.':
    '请以 root 登录，或允许用 sudo：从清单里去掉 `sudo: no`。',
  'Install bash there.': '请在那里安装 bash。',
  'One lesson at a time has a machine: end the other, or wait until it is over.':
    '一台机器一次只给一课：结束另一课，或等它完成。',
  // vagrant
  'Install VirtualBox; or, on Linux: {how*}': '安装 VirtualBox；或在 Linux 上：{how}',
  'On Apple silicon: {how*}': '在 Apple 芯片上：{how}',
  'Is it running, and may you use it? {how*}': '它在运行吗，你有权限用它吗？{how}',
  'Without one: build a box from packages ({file*}), and name it with WIREBOOK_BOX=NAME.':
    '没有的话：用软件包做一个 box（{file}），用 WIREBOOK_BOX=NAME 指定它。',
  'Allow it: {how*}': '允许它：{how}',
  'Start it afresh: vagrant destroy -f, and try again. `vagrant up --debug` says more.':
    '重新启动它：vagrant destroy -f，再试一次。`vagrant up --debug` 会说得更多。',
  'Where the processor’s virtualisation is missing, a start takes minutes.':
    '没有处理器虚拟化时，启动要几分钟。',
  'They need about 3 GB. Old boxes: {how*}': '它们约需 3 GB。旧的 box：{how}',
  'Where it could not fetch packages: has the machine a connection? {how*}':
    '如果取不到软件包：那台机器有网络连接吗？{how}',
  'The lesson has {n} hosts, and there are {all} virtual machines.':
    '这一课有 {n} 台主机，而虚拟机只有 {all} 台。',
  'Another sandbox can have more: --sandbox embedded.': '别的沙盒可以有更多：--sandbox embedded。',
  'The virtual machine {name} is gone: it restarted, hangs, or lost its network.':
    '虚拟机 {name} 没有了：它重启了、卡住了，或断了网。',
  'Reset the lesson: Wirebook brings the machine back; your answers are kept.':
    '重置这一课：Wirebook 会恢复那台机器；你写的内容都还在。',
  'To look for yourself: {how*}': '自己查看：{how}',
  'There is no vagrant on this machine.': '这台机器上没有 vagrant。',
  'Install it: sudo apt install vagrant; brew install --cask vagrant; or from its own site.':
    '安装它：sudo apt install vagrant；brew install --cask vagrant；或从它的网站。',
  'Without virtual machines: --sandbox embedded (Linux), docker or ssh.':
    '不用虚拟机：--sandbox embedded（Linux）、docker 或 ssh。',
  'Run it by hand to see more: {how*}': '手动运行可看到更多：{how}',
  '{what*} does not say what becomes of the machines at the end.': '{what} 没有说明结束时机器怎么办。',
  '`--sandbox vagrant:keep` lets them run, `vagrant:halt` switches them off soon.':
    '`--sandbox vagrant:keep` 让它们继续运行，`vagrant:halt` 很快关闭它们。',
  'WIREBOOK_IDLE=10m (or keep, or halt) is for all times; without it they switch off after ten minutes without a lesson.':
    'WIREBOOK_IDLE=10m（或 keep、halt）对每次都有效；不设时，没有课的十分钟后它们会关闭。',
  'Vagrant has no provider here: nothing that could run a virtual machine.':
    'Vagrant 在这里没有 provider：没有能运行虚拟机的东西。',
  'The processor’s virtualisation cannot be used here.': '这里不能用处理器的虚拟化。',
  'Switch it on in the firmware (VT-x, AMD-V), or end what else uses it.':
    '在固件中打开它（VT-x、AMD-V），或结束占用它的程序。',
  'With libvirt, WIREBOOK_VIRT=qemu does without: slow, but it works anywhere.':
    '用 libvirt 时，WIREBOOK_VIRT=qemu 可以不用它：慢，但哪里都行。',
  'Vagrant does not reach libvirt.': 'Vagrant 连不上 libvirt。',
  'The box of the machines is not here and cannot be got.': '机器的 box 不在这里，也取不到。',
  'It is downloaded once, some hundred megabytes: is there a connection?':
    '它只下载一次，几百兆：有网络连接吗？',
  'Another Vagrant is at work on these machines.': '另一个 Vagrant 正在处理这些机器。',
  'Wait until it is done, and try again.': '等它做完再试。',
  'VirtualBox does not allow the address of the private network.': 'VirtualBox 不允许这个专用网络的地址。',
  'The machine was started, and does not answer.': '机器启动了，却没有应答。',
  'There is no space left for the machines.': '没有空间给这些机器了。',
  'There is not enough memory for the machines.': '内存不够这些机器用。',
  'They take 1 GB each; WIREBOOK_MEMORY=768 makes them smaller.':
    '每台占 1 GB；WIREBOOK_MEMORY=768 可让它们小些。',
  'The machine is up, and its set-up failed.': '机器启动了，但布置失败。',
  'Once more: vagrant provision': '再来一次：vagrant provision',
  'Vagrant does not start: one of its plugins is in the way.': 'Vagrant 无法启动：它的某个插件有问题。',
  // 命令
  'There is no topic {name*}.': '没有主题 {name}。',
  'The topics: {list*}.': '主题有：{list}。',
  'There is no drill of {topic} on level {n}.': '主题 {topic} 没有第 {n} 级的练习。',
  'Leave the level out, or take another topic.': '不要指定级别，或换一个主题。',
  'You have not walked through {lesson*} yet, so there is nothing to export of it.':
    '你还没有做过 {lesson}，所以没有可导出的。',
  'You have not walked through {lesson*} yet, so there is nothing to hand in.':
    '你还没有做过 {lesson}，所以没有可上交的。',
  'Walk through it: {how*}': '先做一遍：{how}',
  'Or let it run in a fresh sandbox: {how*}': '或让它在新沙盒里运行：{how}',
  'Your walk is kept in {path*}, which cannot be read: {why*}.': '你的进度保存在 {path}，但无法读取：{why}。',
  'There is no format called {name*}.': '没有叫 {name} 的格式。',
  'There is no format {name*}.': '没有格式 {name}。',
  'The formats: {list*}.': '格式有：{list}。',
  'There is no command whose packets could be traced.': '没有命令，也就没有包可以跟踪。',
  'For example: wirebook sandbox trace --from client1 -- ping -c1 8.8.8.8':
    '例如：wirebook sandbox trace --from client1 -- ping -c1 8.8.8.8',
  'The formats: {list*}. For Wireshark: --write FILE.': '格式有：{list}。给 Wireshark 用：--write FILE。',
  'A preview needs a terminal.': '预览需要终端。',
  'Its faults on lines: {how*}': '按行列出它的错误：{how}',
  'A walk on lines: {how*}': '按行做一遍：{how}',
  'That needs your word, and without a terminal you cannot be asked.': '这要你同意，而没有终端就无法问你。',
  'Give it with --yes.': '用 --yes 表示同意。',
  'There is no editor of your own here.': '这里没有你自己的编辑器。',
  'This machine is not yours.': '这台机器不是你的。',
  'Read it here.': '请在这里阅读。',
  'Set PAGER to a pager that is installed.': '请把 PAGER 设为已安装的分页器。',
  'Write in the notebook itself.': '请直接在本子里写。',
  '{command*} ended with status {n}': '{command} 以状态 {n} 结束',
  'Set EDITOR to an editor that is installed.': '把 EDITOR 设为已安装的编辑器。',
  // 加入课堂
  '{what*} is no address of a class’s host.': '{what} 不是课堂主机的地址。',
  'It is a name or an IP address, with its port if it has another one than usual: {such*}':
    '地址是名字或 IP 地址；端口与平常不同时也要写上：{such}',
  '{what*} cannot be a name in a class.': '{what} 不能作课堂里的名字。',
  'A name has {from} to {to} characters, on one line.': '名字为 {from} 到 {to} 个字符，写在一行里。',
  'To join a class its code is needed too.': '加入课堂还需要它的代码。',
  'Without both of them the class that you were in last goes on: {how*}':
    '两样都不给，就回到上次所在的课堂：{how}',
  'You were in no class yet.': '你还没有加入过课堂。',
  'You are in no class.': '你没有加入任何课堂。',
  '{what*} is nothing that can be shared.': '没有 {what} 这样可共享的内容。',
  'Give one or more of {list*} with commas between, or nothing.':
    '请给出 {list} 中的一项或几项，用逗号隔开；或者 nothing。',
  'This is not the code of a class: {why~}.': '这不是课堂的代码：{why}。',
  '{letter*} is in no code': '代码里不会有 {letter}',
  'it has {n} letters and digits, not {all}': '它有 {n} 个字母和数字，应为 {all} 个',
  'a letter or digit is another than in the class’s code': '有一个字母或数字与课堂的代码不同',
  'Look at it once more: three groups of five, such as {such*}': '请再看一遍：三组，每组五个，例如 {such}',
  'Another wirebook has this class open: process {pid}, since {t}.':
    '另一个 wirebook 正开着这个课堂：进程 {pid}，从 {t} 起。',
  'Another wirebook has this class open: process {pid}.': '另一个 wirebook 正开着这个课堂：进程 {pid}。',
};
