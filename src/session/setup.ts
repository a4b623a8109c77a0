/** The lesson's `.setup` blocks: run before the first cell, unseen. */
import type { Lesson } from '../lesson/model.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { clipText } from './output.ts';

const SETUP_TIMEOUT_MS = 120_000;

/**
 * @returns why the lesson cannot begin: an author's or a sandbox's fault, never the learner's; undefined when all is well.
 * @throws SandboxError when the sandbox failed.
 */
export async function runSetups(
  sandbox: Sandbox,
  lesson: Lesson,
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (const setup of lesson.setups) {
    const result = await sandbox.run(setup.host, setup.text, { timeoutMs: SETUP_TIMEOUT_MS, signal });
    if (result.outcome === 'exited' && result.exit === 0) continue;
    const how = result.outcome === 'exited' ? `status ${result.exit}` : result.outcome;
    const said = clipText((result.stderr || result.stdout).trim(), 2000);
    return `The lesson's set-up (${setup.place.file}:${setup.place.line}) ended with ${how}${said === '' ? '.' : `: ${said}`}`;
  }
  return undefined;
}
