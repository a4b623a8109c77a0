/** 下层用英文说的句子，简体中文。 */
import { createSay, type Templates } from './translate.ts';
import { checks } from './zh-checks.ts';
import { errors } from './zh-errors.ts';
import { explain } from './zh-explain.ts';
import { probes } from './zh-probes.ts';
import { refusals } from './zh-refusals.ts';
import { session } from './zh-session.ts';
import { six } from './zh-six.ts';
import { trace } from './zh-trace.ts';
import { way } from './zh-way.ts';

export const tables: readonly Templates[] = [
  errors,
  refusals,
  session,
  checks,
  explain,
  way,
  six,
  probes,
  trace,
];

export const sayInChinese = createSay(tables, { ',': '，', '&': ' 和 ' }, '。');
