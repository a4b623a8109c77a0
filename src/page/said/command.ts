/**
 * What a command says, when it fails and else, in the reader's language. More is said here than in a notebook (of
 * submissions, certificates, rosters): its tables are loaded when there is something to say, and only where they are needed.
 */
import { type Env, spoken } from '../words/languages.ts';
import type { HelpTongue } from './help-tongue.ts';
import { asSaid, type Say } from './translate.ts';

export async function commandSay(lang: string | undefined, env: Env): Promise<Say> {
  return spoken(lang, env) === 'zh-CN' ? (await import('./zh-command.ts')).sayCommandInChinese : asSaid;
}

const ENGLISH: HelpTongue = { say: asSaid };

/** For `--help`, and for arguments that are refused. */
export async function helpTongue(lang: string | undefined, env: Env): Promise<HelpTongue> {
  return spoken(lang, env) === 'zh-CN' ? (await import('./zh-help.ts')).helpInChinese : ENGLISH;
}
