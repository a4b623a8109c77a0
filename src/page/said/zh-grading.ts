/** 评分时会遇到的失败：grade、submit、verify，以及名单。 */
import type { Templates } from './translate.ts';

export const grading: Templates = {
  // 名单
  '{file*} has no column that names the learner.': '{file} 里没有指明学员的列。',
  'Its first line is the head; one of these is needed: {list*}.': '第一行是表头；需要下列之一：{list}。',
  '{place*}: {id*} stands in line {n} already.': '{place}：{id} 已经写在第 {n} 行。',
  // 提交
  'Nothing to grade.': '没有要评分的提交。',
  'Name files or folders: {how*}': '请指明文件或文件夹：{how}',
  'No submission was found in {where*}.': '{where} 里没有找到提交。',
  'A submission is NAME.md, NAME.sh, NAME.zip or NAME.wirebook, or a folder NAME with one of these in it.':
    '一份提交是 NAME.md、NAME.sh、NAME.zip 或 NAME.wirebook，或是装有其中之一、名为 NAME 的文件夹。',
  '{learner*} has two submissions: {a*} and {b*}.': '{learner} 有两份提交：{a} 和 {b}。',
  'Leave the one that counts.': '请只留下算数的那一份。',
  'Name what a learner handed in: a file, or a folder with one file or folder a learner.':
    '请指明学员交来的东西：一个文件，或一个文件夹，里面每个学员一个文件或文件夹。',
  '{file*} is a symbolic link; name what it leads to.': '{file} 是符号链接；请指明它指向的东西。',
  'Submissions are not run on {driver}: it is not thrown away afterwards.':
    '提交不会在 {driver} 上运行：用完之后它不会被丢弃。',
  'Leave --sandbox out: the embedded sandbox is made for them.': '去掉 --sandbox：内置沙盒就是为它们准备的。',
  '{file*} has no task, so there is nothing to grade.': '{file} 里没有任务，也就没有可评分的东西。',
  'The report {name} is of one submission; these are {n}.': '报告 {name} 只针对一份提交；这里有 {n} 份。',
  'Grade one file, without a roster; or use json, canvas or moodle for a class.':
    '只评一个文件，不带名单；或者对全班使用 json、canvas 或 moodle。',
  // 结果
  'Another wirebook grades into {folder*}: process {pid}, since {since}.':
    '另一个 wirebook 正在把成绩写入 {folder}：进程 {pid}，自 {since} 起。',
  'Another wirebook grades into {folder*}: process {pid}.':
    '另一个 wirebook 正在把成绩写入 {folder}：进程 {pid}。',
  'Wait for it, or choose another folder: --results FOLDER': '等它结束，或另选文件夹：--results 文件夹',
  'Choose another folder: --results FOLDER': '另选文件夹：--results 文件夹',
  'The result of {learner*} cannot be kept: {why~}.': '{learner} 的成绩无法保存：{why}。',
  'Free some room and start again: what was graded so far is kept.':
    '腾出一些空间再重新开始：已经评好的都保留着。',
  'Nothing was graded into {folder*} yet.': '{folder} 里还没有任何成绩。',
  'Grade first: {how*}': '先评分：{how}',
  'One learner and one check are wanted.': '需要一位学员和一个检查项。',
  '--explain LEARNER [CHECK]': '--explain 学员 [检查项]',
  '{learner*} has not been graded here.': '{learner} 还没有在这里评过分。',
  'Results are looked for in {folder*}': '成绩是在这里找的：{folder}',
  'There is no check called {name*}.': '没有叫 {name} 的检查项。',
  // 密钥与队列
  'The secret in {file*} is too short: it could be guessed.': '{file} 里的密钥太短：可能被猜到。',
  'Make one: {how*}': '生成一个：{how}',
  'The seeds come of the course’s secret.': '种子由课程的密钥得出。',
  'Whose seeds?': '谁的种子？',
  'Name learners, or give --roster FILE.': '请指明学员，或给出 --roster 文件。',
  'Where do submissions come from?': '提交从哪里来？',
  'This is no private Ed25519 key in PEM form.': '这不是 PEM 格式的 Ed25519 私钥。',
  'This is no public Ed25519 key in PEM form.': '这不是 PEM 格式的 Ed25519 公钥。',
  'The class makes a pair: {how*}': '课堂生成一对：{how}',
  'and its public half: {how*}': '以及其中公开的一半：{how}',
  'No task of {lesson} has been answered yet.': '{lesson} 的任务一个都还没有回答。',
  'Go on with it: {how*}': '继续做：{how}',
};
