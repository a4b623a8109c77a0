/** 会话与沙盒要说的话。 */
import type { Templates } from './translate.ts';

export const session: Templates = {
  'The lesson has changed since you were here: {list*} begin anew. Your answers are kept.':
    '你上次来过之后，这一课改动了：{list} 重新开始。你写的内容都还在。',
  'You can go on; free some room or mend the folder to keep it.':
    '可以继续；腾出空间或修好文件夹，进度才能保存。',
  'There is no cell called {n} in this lesson.': '这一课里没有叫 {n} 的格。',
  'There is no sandbox to open a shell in.': '没有沙盒，打不开终端。',
  'There is no sandbox to look at.': '没有沙盒可看。',
  'The sandbox is new: running one cell again that you had done.': '沙盒是新的：正在重新运行你做过的 1 格。',
  'The sandbox is new: running {n} cells again that you had done.':
    '沙盒是新的：正在重新运行你做过的 {n} 格。',
  '{n} passed before and now does not; look at it again.': '{n} 以前通过，现在没有；再看看它。',
  'Stopped at {n}: it did not pass, and what follows builds on it.': '停在 {n}：它没有通过，而后面的要靠它。',
  'Stopped at {n}: it has neither your answer nor a solution.': '停在 {n}：它既没有你的回答，也没有答案。',
  '{n} is running; interrupt it first.': '{n} 正在运行；请先停止它。',
  'There is no such answer: {what*}.': '没有这个选项：{what}。',
  'This lesson needs what this sandbox has not: {what~}.': '这一课需要这个沙盒没有的东西：{what}。',
  '{list*} is not there on {h}': '{h} 上没有 {list}',
  '{list*} are not there on {h}': '{h} 上没有 {list}',
  'Try another sandbox: --sandbox NAME. What each has, `wirebook doctor` says.':
    '换一个沙盒试试：--sandbox NAME。`wirebook doctor` 会说明各有什么。',
  'Choose another sandbox: --sandbox NAME': '换一个沙盒：--sandbox NAME',
  'This may be a bug in Wirebook. `wirebook doctor` says what works here.':
    '这可能是 Wirebook 的错误。`wirebook doctor` 会说明这里什么能用。',
  "The lesson's set-up ({place}) ended with {how*}: {said*}":
    '这一课的准备工作（{place}）以 {how} 结束：{said}',
  "The lesson's set-up ({place}) ended with {how*}.": '这一课的准备工作（{place}）以 {how} 结束。',
  skipped: '已跳过',
  'reading the package lists': '正在读取软件包列表',
  'fetching {n} packages': '正在取得 {n} 个软件包',
  'unpacking {n} packages': '正在解包 {n} 个软件包',
  'unpacking {what*}': '正在解包 {what}',
  'The sandbox ended.': '沙盒结束了。',
  'Reset the lesson to start a fresh one.': '重置这一课就有新的沙盒。',
  'The sandbox could not be started: {why*}': '沙盒无法启动：{why}',
  'The sandbox could not be made ({stage*}: {why*}).': '沙盒无法建立（{stage}：{why}）。',
  'The kernel allows no more namespaces ({why*}).': '内核不再允许更多命名空间（{why}）。',
  '`wirebook doctor` says what works here.': '`wirebook doctor` 会说明这里什么能用。',
  'Another wirebook has this lesson open: process {pid}, since {t}.':
    '另一个 wirebook 正开着这一课：进程 {pid}，从 {t} 起。',
  'Close it, or go on there.': '关掉它，或在那里继续。',
  'If there is no such process any more, delete {file*}': '如果那个进程已经不在，删除 {file}',
  'User namespaces are switched off for ordinary users (kernel.unprivileged_userns_clone = 0).':
    '普通用户不能使用用户命名空间（kernel.unprivileged_userns_clone = 0）。',
  'No user namespace may be made (user.max_user_namespaces = 0).':
    '不允许建立用户命名空间（user.max_user_namespaces = 0）。',
  'AppArmor takes away the rights in user namespaces (Ubuntu 23.10 and later).':
    'AppArmor 去掉了用户命名空间里的权限（Ubuntu 23.10 及以后）。',
  'This is a container that may not make namespaces or mount proc.':
    '这个容器不允许建立命名空间或挂载 proc。',
  'Or with --privileged.': '或使用 --privileged。',
};
