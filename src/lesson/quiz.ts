/**
 * A quiz: Markdown, the question first, then a task list. `- [x]` is a right choice, `- [ ]` a wrong one; what follows
 * ` -- ` says why, and is shown once the choice is made. An indented line goes on with the choice before it.
 */
import type { Faults } from './faults.ts';
import type { Fence } from './fences.ts';
import type { Quiz } from './model.ts';

type Choice = Quiz['choices'][number];

const CHOICE = /^ {0,3}[-*+] +\[([ xX])\](?:\s+(.*))?$/;
const ITEM = /^ {0,3}[-*+]\s/;

function toChoice(mark: string, line: string): Choice {
  const [text = '', ...reason] = line.split(/(?:^|\s)--(?=\s)/);
  const because = reason.join(' --').trim();
  const choice = { text: text.trim(), right: mark !== ' ' };
  return because === '' ? choice : { ...choice, because };
}

interface Draft {
  mark: string;
  parts: string[];
  index: number;
}

/** Splits the question from the choices; lines that fit neither are told. */
function readLines(fence: Fence, faults: Faults): { question: string[]; drafts: Draft[] } {
  const question: string[] = [];
  const drafts: Draft[] = [];
  let inFence = false;
  for (const [index, line] of fence.lines.entries()) {
    if (/^\s*(```|~~~)/.test(line)) inFence = !inFence;
    const choice = inFence ? null : CHOICE.exec(line);
    const last = drafts.at(-1);
    if (choice) drafts.push({ mark: choice[1]!, parts: [choice[2] ?? ''], index });
    else if (!last) question.push(line);
    else if (/^\s/.test(line) && line.trim() !== '') last.parts.push(line.trim());
    else if (line.trim() !== '') {
      const span = { line: fence.line + 1 + index, column: fence.columns[index]!, length: line.length };
      const [message, instead] = ITEM.test(line)
        ? ['A choice without a box.', 'begin it with `- [ ]`, or `- [x]` when it is right']
        : ['Nothing may follow the choices.', 'put it before them, or indent it to go on with the last'];
      faults.error('bad-choice', span, message!, instead);
    }
  }
  return { question, drafts };
}

/** Faults are told; what is returned then is not used. */
export function readQuiz(fence: Fence, file: string, id: string, faults: Faults): Quiz {
  const { question, drafts } = readLines(fence, faults);
  const choices = drafts.map((draft) => toChoice(draft.mark, draft.parts.join(' ')));
  const head = { line: fence.line, column: fence.column, length: Infinity };
  for (const [i, choice] of choices.entries()) {
    const { index } = drafts[i]!;
    const span = { line: fence.line + 1 + index, column: fence.columns[index]!, length: Infinity };
    if (choice.text === '') faults.error('bad-choice', span, 'A choice without words.');
  }
  if (question.every((line) => line.trim() === ''))
    faults.error('bad-quiz', head, 'The quiz asks nothing.', 'write the question before the choices');
  const right = choices.filter((choice) => choice.right).length;
  if (choices.length < 2)
    faults.error(
      'bad-quiz',
      head,
      'A quiz has at least two choices.',
      'write `- [ ] wrong -- why` and `- [x] right -- why`',
    );
  else if (right === 0) faults.error('bad-quiz', head, 'No choice is right.', 'mark it with `- [x]`');
  else if (right === choices.length)
    faults.error(
      'bad-quiz',
      head,
      'Every choice is right, so there is nothing to choose.',
      'mark a wrong one with `- [ ]`',
    );
  return {
    id,
    question: question.join('\n').trim(),
    choices,
    place: { file, line: fence.line, column: fence.column },
  };
}
