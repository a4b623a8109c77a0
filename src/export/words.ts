/** What an exported lesson says besides the lesson's own words. */
import { type Language, languageOf } from '../lib/languages.ts';
import type { Admonition } from '../page/markdown/admonition.ts';
import { en as pageEnglish } from '../page/words/en.ts';
import { zhCN as pageChinese } from '../page/words/zh-CN.ts';
import type { CellStatus } from '../session/state.ts';
import type { Source } from './source.ts';

export interface ExportWords {
  /** BCP 47. */
  name: string;
  skip: string;
  /** What notes and warnings are called. */
  titles: Readonly<Record<Admonition, string>>;
  steps: string;
  source: Readonly<Record<Source, string>>;
  lesson: string;
  walked: string;
  points: string;
  cells: string;
  cell: (number: number) => string;
  task: string;
  status: Readonly<Record<CellStatus, string>>;
  on: string;
  time: string;
  attempts: string;
  command: string;
  answer: string;
  given: string;
  output: string;
  noOutput: string;
  leftOut: string;
  exit: string;
  checks: string;
  verdict: Readonly<Record<'pass' | 'fail' | 'broken' | 'skipped', string>>;
  expected: string;
  found: string;
  field: string;
  why: string;
  advice: string;
  skippedBecause: string;
  hint: string;
  solution: string;
  question: string;
  chosen: string;
  right: string;
  wrong: string;
  notAnswered: string;
  made: (version: string) => string;
  /** What the layers below say in English, in this language. */
  say: (sentence: string) => string;
  /** Of a packet's walk. */
  packet: {
    title: string;
    from: (place: string) => string;
    again: (from: string, to: string) => string;
    columns: readonly [time: string, where: string, via: string, what: string, more: string];
    /** Of the script; `{at}` and `{of}` are put in by it. */
    controls: { back: string; next: string; play: string; pause: string; speed: string; hop: string };
  };
}

const en: ExportWords = {
  name: 'en',
  titles: pageEnglish.admonition,
  skip: 'To the lesson',
  steps: 'Steps',
  source: {
    session: 'a walk through the lesson',
    run: 'run in a fresh sandbox, with the solutions of its tasks',
    text: 'not run',
  },
  lesson: 'Lesson',
  walked: 'Walked',
  points: 'Points',
  cells: 'Cells passed',
  cell: (number) => `Cell ${number}`,
  task: 'task',
  status: {
    waiting: 'not run',
    running: 'running',
    checking: 'being checked',
    passed: 'passed',
    failed: 'failed',
    broken: 'could not be looked at',
    skipped: 'skipped',
  },
  on: 'on',
  time: 'took',
  attempts: 'attempts',
  command: 'Command',
  answer: 'Answer',
  given: 'The lesson gives',
  output: 'Output',
  noOutput: 'It printed nothing.',
  leftOut: 'left out',
  exit: 'status',
  checks: 'Checks',
  verdict: { pass: 'holds', fail: 'does not hold', broken: 'could not be looked at', skipped: 'skipped' },
  expected: 'Expected',
  found: 'Found',
  field: 'Field',
  why: 'Why',
  advice: 'What to try',
  skippedBecause: 'Skipped',
  hint: 'Hint',
  solution: 'Solution',
  question: 'Question',
  chosen: 'chosen',
  right: 'right',
  wrong: 'wrong',
  notAnswered: 'Not answered.',
  made: (version) => `Exported by Wirebook ${version}.`,
  say: pageEnglish.say,
  packet: {
    title: 'The way of a packet:',
    from: (place) => `sent from ${place}`,
    again: (from, to) => `the same way as before, ${from} to ${to}`,
    columns: ['Time', 'Where', 'Interface', 'What', 'Headers and rules'],
    controls: {
      back: '◀ Back',
      next: 'Next hop ▶',
      play: 'Walk',
      pause: 'Stop',
      speed: 'Speed',
      hop: 'hop {at} of {of}',
    },
  },
};

const zhCN: ExportWords = {
  name: 'zh-CN',
  titles: pageChinese.admonition,
  skip: '跳到课程',
  steps: '步骤',
  source: { session: '学习者自己的学习过程', run: '在全新的沙盒里运行，任务用的是答案', text: '尚未运行' },
  lesson: '课程',
  walked: '时间',
  points: '得分',
  cells: '通过的格',
  cell: (number) => `第 ${number} 格`,
  task: '任务',
  status: {
    waiting: '未运行',
    running: '正在运行',
    checking: '正在检查',
    passed: '通过',
    failed: '失败',
    broken: '无法检查',
    skipped: '已跳过',
  },
  on: '主机',
  time: '用时',
  attempts: '尝试次数',
  command: '命令',
  answer: '答案',
  given: '课程给出',
  output: '输出',
  noOutput: '没有输出。',
  leftOut: '已省略',
  exit: '退出状态',
  checks: '检查',
  verdict: { pass: '成立', fail: '不成立', broken: '无法检查', skipped: '已跳过' },
  expected: '期望',
  found: '实际',
  field: '字段',
  why: '原因',
  advice: '可以尝试',
  skippedBecause: '跳过原因',
  hint: '提示',
  solution: '答案',
  question: '问题',
  chosen: '所选',
  right: '正确',
  wrong: '错误',
  notAnswered: '尚未回答。',
  made: (version) => `由 Wirebook ${version} 导出。`,
  say: pageChinese.say,
  packet: {
    title: '一个包走过的路：',
    from: (place) => `从 ${place} 发出`,
    again: (from, to) => `与前面走同一条路，${from} 到 ${to}`,
    columns: ['时间', '位置', '接口', '事件', '头部与规则'],
    controls: {
      back: '◀ 上一跳',
      next: '下一跳 ▶',
      play: '自动走',
      pause: '停止',
      speed: '速度',
      hop: '第 {at} 跳，共 {of} 跳',
    },
  },
};

const WORDS: Readonly<Record<Language, ExportWords>> = { en, 'zh-CN': zhCN };

/** By the lesson's language, or the one asked for. */
export const exportWords = (language: string): ExportWords => WORDS[languageOf(language) ?? 'en'];
