/** A learner in a process of its own, to be killed: says questions without end and prints each one that is in its outbox. */

import { openClassroom } from '../../../src/class/learner/classroom.ts';
import { beginMemory, knownClasses, openMemory } from '../../../src/class/learner/memory.ts';
import { isOwn, SECRET } from './scripted-host.ts';

const [port, state, run, most] = process.argv.slice(2);
const known = knownClasses(state!)[0];
const memory = known
  ? openMemory(known.folder, known.remembered)
  : beginMemory(state!, {
      address: '127.0.0.1',
      code: 'code',
      name: 'Ada',
      consent: { progress: true, outputs: false, transcript: false },
    });
const classroom = openClassroom({
  memory,
  address: { host: '127.0.0.1', port: Number(port) },
  secret: SECRET,
  verify: isOwn,
  version: 'test',
  pace: { firstWaitMs: 20, longestWaitMs: 100 },
});
for (let at = 0; at < Number(most); at++) {
  classroom.act({ do: 'ask', text: `${run}/${at}` });
  process.stdout.write(`${run}/${at}\n`);
  await new Promise((resolve) => setTimeout(resolve, 3));
}
while (classroom.getState().unsent > 0) await new Promise((resolve) => setTimeout(resolve, 10));
await classroom.close();
process.stdout.write('done\n');
