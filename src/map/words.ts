/** The words of a map. The field's own (MASQUERADE, ip_forward, route) stay as they are in every language. */
export interface MapWords {
  underlay: string;
  noAddress: string;
  noPorts: string;
  notSeen: string;
  unnamed: string;
  notLooked: string;
  hostFailed: (why: string) => string;
  nothing: string;
  gone: string;
  missing: string;
  allHold: string;
  legend: readonly [up: string, half: string, down: string];
  title: string;
  waiting: string;
  before: string;
  /** Of the notebook's help. */
  keys: { open: string; inside: string; name: string; routes: string };
}

const en: MapWords = {
  underlay: 'underlay',
  noAddress: 'no address',
  noPorts: 'no ports',
  notSeen: 'end not seen',
  unnamed: 'without a name',
  notLooked: 'not looked into',
  hostFailed: (why) => `could not be looked at: ${why}`,
  nothing: 'Nothing has been looked at yet.',
  gone: 'Gone',
  missing: 'Still missing',
  allHold: 'All checks of this cell hold.',
  legend: ['up', 'up, no carrier', 'down'],
  title: 'Map',
  waiting: 'Looking at the network.',
  before: 'The map appears when the sandbox is ready.',
  keys: {
    open: 'the map of the network',
    inside: 'in the map: routes, scroll',
    name: 'map',
    routes: 'routes',
  },
};

const zh: MapWords = {
  underlay: '底层网络',
  noAddress: '没有地址',
  noPorts: '没有端口',
  notSeen: '另一端未知',
  unnamed: '无名',
  notLooked: '未查看',
  hostFailed: (why) => `无法查看：${why}`,
  nothing: '还没有查看过。',
  gone: '已消失',
  missing: '还缺少',
  allHold: '这一格的检查全部通过。',
  legend: ['已启用', '已启用，无载波', '未启用'],
  title: '拓扑图',
  waiting: '正在查看网络。',
  before: '沙盒就绪后显示拓扑图。',
  keys: { open: '网络拓扑图', inside: '拓扑图中：路由、滚动', name: '拓扑图', routes: '路由' },
};

export const MAP_WORDS = { en, 'zh-CN': zh } as const;

export function mapWords(language: string | undefined): MapWords {
  return language?.toLowerCase().startsWith('zh') ? zh : en;
}
