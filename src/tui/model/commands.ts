/** What can be done in a lesson, each with its key and its words: what the palette lists. */
import { mapWords } from '../../map/words.ts';
import { boardWords } from '../../page/words/board/choose.ts';
import type { Words } from '../../page/words/choose.ts';

export interface Command {
  /** The press that does it, as the key tables name it. */
  chord: string;
  /** As it is shown. */
  key: string;
  says(words: Words): string;
}

const command = (chord: string, says: Command['says'], key = chord): Command => ({ chord, key, says });

/** Only in a live class. */
export const CLASS_COMMANDS: readonly Command[] = [
  command('C', (words) => words.class.help.menu),
  command('X', (words) => words.class.help.stop),
];

/** Only for who presents a lesson. */
export const PRESENT_COMMANDS: readonly Command[] = [
  command('N', ({ name }) => boardWords(name).presenter.notes),
];

export const COMMANDS: readonly Command[] = [
  command('enter', ({ help }) => help.enter, 'Enter'),
  command('n', ({ help }) => help.toNext),
  command('p', ({ help }) => help.toPrevious),
  command('h', ({ help }) => help.hint),
  command('s', ({ help }) => help.solution),
  command('o', ({ help }) => help.open),
  command('c', ({ help }) => help.check),
  command('a', ({ help }) => help.again),
  command('i', ({ help }) => help.edit),
  command('e', ({ help }) => help.external),
  command('u', ({ help }) => help.revert),
  command('x', ({ help }) => help.stop),
  command('f', ({ help }) => help.fold),
  command('F', ({ printout }) => printout.help.open),
  command('P', ({ printout }) => printout.help.pager),
  command('W', ({ printout }) => printout.help.save),
  command('y', ({ help }) => help.copyCell),
  command('Y', ({ help }) => help.copyOutput),
  command('R', ({ help }) => help.upTo),
  command('S', ({ help }) => help.skip),
  command('t', ({ help }) => help.shell),
  command('T', ({ help }) => help.shellIn),
  command('m', ({ name }) => mapWords(name).keys.open),
  command('L', ({ name }) => mapWords(name).keys.large),
  command('v', ({ help }) => help.steps),
  command('w', ({ help }) => help.handbook),
  command('/', ({ help }) => help.findText),
  command('g', ({ help }) => help.toStart),
  command('G', ({ help }) => help.toEnd),
  command('z', ({ help }) => help.mouse),
  command('r', ({ help }) => help.reset),
  command('l', ({ help }) => help.list),
  command('?', ({ help }) => help.help),
  command('q', ({ help }) => help.quit),
];
