/** A process that writes a journal until it is killed. `node journal-writer.ts PATH` prints each number that is written. */
import { openJournal } from '../../src/session/journal.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import { cell, lessonOf } from './fake-lesson.ts';

const lesson = lessonOf([cell('one', 'echo 1'), cell('task', '', { role: 'task' })]);
const journal = openJournal({ path: process.argv[2]!, lesson, compactAt: 64 * 1024 });
let state = journal.restored?.state ?? initialState(lesson, 0);
for (let n = 0; ; n++) {
  const event = { at: n, type: 'answer-edited', cell: 'task', text: `${n}:${'x'.repeat(n % 700)}` } as const;
  state = reduce(state, event, lesson);
  journal.append(event, state);
  process.stdout.write(`${n}\n`);
  if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
