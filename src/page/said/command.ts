/**
 * What a command says, when it fails and else, in the reader's language. More is said here than in a notebook (of
 * submissions, certificates, rosters): its tables are loaded when there is something to say, and only where they are needed.
 */
import { english, type Tongue } from '../../drill/tongue.ts';
import type { Language } from '../../lib/languages.ts';
import { type Env, spoken } from '../words/languages.ts';
import { asCalled } from './as-called.ts';
import type { HelpTongue } from './help-tongue.ts';
import { asSaid, type Say } from './translate.ts';

interface Spoken {
  command(): Promise<Say>;
  /** For `--help`, and for arguments that are refused. */
  help(): Promise<HelpTongue>;
  drill(): Promise<Tongue>;
}

const SPOKEN: Readonly<Record<Language, Spoken>> = {
  en: {
    command: async () => asSaid,
    help: async () => ({ say: asSaid }),
    drill: async () => english,
  },
  'zh-CN': {
    command: async () => (await import('./zh-command.ts')).sayCommandInChinese,
    help: async () => (await import('./zh-help.ts')).helpInChinese,
    drill: async () => (await import('./zh-drill.ts')).drillInChinese,
  },
};

export const commandSay = async (lang: string | undefined, env: Env): Promise<Say> =>
  asCalled(await SPOKEN[spoken(lang, env)].command(), env);

export const helpTongue = (lang: string | undefined, env: Env): Promise<HelpTongue> =>
  SPOKEN[spoken(lang, env)].help();

export const drillTongue = (lang: string | undefined, env: Env): Promise<Tongue> =>
  SPOKEN[spoken(lang, env)].drill();
