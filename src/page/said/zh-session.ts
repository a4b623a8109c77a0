/** 会话与沙盒要说的话。 */
import type { Templates } from './translate.ts';

export const session: Templates = {
  'There is no sandbox to open a shell in.': '没有沙盒，打不开终端。',
  'There is no sandbox to look at.': '没有沙盒可看。',
  '{list*} is not there on {h}': '{h} 上没有 {list}',
  '{list*} are not there on {h}': '{h} 上没有 {list}',
  '{name}: did you mean the feature {near}?': '{name}：是不是指内核功能 {near}？',
  'What is no feature is a program. The features: {list*}': '不是内核功能的就是程序。内核功能有：{list}',
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
  // 沙盒正在准备
  'importing the image into {engine}': '正在把镜像导入 {engine}',
  'another Vagrant is at work on these machines: waiting for it': '另一个 Vagrant 正在用这些机器：正在等它',
  'asking Vagrant for the machines': '正在向 Vagrant 询问各台机器',
  'getting the box: {n}': '正在下载 box：{n}',
  '{name}: waiting for it to answer': '{name}：正在等它应答',
  '{name}: does not answer; going back to its snapshot': '{name}：没有应答；正在恢复到它的快照',
  '{name}: its snapshot could not be restored; starting it anew': '{name}：无法恢复快照；正在重新启动',
  '{name}: does not answer; starting it anew': '{name}：没有应答；正在重新启动',
  '{name}: setting it up for this version of Wirebook': '{name}：正在为这一版 Wirebook 布置',
  '{name}: keeping a snapshot of how it is now': '{name}：正在保存现在样子的快照',
  '{name}: connecting to {to*}': '{name}：正在连接 {to}',
};
