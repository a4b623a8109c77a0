/** 编写课的人会遇到的失败：lint、new、import、record、test、export。 */
import type { Templates } from './translate.ts';

export const authors: Templates = {
  'This is a bug in Wirebook. Please report it with the lines below and what you did.':
    '这是 Wirebook 的错误。请连同下面几行以及你做了什么一起报告。',
  // 报告
  'Two reporters write to {file*}.': '有两份报告都写到 {file}。',
  'Two reports go to {file*}.': '有两份报告都写到 {file}。',
  'Give one a file: {how*}': '给其中一份指定文件：{how}',
  'The report cannot be written to {file*}: {why~}.': '报告无法写入 {file}：{why}。',
  // lint、test
  'Nothing to lint.': '没有要检查的课。',
  'Nothing to test.': '没有要测试的课。',
  'Name lessons or courses: {how*}': '请指明课或课程：{how}',
  'lint has no reporter {name*}.': 'lint 没有叫 {name} 的报告格式。',
  'None of these lessons is there in {lang}.': '这些课都没有 {lang} 的版本。',
  'Without --lang the cells of the originals are run, and the translations are held against them.':
    '不写 --lang 时，运行的是原文里的格，译文再与原文对照。',
  // new、record
  '{file*} cannot be written: {why~}.': '无法写入 {file}：{why}。',
  'Give another path.': '请换一个路径。',
  'Write one such as zh-CN or de.': '请写成 zh-CN、de 这样的语言标签。',
  '{lang*} is no language tag.': '{lang} 不是语言标签。',
  '{file*} is a translation itself.': '{file} 本身就是译文。',
  '{file*} is there already; it was left as it is.': '{file} 已经存在；没有动它。',
  '{file*} is a translation; checks stand in its original.': '{file} 是译文；检查项写在它的原文里。',
  'Give the file that it was made from.': '请给出它的原文。',
  'Record that: {how*}': '请对原文运行：{how}',
  '{file*} has no cell to run.': '{file} 里没有可运行的格。',
  'Write one: {how*}': '写一格：{how}',
  '{file*} has changed while it was run; it was left as it is.': '{file} 在运行期间被改动过；没有动它。',
  'Run the command again.': '请再运行一次这个命令。',
  // import
  '{file*} has no lab.conf.': '{file} 里没有 lab.conf。',
  'Give a Kathará lab, its lab.conf, or a containerlab file (*.clab.yml).':
    '请给出 Kathará 实验的文件夹、它的 lab.conf，或 containerlab 文件（*.clab.yml）。',
  'Give a Kathará lab (its folder or lab.conf) or a containerlab file (*.clab.yml).':
    '请给出 Kathará 实验（文件夹或 lab.conf），或 containerlab 文件（*.clab.yml）。',
  '{file*} has no plain Linux machine.': '{file} 里没有普通的 Linux 机器。',
  // 消息队列
  'Write nats://HOST:4222': '请写成 nats://主机:4222',
  'The NATS server {at*} cannot be reached: {why~}.': '无法连上 NATS 服务器 {at}：{why}。',
  'The NATS server {at*} does not keep messages: {why~}.': 'NATS 服务器 {at} 不保存消息：{why}。',
  'Start one: {how*}': '启动一个：{how}',
  'It needs JetStream: {how*}': '它需要 JetStream：{how}',
};
