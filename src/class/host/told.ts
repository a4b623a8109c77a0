/** What happens in a class, as lines for a terminal without a board. Pure. */
import type { Book } from '../../board/book.ts';
import type { Change } from '../../board/change.ts';
import type { Entry } from '../../board/events.ts';

/** Undefined for what nobody need read. */
export function toldOf(book: Book, change: Change, { from, event }: Entry): string | undefined {
  const name = nameOf(book, from.startsWith('learner:') ? from.slice('learner:'.length) : undefined);
  switch (event.type) {
    case 'joined':
      return change.member === 'joined' ? `${event.name} has joined: ${book.size} in the class.` : undefined;
    case 'removed':
      return change.member === 'removed' ? 'A learner was taken out.' : undefined;
    case 'cell':
      if (event.status === 'passed') return `${name}: ${event.lesson}/${event.cell} holds.`;
      if (event.status === 'failed' || event.status === 'broken') {
        const [first] = event.failing;
        const why = first === undefined ? '' : ` ${first.because ?? first.title}`;
        const word = event.status === 'failed' ? 'does not hold' : 'could not be checked';
        return `${name}: ${event.lesson}/${event.cell} ${word} (try ${event.attempts}).${why}`;
      }
      return undefined;
    case 'lesson-finished':
      return `${name} has finished ${event.lesson}.`;
    case 'hand':
      return event.up ? `${name} raises a hand.` : undefined;
    case 'reaction':
      return `${name}: ${event.reaction}`;
    case 'question':
      return change.board ? `${name} asks: ${event.text.replace(/\s+/g, ' ')}` : undefined;
    case 'announced':
      return `To all: ${event.text.replace(/\s+/g, ' ')}`;
    case 'pace':
      return event.pace.mode === 'gated'
        ? `Open up to ${event.pace.upTo.lesson}, step ${event.pace.upTo.step + 1}.`
        : event.pace.mode === 'following'
          ? 'Everybody follows the instructor.'
          : 'Everybody goes at their own pace.';
    case 'left':
      return `${name} has left.`;
    case 'class-ended':
      return 'The class has ended.';
    default:
      return undefined;
  }
}

const nameOf = (book: Book, id: string | undefined): string =>
  (id === undefined ? undefined : book.learner(id)?.name) ?? 'Somebody';
