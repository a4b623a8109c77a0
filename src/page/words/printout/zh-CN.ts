/** 关于一格的全部输出的用语。 */
import { type printoutEn, sizeWords } from './en.ts';

const grouped = (n: number) => n.toLocaleString('en-US');

export const printoutZh: typeof printoutEn = {
  title: (cell) => `第 ${cell} 格的全部输出`,
  where: (line, lines) => `第 ${grouped(line)} 行，共 ${grouped(lines)} 行`,
  cut: { limit: '到上限为止', disk: '磁盘已满，后面的没有留下' },
  marked: (lines) => `已标记 ${lines} 行`,
  looking: (text, percent) => `正在查找 ${text}：${percent}%`,
  notFound: (text) => `输出里没有 ${text}。`,
  mark: '标记',
  unmark: '取消标记',
  copy: '复制',
  save: '保存',
  saveTo: '保存到：',
  pager: '分页器',
  more: 'F 显示全部',
  leftOut: (characters) => `这里略去 ${grouped(characters)} 个字符；F 显示全部`,
  folded: (lines) => `此处前面还有 ${grouped(lines)} 行；F 显示全部`,
  key: '全部输出',
  saved: (path, bytes) => `已保存到 ${path}：${sizeWords(bytes)}。`,
  exists: (path) => `${path} 已经存在，请换一个名字。`,
  noFolder: '没有保存：没有这个文件夹。',
  notSaved: (why) => `没有保存：${why}。`,
  notHere: '这里不能保存文件，也不能启动这台机器上的程序：请在此阅读和复制。',
  pagerFailed: (message) => `分页器没有启动：${message}。可用 $PAGER 指定别的。`,
  gone: '这一格的输出已不再保留。',
  help: {
    title: '一格的全部输出',
    open: '看它的全部输出：查找、复制、保存',
    pager: '用 $PAGER 打开它的输出',
    save: '把它的输出保存到文件',
    find: '在其中查找，下一个，上一个',
    mark: '从这里开始标记，复制标记的内容',
  },
};
