/** 在终端里做的，或在以前的沙盒里做的，后来怎样了。 */
import type { PastWords } from './en.ts';

export const pastZhCN: PastWords = {
  catchingUp: '正在重做你做过的',
  queued: '正在重做你做过的；做完之后这一格就会运行。按 x 停止。',
  byHand: '在终端里完成。',
  byHandAgain: '在终端里完成。在这个新沙盒里，是按作者的答案重做的，不是按你的命令。',
  commandsAgain: '在终端里完成。在这个新沙盒里，你的命令重新运行过了。',
  begunAgain: '你在终端里开始做的，在这个新沙盒里重新运行过了。',
  left: (commands) => `没有重新运行：${commands}。`,
  differs: (commands) => `结果与以前不同：${commands}。`,
  more: (n) => `还有 ${n} 条`,
  byHandGone: '你在终端里做的，随旧沙盒一起没有了：请在那里再做一遍，或写在这里。',
  notRepeated: {
    interrupted: '上次运行被中断，所以没有在这个新沙盒里重做。请再运行一次。',
    timeout: '上次运行超过了时限，所以没有在这个新沙盒里重做。请再运行一次。',
    'output-limit': '上次运行输出太多，所以没有在这个新沙盒里重做。请再运行一次。',
    ended: '旧沙盒结束时它正在运行，所以没有在这个新沙盒里重做。请再运行一次。',
    unknown: '到这里为止做过什么已经不清楚，所以没有重做。请再运行一次。',
  },
};
