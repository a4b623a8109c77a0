/** What is presented, large, on the board's page. */

export const MAP = {
  title: 'Map',
  waiting: 'A moment.',
  none: 'Nobody presents just now.',
  noneNext: 'The network of whoever runs `wirebook class present` is shown here.',
  failed: (why: string) => `The network could not be looked at: ${why}`,
  tooLarge: 'The network is too large to be shown here.',
  hop: (at: number, of: number) => `hop ${at} of ${of}`,
  leave: 'Board',
  full: 'Full screen',
  routes: 'Routes',
  code: 'How to join',
  join: 'Join:',
  browser: 'or in a browser:',
};

export const MAP_ZH: typeof MAP = {
  title: '拓扑图',
  waiting: '稍等。',
  none: '现在没有人在演示。',
  noneNext: '谁运行 `wirebook class present`，这里就显示谁的网络。',
  failed: (why) => `无法查看网络：${why}`,
  tooLarge: '网络太大，这里显示不下。',
  hop: (at, of) => `第 ${at} 跳，共 ${of} 跳`,
  leave: '面板',
  full: '全屏',
  routes: '路由',
  code: '如何加入',
  join: '加入：',
  browser: '或用浏览器：',
};
