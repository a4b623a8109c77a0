/** Commands as they can be typed here: in a checkout there is no `wirebook` in the shell, only npm's script of that name. */
import type { Env } from '../words/languages.ts';
import type { Say } from './translate.ts';

/** npm says by which script it was asked to run us. */
const SCRIPTS = ['start', 'wirebook'];

const COMMANDS = 'test|lint|new|preview|import|record|export|grade|submit|verify|class|drill|sandbox|doctor';
/** Not a path that ends so, and not a sentence about a wirebook. */
const COMMAND = new RegExp(`(?<![\\w./-])wirebook (?=(?:${COMMANDS})\\b)`, 'g');

export function asCalled(say: Say, { npm_lifecycle_event: script }: Env): Say {
  if (script === undefined || !SCRIPTS.includes(script)) return say;
  return (sentence) => say(sentence).replace(COMMAND, 'npm run -s wirebook -- ');
}
