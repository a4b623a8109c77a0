/** 命令要说的话，简体中文；课里的话和这里的一起查。只在有话要说、而且界面是中文时才加载。 */
import { createSay } from './translate.ts';
import { authors } from './zh-authors.ts';
import { tables } from './zh-CN.ts';
import { classroom } from './zh-class.ts';
import { grading } from './zh-grading.ts';
import { lint } from './zh-lint.ts';
import { lintChecks } from './zh-lint-checks.ts';
import { reports } from './zh-reports.ts';
import { told } from './zh-told.ts';

export const sayCommandInChinese = createSay(
  [...tables, authors, grading, classroom, told, reports, lint, lintChecks],
  { ',': '，', '&': ' 和 ' },
  '。',
);
