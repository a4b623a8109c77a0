/** 主持课堂时会遇到的失败：class host、board、present、report。 */
import type { Templates } from './translate.ts';

export const classroom: Templates = {
  // 主持
  'The class {name} has ended.': '课堂 {name} 已经结束。',
  'Begin another one: {how~}': '另开一个：{how}',
  'with another --class NAME.': '换一个 --class 名字。',
  'A certificate needs its key, and a key its certificate.': '证书要有它的私钥，私钥要有它的证书。',
  'Give both: {how*}': '两个都给出：{how}',
  '{cert*} and {key*} do not go together: {why~}.': '{cert} 和 {key} 不配对：{why}。',
  'A class of several hosts has a name and a secret.': '由几台主机共同主持的课堂，要有名字和密钥。',
  'Give all its hosts the same: {how*}': '给所有主机同样的参数：{how}',
  'Make a secret: {how*}': '生成密钥：{how}',
  'The class {name} was begun with another course, or another version of it.':
    '课堂 {name} 开始时用的是另一门课程，或它的另一个版本。',
  'All its hosts need the same lessons.': '它的所有主机需要同样的课。',
  'There are no places to be offered.': '没有可提供的位置。',
  'Say how many: {how*}': '请说明有几个：{how}',
  'Places are offered on Linux; this is {system}.': '只有在 Linux 上才能提供位置；这里是 {system}。',
  'One host offers {n} places at the most.': '一台主机最多提供 {n} 个位置。',
  'Wirebook is not built here yet, and places have the build.':
    'Wirebook 在这里还没有构建，而位置要用构建的结果。',
  'In its checkout: {how*}': '在它的代码目录里运行：{how}',
  'No seat could be made on this machine: {why~}': '在这台机器上无法建立位置：{why}',
  'Look whether sandboxes can be made here at all: {how*}': '看看这里到底能不能建立沙盒：{how}',
  'Nothing can be listened to on port {port} for ssh: {why~}.': '无法为 ssh 监听端口 {port}：{why}。',
  'Choose another one: --ssh-port NUMBER': '换一个：--ssh-port 端口',
  'Port {port} is taken by another program.': '端口 {port} 被另一个程序占用。',
  'Choose another one: --port NUMBER; or end the other program (a class that is still held?).':
    '换一个：--port 端口；或结束那个程序（是不是还有一个课堂开着？）。',
  'Nothing can be listened to on port {port}: {why~}.': '无法监听端口 {port}：{why}。',
  'Give an address of this machine (--listen ADDRESS), and a port above 1023 (--port NUMBER).':
    '请给出这台机器的地址（--listen 地址），以及 1023 以上的端口（--port 端口）。',
  // 名单
  '{file*} names nobody, so nobody could join.': '{file} 里一个人也没有，也就没有人能加入。',
  '{file*}: entry {n} is not a learner.': '{file}：第 {n} 项不是一位学员。',
  '{file*}: {id*} is entry {a} and entry {b}.': '{file}：{id} 同时是第 {a} 项和第 {b} 项。',
  '{file*} is not a list of learners.': '{file} 不是学员的列表。',
  'A list; of each learner `- id: a1` with `name: Ada` below it, or the name alone: `- Ada`.':
    '应是一个列表；每位学员写 `- id: a1`，下一行写 `name: Ada`，或者只写名字：`- Ada`。',
  // 保存
  'Another wirebook holds this class: process {pid}, since {since}.':
    '另一个 wirebook 正在主持这个课堂：进程 {pid}，自 {since} 起。',
  'Another wirebook holds this class: process {pid}.': '另一个 wirebook 正在主持这个课堂：进程 {pid}。',
  'Go on there, or end it first.': '到那边继续，或先结束它。',
  'Choose a folder that you may write to: {how*}': '换一个你能写入的文件夹：{how}',
  'Free some room, or choose another folder: {how*}': '腾出一些空间，或换一个文件夹：{how}',
  'There is no room left for {file*}: {why~}.': '{file} 没有空间了：{why}。',
  'Free some room: the class goes on by itself then, and nobody has lost anything.':
    '腾出一些空间：课堂随后会自己继续，谁也没有丢失东西。',
  '{file*} can no longer be written: {why~}.': '{file} 无法再写入：{why}。',
  'Look at the disk, then start the host again: what was acknowledged is kept.':
    '看看磁盘，再重新启动主机：确认过的都保留着。',
  'The class is closed already.': '课堂已经关闭。',
  '{place*}: this line is not as it was written, though later ones are: the file was changed, or the disk lost some of it.':
    '{place}：这一行不是写入时的样子，而后面的行是：文件被改动过，或磁盘丢了一部分。',
  'Put the file back from a backup, or hold a new class: {how*}.':
    '从备份里恢复这个文件，或另开课堂：{how}。',
  'To go on without that line: delete it from {file*}; what learners said in it is lost.':
    '不要那一行而继续：把它从 {file} 里删掉；学员在其中说的就没有了。',
  // NATS
  'The NATS server {at*} is away.': 'NATS 服务器 {at} 不在。',
  'The NATS server {at*} was away when the class was closed.': '课堂关闭时 NATS 服务器 {at} 不在。',
  '{name*} cannot be the name of a class on a NATS server.': '{name} 不能作 NATS 服务器上课堂的名字。',
  'Use letters, digits, - and _, at most 64.': '请用字母、数字、- 和 _，最多 64 个。',
  'The NATS server {at*} has no more room for the class: {why~}.':
    'NATS 服务器 {at} 没有更多空间留给课堂：{why}。',
  'Give the server, or its account, more of the disk; the class goes on by itself then.':
    '给服务器或它的账户更多磁盘；课堂随后会自己继续。',
  'The class on the NATS server {at*} is lost: {why~}.': 'NATS 服务器 {at} 上的课堂丢失了：{why}。',
  'Its stream is {name}. Bring it back from a backup, or host a new class.':
    '它的流是 {name}。从备份里恢复它，或另开课堂。',
  'The secret of the hosts is too short: it could be guessed.': '主机的密钥太短：可能被猜到。',
  'Its name is what its hosts were given with --class.': '它的名字就是主机用 --class 得到的那个。',
  'The class {name} on the NATS server {at*} was begun with another secret.':
    'NATS 服务器 {at} 上的课堂 {name} 开始时用的是另一个密钥。',
  'Give all its hosts the same file, or begin a class of another name: {how*}':
    '给所有主机同一个文件，或换一个名字另开课堂：{how}',
  'The NATS server {at*} does not keep the class: {why~}.': 'NATS 服务器 {at} 无法保存课堂：{why}。',
  'It needs JetStream, and room: {how*}': '它需要 JetStream 和空间：{how}',
  // 面板
  'The host has made its certificate itself. Its SHA-256 is': '证书是主机自己生成的。它的 SHA-256 是',
  'Is it the one that the host has printed? (y/n)': '它是不是主机打印的那个？（y/n）',
  'Give the one that `wirebook class host` printed: {how*}': '请给出 `wirebook class host` 打印的那个：{how}',
  'A board is not told as {name*}.': '面板没有 {name} 这种输出格式。',
  'There is: --reporter ndjson, to standard output.': '可用的是：--reporter ndjson，写到标准输出。',
  'The host has made its certificate itself, and nobody has said which one it must be.':
    '证书是主机自己生成的，没有人说过应该是哪一个。',
  'Then another one stands between you and the host, and nothing was said to it.':
    '那么在你和主机之间还有别人；什么也没有告诉它。',
  'Give it whole, in quotes, as `wirebook class host` printed it: {how*}.':
    '请照 `wirebook class host` 打印的完整给出，并加上引号：{how}。',
  'A SHA-256 print has 64 hexadecimal digits.': 'SHA-256 指纹有 64 个十六进制数字。',
  'Copy it as `wirebook class host` printed it.': '请照 `wirebook class host` 打印的复制。',
  "The class's host at {at}, port {port}, was not reached: {why~}.":
    '没有连上 {at} 端口 {port} 上的课堂主机：{why}。',
  'it does not answer': '它没有回应',
  'Is `wirebook class host` running there, and is this machine in the same network?':
    '那里是否在运行 `wirebook class host`，这台机器是否在同一个网络里？',
  'Is `wirebook class host` running there?': '那里是否在运行 `wirebook class host`？',
  'The class was not reached: {why~}': '没有连上课堂：{why}',
  'The class was not reached.': '没有连上课堂。',
  'Another host answers there: its certificate is not the one that you know.':
    '那里回应的是另一台主机：它的证书不是你所知道的那个。',
  // 报告
  'Which class on that server?': '那个服务器上的哪个课堂？',
  'No class was held on this machine yet.': '这台机器上还没有主持过课堂。',
  'Hold one: {how*}': '开一个：{how}',
  'Of a class on a NATS server: {how*}': 'NATS 服务器上的课堂：{how}',
  'There is no class {name*} on the NATS server {at*}.': 'NATS 服务器 {at} 上没有课堂 {name}。',
  'There is no class {name*}.': '没有课堂 {name}。',
  'The last ones: {list*}': '最近的几个：{list}',
  'None is kept in {folder*}.': '{folder} 里一个也没有。',
  'There is no report on a class called {name*}.': '课堂没有叫 {name} 的报告。',
  'The class has no lesson {name*}.': '这个课堂里没有课 {name}。',
  'Nobody called {name*} was in the class.': '这个课堂里没有叫 {name} 的人。',
  'Use their entry of the roster, or the name that they joined with.':
    '请用名单里的那一项，或他们加入时用的名字。',
};
