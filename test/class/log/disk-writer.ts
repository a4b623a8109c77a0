/**
 * A process that can be killed: `node disk-writer.ts FOLDER SPEAKER`. Writes without end, many at once, and prints the number
 * of each entry that was acknowledged; `full` when there was no room, and goes on then.
 */
import { writeSync } from 'node:fs';
import { openDiskLog } from '../../../src/class/log/disk/log.ts';
import { WirebookError } from '../../../src/lib/errors.ts';
import { said } from './conformance.ts';

const [folder, first] = process.argv.slice(2);
const log = await openDiskLog(folder!);
writeSync(1, `open ${log.cut}\n`);
let n = Number(first);
const write = async (): Promise<void> => {
  for (;;) {
    n += 1;
    const mine = n;
    try {
      await log.append(said('learner:a', mine));
      writeSync(1, `${mine}\n`);
    } catch (error) {
      writeSync(1, `${error instanceof WirebookError ? error.code : error}\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
};
await Promise.all(Array.from({ length: 20 }, write));
