/** A bundle as a submission: its answers, the help that its journal tells of, and what is not as it was made. */
import type { Lesson } from '../../lesson/model.ts';
import { shownHints } from '../../session/hints.ts';
import { readJournal } from '../../session/journal/read.ts';
import { foldJournal } from '../../session/journal/restore.ts';
import type { Submission } from '../model.ts';
import { Unreadable } from '../submission/safe-read.ts';
import { answersIn } from '../submission/text-file.ts';
import { ANSWERS, JOURNAL, MANIFEST } from './manifest.ts';
import { verifyBundle } from './verify.ts';

export const isBundle = (files: ReadonlyMap<string, Uint8Array>): boolean => files.has(MANIFEST);

/** @throws Unreadable */
export function readBundle(
  files: ReadonlyMap<string, Buffer>,
  lesson: Lesson,
  learner?: string,
  publicKey?: string,
): Pick<Submission, 'answers' | 'help' | 'notes'> {
  const { manifest, findings, signature } = verifyBundle(files, { publicKey });
  if (manifest === undefined) throw new Unreadable('its manifest cannot be read');
  if (manifest.lesson !== lesson.id) throw new Unreadable(`it is a bundle of the lesson ${manifest.lesson}`);
  const answers = files.get(ANSWERS);
  if (answers === undefined) throw new Unreadable(`there is no ${ANSWERS} in the bundle`);
  const notes = findings.map(({ text }) => text);
  if (publicKey !== undefined && signature === 'none') notes.push('The bundle is not signed.');
  if (learner !== undefined && manifest.learner !== learner)
    notes.push(`The bundle was made by ${manifest.learner}.`);
  return { answers: answersIn(ANSWERS, answers, lesson), help: helpIn(files.get(JOURNAL)), notes };
}

function helpIn(journal: Buffer | undefined): Submission['help'] {
  if (journal === undefined) return {};
  const content = readJournal(journal);
  const { header } = content;
  if (header === undefined) return {};
  const { cells } = foldJournal({ ...content, header });
  const help = new Map(
    Object.values(cells).map((cell) => [
      cell.id,
      { hints: new Set(shownHints(cell)), solution: cell.solutionShown },
    ]),
  );
  // A reset forgets what was shown; the events do not.
  for (const event of content.events) {
    if (event.type !== 'hint-shown' && event.type !== 'solution-shown') continue;
    const known = help.get(event.cell);
    if (known === undefined) continue;
    if (event.type === 'hint-shown') known.hints.add(event.hint);
    else known.solution = true;
  }
  return Object.fromEntries(
    [...help]
      .map(([id, { hints, solution }]) => [id, { hints: hints.size, solution }] as const)
      .filter(([, { hints, solution }]) => hints > 0 || solution),
  );
}
