/** Tools and features of the kernel that a lesson or a cell names in `needs`, and which of them a host does not have. */
import { SandboxError } from '../lib/errors.ts';
import { suggest } from '../lib/suggest.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { FEATURES, probeFeatures } from '../sandbox/features.ts';

/** One process a host, however many names: starting one costs milliseconds, in an emulated machine tens of them. */
const SCRIPT = 'for name; do command -v -- "$name" >/dev/null 2>&1 || printf "%s\\n" "$name"; done';

/** @throws SandboxError when the host could not be asked. */
export async function missingNeeds(
  sandbox: Sandbox,
  host: string,
  needs: readonly string[],
): Promise<string[]> {
  const isFeature = (name: string) => Object.hasOwn(FEATURES, name);
  const [features, tools] = await Promise.all([
    probeFeatures(sandbox, host, needs.filter(isFeature)),
    missingTools(
      sandbox,
      host,
      needs.filter((name) => !isFeature(name)),
    ),
  ]);
  return needs.filter((name) => (isFeature(name) ? features[name] !== true : tools.has(name)));
}

async function missingTools(
  sandbox: Sandbox,
  host: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const argv = ['/bin/sh', '-c', SCRIPT, 'sh', ...names];
  const { exit, stdout } = await sandbox.exec(host, argv, { timeoutMs: 10_000 });
  if (exit !== 0)
    throw new SandboxError('sandbox-exec', `${host} could not be asked for its tools (status ${exit}).`);
  return new Set(new TextDecoder().decode(stdout).split('\n'));
}

/** What may be done about it: a feature's own remedy, the name that was meant, another sandbox. */
export function missingNext(missing: readonly string[]): string[] {
  const names = Object.keys(FEATURES);
  const remedies = missing.flatMap((name) => {
    if (Object.hasOwn(FEATURES, name)) return FEATURES[name]!.next.map((each) => `${name}: ${each}`);
    const near = suggest(name.replaceAll('-', '_'), names);
    return near === undefined ? [] : [`${name}: did you mean the feature ${near}?`];
  });
  const program = missing.some((name) => !Object.hasOwn(FEATURES, name));
  return [
    ...remedies,
    ...(program ? [`What is no feature is a program. The features: ${names.join(', ')}`] : []),
    'Choose another sandbox: --sandbox NAME',
  ];
}

/** Why a cell is passed over. */
export function missingReason(missing: readonly string[], host: string): string {
  return `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there on ${host}`;
}
