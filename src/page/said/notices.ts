/** 会话自己要说的话，按代码。 */
import type { NoticeCode, Said, Values } from '../../session/notices.ts';

const only = (message: string): Said => ({ message, next: [] });

export const notices: Readonly<Record<NoticeCode, (values: Values) => Said>> = {
  'sandbox-new': ({ cells, commands = 0 }) =>
    only(
      `沙盒是新的：正在重新运行你运行过的 ${cells} 格${commands === 0 ? '' : `和终端里的 ${commands} 条命令`}。`,
    ),
  'commands-left': ({ commands }) => ({
    message: `你在终端里输入过的，这些没有重新运行：${commands}。`,
    next: ['需要的话，请在那里再输入一遍。'],
  }),
  'hand-work-gone': ({ cells }) => ({
    message: `沙盒是新的：你在终端里为 ${cells} 做的，随旧沙盒一起没有了。`,
    next: ['请在那里再做一遍。'],
  }),
  'not-repeated': ({ cells }) => only(`在新沙盒里没有重新运行：${cells}。以前看到的不再算数。`),
  'lesson-changed': ({ cells }) =>
    only(`你上次来过之后，这一课改动了：${cells} 重新开始。你写的内容都还在。`),
  'no-longer-passes': ({ cell }) => only(`${cell} 以前通过，现在没有；再看看它。`),
  'held-before': ({ checks }) => ({
    message: `格子还没运行就已成立：${checks}。这样的检查说明不了这一格做了什么。`,
    next: ['让它检查这一格改变的东西；如果本意如此，写上 `invariant: true`。'],
  }),
  'stopped-not-passed': ({ cell }) => only(`停在 ${cell}：它没有通过，而后面的要靠它。`),
  'stopped-no-answer': ({ cell }) => only(`停在 ${cell}：它既没有你的回答，也没有答案。`),
  'cell-running': ({ cell }) => only(`${cell} 正在运行；请先停止它。`),
  'no-such-cell': ({ cell }) => only(`这一课里没有叫 ${cell} 的格。`),
  'no-such-answer': ({ quiz, choice }) => only(`没有这个选项：${quiz}，${choice}。`),
  'journal-mended': ({ lines, path }) => only(`进度里有 ${lines} 行无法读取，保存在 ${path}。`),
  'journal-not-written': ({ why }) => ({
    message: `进度无法写入：${why}。`,
    next: ['可以继续；腾出空间或修好文件夹，进度才能保存。'],
  }),
  'tools-missing': ({ tools, host }) => ({
    message: `这一课需要 ${host} 上没有的东西：${tools}。`,
    next: ['换一个沙盒试试：--sandbox NAME。`wirebook doctor` 会说明各有什么。'],
  }),
};
