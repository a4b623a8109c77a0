/** The words of a map. The field's own (MASQUERADE, ip_forward, route) stay as they are in every language. */
import { type Language, languageOf } from '../lib/languages.ts';

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
  holding: (n: number, all: number) => string;
  allHold: string;
  legend: readonly [up: string, half: string, down: string];
  title: string;
  waiting: string;
  before: string;
  /** Of the notebook's help. */
  keys: {
    open: string;
    inside: string;
    walk: string;
    stroll: string;
    name: string;
    routes: string;
    packet: string;
    large: string;
  };
  /** Of a packet that is followed. */
  walk: {
    looking: string;
    none: string;
    unset: string;
    nothing: string;
    /** @param pace in words, where it walks by itself */
    hop: (at: number, of: number, pace: string | undefined) => string;
    pace: (seconds: number) => string;
    still: string;
  };
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
  holding: (n, all) => `${n} of ${all} checks hold`,
  allHold: 'All checks of this cell hold.',
  legend: ['up', 'up, no carrier', 'down'],
  title: 'Map',
  waiting: 'Looking at the network.',
  before: 'The map appears when the sandbox is ready.',
  keys: {
    open: 'the map of the network',
    inside: 'in the map: routes, scroll',
    walk: 'in the map: follow a packet of the cell’s checks, hop by hop',
    stroll: 'it walks by itself, or stops; faster, slower',
    name: 'map',
    routes: 'routes',
    packet: 'packet',
    large: 'the map over all of the screen, for a projector',
  },
  walk: {
    looking: 'A packet is sent, and every interface watched.',
    none: 'No check of this cell sends a packet.',
    unset:
      'Where to send a packet stands in a variable that the shell does not have yet: run the cells before this one.',
    nothing: 'No packet was seen.',
    hop: (at, of, pace) => `hop ${at} of ${of}   ${pace ?? '> on, < back, . walks by itself'}`,
    pace: (seconds) => `${seconds} s a hop: + faster, - slower, . stops`,
    still: 'Less motion is wanted, so nothing walks by itself: > goes on a hop.',
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
  holding: (n, all) => `${all} 项检查成立 ${n} 项`,
  allHold: '这一格的检查全部通过。',
  legend: ['已启用', '已启用，无载波', '未启用'],
  title: '拓扑图',
  waiting: '正在查看网络。',
  before: '沙盒就绪后显示拓扑图。',
  keys: {
    open: '网络拓扑图',
    inside: '拓扑图中：路由、滚动',
    walk: '拓扑图中：逐跳跟踪本格检查的一个数据包',
    stroll: '它自动走，或停下；快些、慢些',
    name: '拓扑图',
    routes: '路由',
    packet: '跟包',
    large: '拓扑图占满屏幕，用于投影',
  },
  walk: {
    looking: '正在发送一个数据包，并监视所有接口。',
    none: '这一格的检查都不发送数据包。',
    unset: '目的地写在一个变量里，而 shell 里还没有它：先运行前面的格。',
    nothing: '没有看到数据包。',
    hop: (at, of, pace) => `第 ${at} 跳，共 ${of} 跳   ${pace ?? '> 下一跳，< 上一跳，. 自动走'}`,
    pace: (seconds) => `每跳 ${seconds} 秒：+ 快些，- 慢些，. 停下`,
    still: '已要求减少动态效果，所以不会自动走：按 > 走一跳。',
  },
};

export const MAP_WORDS: Readonly<Record<Language, MapWords>> = { en, 'zh-CN': zh };

export const mapWords = (language: string | undefined): MapWords => MAP_WORDS[languageOf(language) ?? 'en'];
