/** Machines that are not thrown away are changed with the user's word alone; and what stays changed is told at the end. */
import { createInterface } from 'node:readline/promises';
import { InputError, Interrupted } from '../lib/errors.ts';
import { asSaid, type Say } from '../page/said/translate.ts';
import type { SandboxDriver } from '../sandbox/contract.ts';
import { sayLines } from './help.ts';
import type { Io } from './io.ts';

type ConsentIo = Pick<Io, 'stdin' | 'stderr' | 'signal'>;

/** @throws InputError when nobody can be asked; Interrupted when the answer is no. */
export async function askFirst(
  driver: SandboxDriver,
  yes: boolean,
  io: ConsentIo,
  say: Say = asSaid,
): Promise<void> {
  const risks = (await driver.risks?.()) ?? [];
  if (risks.length === 0) return;
  tellWhatIsLeft(driver, io, say);
  if (yes) return;
  const text = risks.join('\n');
  if (!io.stdin.isTTY || !io.stderr.isTTY) {
    throw new InputError(
      'not-asked',
      `${text}\n\nThat needs your word, and without a terminal you cannot be asked.`,
      'Give it with --yes.',
    );
  }
  io.stderr.write(`${sayLines(text, say)}\n`);
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await lines.question(`${say('Go on? [y/N]')} `, { signal: io.signal });
    if (!/^\s*y(es)?\s*$/i.test(answer)) throw new Interrupted('Nothing was changed.');
  } catch (error) {
    // Ctrl-C and Ctrl-D are a no
    if (error instanceof Interrupted) throw error;
    throw new Interrupted('Nothing was changed.');
  } finally {
    lines.close();
  }
}

/** When the process ends: the screen is gone by then, and nothing draws over it. */
function tellWhatIsLeft(driver: SandboxDriver, io: ConsentIo, say: Say): void {
  const told: string[] = [];
  driver.onLeft = (host, lines) => {
    told.push(...lines.map((line) => `  ${host}: ${line}\n`));
  };
  process.once('exit', () => {
    if (told.length > 0) io.stderr.write(`${say('Not as it was before:')}\n${[...new Set(told)].join('')}`);
  });
}
