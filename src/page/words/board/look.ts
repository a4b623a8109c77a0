/** The words for a look at what a learner shares: their cells, and their own shells. */

export const LOOK = {
  look: 'Look',
  looking: 'Asking the host.',
  wrote: 'Written',
  printed: 'Printed',
  nothingShared: 'Nothing of this cell was shared yet.',
  notAgreed: 'Shares no cells. A look needs the learner’s consent, given in their notebook.',
  shells: 'Shells',
  typed: 'Typed and seen in their shells',
  nothingTyped: 'Nothing of a shell in this lesson was shared yet.',
  notAgreedShells: 'Shares no shells. A look needs the learner’s consent, given in their notebook.',
};

export const LOOK_ZH: typeof LOOK = {
  look: '查看',
  looking: '正在询问主机。',
  wrote: '写的内容',
  printed: '输出',
  nothingShared: '这一格还没有共享内容。',
  notAgreed: '不共享单元格。查看需要学员在自己的笔记本里同意。',
  shells: '终端',
  typed: '终端里输入和看到的内容',
  nothingTyped: '这一课的终端还没有共享内容。',
  notAgreedShells: '不共享终端。查看需要学员在自己的笔记本里同意。',
};
