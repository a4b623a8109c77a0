/** The commands of a lesson (solutions for tasks) in one sandbox, as few scripts as can be, and not a single check. */
import { vocabulary } from '../../src/check/vocabulary.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { getDriver } from '../../src/sandbox/registry.ts';

const lesson = await requireLesson(process.argv[2]!, vocabulary);
const driver = await getDriver('embedded');
await using sandbox = await driver.create({ hosts: lesson.hosts });

const scripts: { host: string; text: string; background: boolean }[] = lesson.setups.map(
  ({ host, text }) => ({
    host,
    text,
    background: false,
  }),
);
for (const { host, text, solution, background } of lesson.cells) {
  const last = scripts.at(-1);
  const commands = solution ?? text;
  if (last && last.host === host && !last.background && !background) last.text += `\n${commands}`;
  else scripts.push({ host, text: commands, background });
}
for (const { host, text, background } of scripts) {
  const { outcome } = await sandbox.run(host, text, { timeoutMs: 120_000, background });
  if (outcome !== 'exited') throw new Error(`the script on ${host} did not come to its end: ${outcome}`);
}
