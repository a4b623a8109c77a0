/** --help 和参数错误时的话，简体中文。只在要打印它们、而且界面是中文时才加载。 */
import { lineText } from '../text/line.ts';
import { textWidth } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import type { HelpTongue } from './help-tongue.ts';
import { createSay, type Templates } from './translate.ts';

const help: Templates = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '各命令通用的选项：',
  'Commands:': '命令：',
  '(default: {value*})': '（默认：{value}）',
  'print this help': '打印这份帮助',
  'print the help of a command': '打印一个命令的帮助',
  'print the version': '打印版本',
  'Exit: 0 all held; 1 a check failed; 2 the input is wrong or nothing was tested; 3 the sandbox is broken; 130 interrupted.':
    '退出码：0 全部成立；1 有检查未通过；2 输入有误，或什么也没测；3 沙盒坏了；130 被中断。',
  // 各处通用
  'A notebook for networks: lessons whose cells run for real, and whose checks read the kernel.':
    '网络的笔记本：课里的格真正运行，检查读取内核的状态。',
  'what makes the machines: embedded, docker, podman, ssh:NAME':
    '由什么来建立机器：embedded、docker、podman、ssh:名字',
  'do not ask before a lesson changes machines that are not thrown away':
    '课要改动用完不丢弃的机器时，不再询问',
  'language of the lessons and of the words around them: {list*}; `test` takes `all` too':
    '课以及界面的语言：{list}；`test` 还可以用 `all`',
  'no colours (as with NO_COLOR set)': '不用颜色（同设置 NO_COLOR）',
  'JSON instead of lines': '输出 JSON 而不是文字行',
  'lines instead of a screen': '用文字行代替全屏',
  'leave the mouse to the terminal (as with WIREBOOK_MOUSE=0)': '把鼠标留给终端（同 WIREBOOK_MOUSE=0）',
  'nothing turns (as with WIREBOOK_REDUCED_MOTION=1)': '没有转动的东西（同 WIREBOOK_REDUCED_MOTION=1）',
  'the screen as text for a screen reader (as with INK_SCREEN_READER=true)':
    '把画面作为文字给屏幕阅读器（同 INK_SCREEN_READER=true）',
  'what the numbers of a lesson with params come of': '带参数的课，其中的数由它得出',
  'a lesson': '一课',
  'lessons and courses': '课和课程',
  'where to': '写到哪里',
  'where to (default: stdout)': '写到哪里（默认：标准输出）',
  // notebook
  'open the notebook (what happens without a command)': '打开笔记（不写命令时也是如此）',
  'a lesson, a course, or the id of a lesson of the course that Wirebook brings':
    '一课、一门课程，或 Wirebook 自带课程里某一课的 id',
  // test
  'run lessons in fresh sandboxes: every check must fail before its cell and hold after it':
    '在全新的沙盒里运行课：每项检查在它的格之前必须不成立，之后必须成立',
  'pretty, json, ndjson, junit, tap, github; several times for several':
    'pretty、json、ndjson、junit、tap、github；要几种就写几次',
  'lessons at the same time': '同时运行几课',
  'only the lesson of exactly this id; several times for several': '只要 id 恰好如此的课；要几课就写几次',
  'look only at this cell (those before it run all the same); several times':
    '只看这一格（它之前的照样运行）；可写多次',
  'lessons with params so often, each time with the numbers of another seed':
    '带参数的课运行这么多次，每次用另一个种子的数',
  'stop at the first lesson that does not hold': '遇到第一课不成立就停下',
  // lint、new、export、record、preview、doctor、import
  'find the faults of lessons without running them': '不运行就找出课里的错误',
  'print the JSON Schema of front matter and checks instead': '改为打印课的头部和检查项的 JSON Schema',
  'write a small lesson that passes its own test, to start from; with --lang, the start of a translation':
    '写一份能通过自身测试的小课，从它开始；加 --lang 则写译文的开头',
  "the lesson's title": '课的标题',
  'where the lesson goes: a folder, or a file ending in .md': '课写到哪里：文件夹，或以 .md 结尾的文件',
  'write a lesson with its outputs and verdicts to one file': '把一课连同输出和结论写成一个文件',
  "html, md, asciicast (default: by the file's ending, else html)":
    'html、md、asciicast（默认：看文件的后缀，否则 html）',
  'run it first, in a fresh sandbox, with the solutions of its tasks':
    '先在全新的沙盒里运行它，任务用它的答案',
  'your own walk, and nothing else (default: your own walk if there is one)':
    '只用你自己做过的（默认：做过就用）',
  'run a lesson and propose checks from what each cell changed in the kernel':
    '运行一课，按每一格在内核里改动了什么来提议检查项',
  "put them into the lesson's file, after the cells that have none":
    '把它们写进课的文件，放在还没有检查项的格后面',
  'the notebook on a lesson that you write: it is read anew whenever you save':
    '在笔记里看你正在写的课：每次保存都重新读取',
  'say what works on this machine, and how to mend what does not': '说明这台机器上什么能用，不能用的怎样修好',
  'write a lesson with the network of another tool’s lab; says what was not understood':
    '用别的工具的实验网络写出一课；没看懂的会说明',
  'a Kathará lab (its folder or lab.conf), or a containerlab file':
    'Kathará 实验（文件夹或 lab.conf），或 containerlab 文件',
  // drill
  'train on a network that is broken on purpose': '在故意弄坏的网络上练习排障',
  'link, address, route, forward, firewall, nat, service, mtu, neighbour, ipv6, dns (default: any)':
    'link、address、route、forward、firewall、nat、service、mtu、neighbour、ipv6、dns（默认：任意）',
  '1 (plain) to 5 (two faults at once)': '1（简单）到 5（同时两处故障）',
  'write it as a lesson instead: to hand out, to test, to grade': '改为写成一课：可以分发、测试、评分',
  'what you have drilled so far, and what to train': '你练习过什么，还该练什么',
  'the history as JSON': '以 JSON 输出练习记录',
  // grade、submit、verify
  'score submissions, each in a fresh sandbox, by what the grader observes':
    '给提交评分：每份都在全新的沙盒里，按评分方观察到的来评',
  'files, or folders with one a learner: Markdown, scripts, archives, bundles':
    '文件，或每个学员一份的文件夹：Markdown、脚本、压缩包、提交包',
  'pretty, json, ndjson, junit, tap, github, classroom, gradescope, canvas, moodle, lti, html; several times for several':
    'pretty、json、ndjson、junit、tap、github、classroom、gradescope、canvas、moodle、lti、html；要几种就写几次',
  'submissions at the same time': '同时评几份提交',
  "where results are kept (default: in your own folder of Wirebook's state)":
    '成绩保存在哪里（默认：你自己的 Wirebook 状态文件夹）',
  'a CSV with a column id, and name or file if you like': '带有 id 列的 CSV，可以再有 name 或 file 列',
  "the course's secret: each learner's numbers come of it and their id":
    '课程的密钥：每位学员的数由它和学员的 id 得出',
  "the class's key: bundles must be signed with it": '课堂的公钥：提交包必须由它签名',
  'for all of one submission (default: 600)': '一份提交总共可用多久（默认：600）',
  'let workers grade, over NATS JetStream: nats://HOST:4222':
    '交给工作进程评分，经由 NATS JetStream：nats://主机:4222',
  'grade again what has been graded already': '已经评过的也重新评',
  'judge what was observed by the lesson as it is now; nothing runs':
    '按课现在的样子重新判定观察到的；什么也不运行',
  'LEARNER [CHECK]: what was expected, found and run there; without a check, at each lost point':
    '学员 [检查项]：那里期望什么、看到什么、运行了什么；不写检查项时，逐一说明丢掉的分',
  'print the JSON Schema of the json report instead': '改为打印 json 报告的 JSON Schema',
  'print the seed of each learner, to hand out: wirebook LESSON --seed SEED':
    '打印每位学员的种子，用来分发：wirebook 课 --seed 种子',
  'ids; or none, with --roster': '学员的 id；用了 --roster 可以不写',
  'grade what a grader elsewhere puts into a queue, until it is stopped':
    '为别处的评分方排进队列的提交评分，直到被停止',
  'put your answers and the journal of your walk into one file to hand in':
    '把你的回答和做题的日志放进一个文件，用来提交',
  'where to (default: YOU.wirebook)': '写到哪里（默认：你的名字.wirebook）',
  'who you are in the class (default: your name on this machine)':
    '你在课堂里是谁（默认：你在这台机器上的名字）',
  "the class's private key (Ed25519, PEM), where the class signs":
    '课堂的私钥（Ed25519，PEM），由课堂签名时用',
  'a lesson that you have walked through': '你做过的一课',
  'say whether bundles are as they were made, and what was changed': '说明提交包是否和做成时一样，改动了什么',
  "the class's key: they must be signed with it": '课堂的公钥：提交包必须由它签名',
  'hold the answers against the journal as well': '还要把回答和日志对照',
  'bundles of wirebook submit': 'wirebook submit 做出的提交包',
  // class
  'a live class: hold one, join one, or see what one came to': '实时课堂：主持、加入，或看它的结果',
  'hold a class: learners join by a code, and you see how they are doing':
    '主持课堂：学员凭代码加入，你看得到他们的进展',
  'what the class is called (default: as the course)': '课堂的名字（默认：同课程）',
  'where to listen (default: 8443)': '在哪个端口监听（默认：8443）',
  'an address of this machine (default: all of them)': '这台机器的一个地址（默认：全部）',
  'a certificate of your own, PEM (default: one is made for the class)':
    '你自己的证书，PEM（默认：为课堂生成一个）',
  'its key, PEM': '它的私钥，PEM',
  'who may join: a CSV with id and name, or a YAML list': '谁可以加入：带 id 和 name 的 CSV，或 YAML 列表',
  'so many learners at the most': '最多多少学员',
  'begin a new class (default: the last one of the course goes on, if it has not ended)':
    '另开一个课堂（默认：这门课程的上一个课堂没有结束就继续）',
  'lines instead of the board; the page is there all the same': '用文字行代替面板；网页照样有',
  'keep the class on a NATS server, for several hosts: nats://HOST:4222':
    '把课堂保存在 NATS 服务器上，供几台主机共用：nats://主机:4222',
  'with --nats: the name that all its hosts give it': '与 --nats 同用：所有主机给它的同一个名字',
  'with --nats: a secret that all its hosts have': '与 --nats 同用：所有主机共有的密钥',
  'so many learners without Linux get a notebook on this machine, by ssh or in a browser':
    '让这么多没有 Linux 的学员用这台机器上的笔记，经 ssh 或浏览器',
  'with --offer-sandboxes: where ssh is listened to (default: 2222)':
    '与 --offer-sandboxes 同用：ssh 的监听端口（默认：2222）',
  'with --offer-sandboxes: a place is free again when its learner was away for so long (default: 15m)':
    '与 --offer-sandboxes 同用：学员离开这么久，位置就重新空出（默认：15m）',
  'a course or a lesson (default: the course that Wirebook brings)':
    '一门课程或一课（默认：Wirebook 自带的课程）',
  'take part in a class; without address and code the one that you were in last goes on':
    '参加课堂；不写地址和代码，就继续你上次所在的那个',
  'your name in the class': '你在课堂里的名字',
  'your code of the class’s list, where it has one': '课堂有名单时，你在名单上的代码',
  'progress, outputs, shells, with commas between; or nothing (default: it asks)':
    'progress、outputs、shells，用逗号隔开；或 nothing（默认：会询问）',
  'where the class is held: a name or an IP address, with its port if it is not 8443':
    '课堂在哪里：名字或 IP 地址，端口不是 8443 时也写上',
  'the code of the class': '课堂的代码',
  'the course or lesson to open (default: the course that Wirebook brings)':
    '要打开的课程或课（默认：Wirebook 自带的课程）',
  'what a class comes to: attendance, results, and where people gave up; also while it goes on':
    '课堂的结果：出勤、成绩、大家在哪里放弃；进行中也可以看',
  'text, json, csv, html; or results as in grading: {list*}; several times for several':
    'text、json、csv、html；或同评分的成绩格式：{list}；要几种就写几次',
  'results of this lesson alone': '只要这一课的成绩',
  'results of this learner alone: their entry of the roster, or their name':
    '只要这位学员的成绩：名单里的那一项，或名字',
  'the CSV whose columns a gradebook wants back (default: the list of the class)':
    '成绩册要求原样返回其各列的 CSV（默认：课堂的名单）',
  'a class that is kept on a NATS server: nats://HOST:4222': '保存在 NATS 服务器上的课堂：nats://主机:4222',
  'with --nats: its name there': '与 --nats 同用：它在那里的名字',
  'its folder or id (default: the last one that was held here)':
    '它的文件夹或 id（默认：这里上一次主持的课堂）',
  'one more board of a class: see how learners are doing, answer, steer':
    '课堂的又一个面板：看学员的进展，回答，掌握进度',
  'the certificate that the host must have (default: it is shown and asked)':
    '主机必须有的证书的指纹（默认：显示出来并询问）',
  'lines instead of a screen: what changes': '用文字行代替全屏：只说有什么变化',
  'what changes, as a line of JSON each': '有什么变化，每条一行 JSON',
  'the address of the board, with its key, as the host has printed it':
    '面板的地址，连同它的密钥，照主机打印的写',
  'the notebook for the projector: the class is told where you are; N shows your notes, L the map large':
    '给投影用的笔记：课堂会知道你讲到哪里；N 显示你的备注，L 放大网络图',
  'the lesson or course to present (default: the course that Wirebook brings)':
    '要讲的课或课程（默认：Wirebook 自带的课程）',
  // sandbox
  'machines to play with, without a lesson': '不要课，只要可以摆弄的机器',
  'set up what sandboxes need: done by itself when it is missing': '准备好沙盒需要的东西：缺了会自动准备',
  'make a sandbox that stays': '建立一个一直留着的沙盒',
  'which sandbox': '哪个沙盒',
  'a host; several times for several hosts': '一台主机；要几台就写几次',
  'sandboxes that stay': '一直留着的沙盒',
  'a shell on a host': '主机上的终端',
  'which host (default: the first)': '哪台主机（默认：第一台）',
  'which host (default: all)': '哪台主机（默认：全部）',
  "network namespace (default: the host's own)": '网络命名空间（默认：主机自己的）',
  'run a command on a host': '在主机上运行一个命令',
  "print what Wirebook sees of the hosts' kernels": '打印 Wirebook 看到的各主机内核的状态',
  'draw the network of its hosts': '画出它各主机的网络',
  'lines, svg, mermaid, json, topology':
    'lines、svg、mermaid、json、topology（即文字图、SVG、Mermaid、JSON、拓扑）',
  'routes and all addresses too': '路由和所有地址也画上',
  "how wide (default: the terminal's)": '多宽（默认：终端的宽度）',
  'show what becomes of the packets of a command, on every interface of all hosts':
    '在所有主机的每个接口上，看一个命令发出的包怎么样了',
  'where it runs: a namespace, a host, or "NAMESPACE on HOST"':
    '在哪里运行：命名空间、主机，或“NAMESPACE on HOST”',
  'lines, json, mermaid, html, md':
    'lines、json、mermaid、html、md（即文字行、JSON、Mermaid、HTML、Markdown）',
  'print the JSON Schema of the json format instead': '改为打印 json 格式的 JSON Schema',
  'the frames too, as pcapng for Wireshark': '把帧也写成 pcapng，供 Wireshark 使用',
  'how long the command may take (default: 30)': '命令最多可用多久（默认：30）',
  'back to how it was made': '恢复到刚建立时的样子',
  'take it away': '拆除它',
  "write the sandbox's root file system to an archive": '把沙盒的根文件系统写成归档',
  // 参数有误
  "error: unknown option '{name*}'": '错误：没有选项 {name}',
  "error: unknown command '{name*}'": '错误：没有命令 {name}',
  "error: missing required argument '{name*}'": '错误：缺少参数 {name}',
  'Usage: {how*}': '用法：{how}',
  'More:  {how*}': '详见：{how}',
  "error: option '{name*}' argument missing": '错误：选项 {name} 缺少参数',
  "error: required option '{name*}' not specified": '错误：必须给出选项 {name}',
  "error: option '{name*}' cannot be used with option '{other*}'":
    '错误：选项 {name} 不能和选项 {other} 同用',
  "error: option '{name*}' argument '{value*}' is invalid. {why~}":
    '错误：选项 {name} 的参数 {value} 不对。{why}',
  "error: command-argument value '{value*}' is invalid for argument '{name*}'. {why~}":
    '错误：参数 {name} 的值 {value} 不对。{why}',
  'error: too many arguments. Expected {n} argument but got {m}: {list*}.':
    '错误：参数太多。应有 {n} 个，却有 {m} 个：{list}。',
  'error: too many arguments. Expected {n} arguments but got {m}: {list*}.':
    '错误：参数太多。应有 {n} 个，却有 {m} 个：{list}。',
  "error: too many arguments for '{name*}'. Expected {n} argument but got {m}: {list*}.":
    '错误：{name} 的参数太多。应有 {n} 个，却有 {m} 个：{list}。',
  "error: too many arguments for '{name*}'. Expected {n} arguments but got {m}: {list*}.":
    '错误：{name} 的参数太多。应有 {n} 个，却有 {m} 个：{list}。',
  '(Did you mean {what}? For a lesson of that name: {path*})':
    '（是不是想写 {what}？若是叫这个名字的课：{path}）',
  '(Did you mean {what*}?)': '（是不是想写 {what}？）',
  '(Did you mean one of {list*}?)': '（是不是想写其中之一：{list}？）',
  '(Write -- before a command that has options of its own.)': '（命令自己带有选项时，在它前面写 --。）',
  'Give a word or a number, at most 200 characters.': '请给一个词或一个数，最多 200 个字符。',
  'Write NAME or NAME=FILE.': '请写 NAME 或 NAME=FILE。',
  'Give 1 to 5.': '请给 1 到 5。',
  'Give a whole number from 1.': '请给从 1 起的整数。',
  'Give a time of at least a second, such as 90s or 15m.': '请给至少一秒的时间，比如 90s 或 15m。',
  'Give a number up to 65535.': '请给不超过 65535 的数。',
  'Write NAME or NAME=ADDRESS/PREFIX.': '请写 NAME 或 NAME=ADDRESS/PREFIX。',
};

export const helpInChinese: HelpTongue = {
  say: createSay([help], { ',': '，', '&': ' 和 ' }, '。'),
  displayWidth: textWidth,
  boxWrap: (text, width) => wrapText(text, width).map(lineText).join('\n'),
};
