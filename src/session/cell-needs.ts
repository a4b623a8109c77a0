/** Tools that a lesson or a cell names in `needs`, and which of them a host does not have. */
import { SandboxError } from '../lib/errors.ts';
import type { Sandbox } from '../sandbox/contract.ts';

/** One process a host, however many names: starting one costs milliseconds, in an emulated machine tens of them. */
const SCRIPT = 'for name; do command -v -- "$name" >/dev/null 2>&1 || printf "%s\\n" "$name"; done';

/** @throws SandboxError when the host could not be asked. */
export async function missingNeeds(
  sandbox: Sandbox,
  host: string,
  needs: readonly string[],
): Promise<string[]> {
  if (needs.length === 0) return [];
  const { exit, stdout } = await sandbox.exec(host, ['sh', '-c', SCRIPT, 'sh', ...needs], { timeoutMs: 10_000 });
  if (exit !== 0)
    throw new SandboxError('sandbox-exec', `${host} could not be asked for its tools (status ${exit}).`);
  const missing = new Set(new TextDecoder().decode(stdout).split('\n'));
  return needs.filter((name) => missing.has(name));
}

/** Why a cell is passed over. */
export function missingReason(missing: readonly string[], host: string): string {
  return `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there on ${host}`;
}
