/** Help and refusals of commander in the reader's language. English is what a command is described in, and finds the rest. */
import type { Command, Option } from 'commander';
import type { HelpTongue } from '../page/said/help-tongue.ts';
import type { Say } from '../page/said/translate.ts';

/** Commander says a sentence a line. */
export const sayLines = (text: string, say: Say): string => text.split('\n').map(say).join('\n');

/** What it is called in brackets: `(default: 2)`, `(choices: ...)`. */
const details = (option: Option, say: Say): string => {
  const { defaultValue, defaultValueDescription, negate } = option;
  const isShown = defaultValue !== undefined && typeof defaultValue !== 'boolean' && !negate;
  const value = defaultValueDescription ?? JSON.stringify(defaultValue);
  if (!isShown) return '';
  const text = say(`(default: ${value})`);
  return text.startsWith('(') ? ` ${text}` : text;
};

/** Call it before anything is added that has words of its own. */
export function inLanguage(command: Command, { say, ...look }: HelpTongue): void {
  command.description(say(command.description()));
  command.helpOption('-h, --help', say('print this help'));
  if (command.commands.length > 0) command.helpCommand('help [command]', say('print the help of a command'));
  for (const option of command.options) option.description = say(option.description);
  for (const argument of command.registeredArguments) argument.description = say(argument.description);
  command.configureHelp({
    ...look,
    showGlobalOptions: true,
    // Beside the longest command too.
    minWidthToWrap: 24,
    styleTitle: (title) => say(title),
    optionDescription: (option) => `${option.description}${details(option, say)}`,
  });
}
