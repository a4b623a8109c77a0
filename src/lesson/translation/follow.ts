/** Finds what a translation's cell or quiz is in the original, and says what has been left out or misplaced. */
import { suggest } from '../../lib/suggest.ts';
import type { Fence } from '../fences.ts';
import type { Header } from '../header.ts';
import type { Anchor } from './anchors.ts';
import type { Draft } from './draft.ts';

/** How blocks without an id are called. */
const COUNTED = /^(cell|quiz)-\d+$/;

const named = (anchor: Anchor): string =>
  COUNTED.test(anchor.id) ? `a \`.${anchor.kind}\` block` : `\`{.${anchor.kind} #${anchor.id}}\``;

/** What is missing is told where the translation goes on without it. */
export function tellMissing(draft: Draft, upTo: number, span: { line: number; column: number }): void {
  const missing = draft.anchors.slice(draft.next, upTo);
  if (missing.length === 0) return;
  const places = missing.map((anchor) => `${named(anchor)} (${draft.at(anchor.line)})`);
  draft.faults.error(
    'missing-block',
    { ...span, length: Infinity },
    `Before this the original has what is missing here: ${places.join(', ')}.`,
    'put it in: the fence as in the original, with comments translated',
  );
}

/** Undefined where the original has no such block, or not here: that is told. */
export function follow(draft: Draft, fence: Fence, header: Header): Anchor | undefined {
  const { anchors, faults } = draft;
  const head = { line: fence.line, column: fence.column, length: Infinity };
  const kind = header.role as Anchor['kind'];
  // Without an id it is the next one of its kind that has none.
  const index = anchors.findIndex((anchor, i) =>
    header.id
      ? anchor.id === header.id.text
      : i >= draft.next && COUNTED.test(anchor.id) && anchor.kind === kind,
  );
  const anchor = anchors[index];
  if (!anchor) {
    const coming = anchors[draft.next];
    const instead = coming
      ? `here the original has ${named(coming)} (${draft.at(coming.line)})`
      : 'take it away, or put it into the original as well';
    const message = header.id
      ? `The original has no block \`${header.id.text}\`.`
      : 'A block of a translation bears the id that it has in the original.';
    faults.error('unknown-block', header.id?.span ?? head, message, instead);
    // An id mistyped is one fault, not one for what is there and one for what is missing.
    if (coming && header.id && suggest(header.id.text, [coming.id])) draft.next += 1;
    return undefined;
  }
  if (index < draft.next) {
    faults.error(
      'misplaced-block',
      header.id?.span ?? head,
      `\`${anchor.id}\` has been here already, or stands earlier in the original (${draft.at(anchor.line)}).`,
      'keep the order of the original',
    );
    return undefined;
  }
  tellMissing(draft, index, head);
  draft.next = index + 1;
  if (anchor.kind !== kind) {
    faults.error(
      'differs-from-original',
      head,
      `\`${anchor.id}\` is a \`.${anchor.kind}\` in the original (${draft.at(anchor.line)}).`,
      `write \`.${anchor.kind}\``,
    );
    return undefined;
  }
  if (anchor.step !== draft.step && !draft.stepTold) {
    draft.stepTold = true;
    const title = draft.original.steps[anchor.step]!.title;
    faults.error(
      'steps-differ',
      head,
      `In the original \`${anchor.id}\` stands in step ${anchor.step + 1}, “${title}”; here in step ${draft.step + 1}.`,
      'begin each step with a heading `##`, where the original does',
    );
  }
  return anchor;
}
