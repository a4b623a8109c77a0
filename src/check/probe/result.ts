/**
 * What a probe came to, before anyone judges it. `Unusable` means that we could not look: the check is broken, which is
 * never the learner's fault. What the network did, a refusal or a silence, is a result.
 */
import type { ToolResult } from '../observation.ts';

export interface Unusable {
  /** One sentence for people: what could not be looked at, and why. */
  unusable: string;
}

export function isUnusable(value: object): value is Unusable {
  return 'unusable' in value;
}

const FAILURES = {
  'missing-tool': (tool: string) => `${tool} is not installed in the sandbox`,
  timeout: (tool: string) => `${tool} did not end within its time`,
  'no-namespace': (tool: string) => `the namespace could not be entered to run ${tool}`,
  error: (tool: string) => `${tool} could not be run`,
} as const;

/** Why a tool's run says nothing about the network; undefined when its output may be read. */
export function unusable(tool: string, result: ToolResult | undefined): Unusable | undefined {
  if (result === undefined) return { unusable: `${tool} was not run` };
  if (result.failure !== undefined) {
    const words = FAILURES[result.failure]?.(tool) ?? FAILURES.error(tool);
    const detail = firstLine(result.stderr);
    return { unusable: detail === '' ? words : `${words}: ${detail}` };
  }
  if (result.exit === null) return { unusable: `${tool} was killed before it had a result` };
  // What a shell, env, nsenter or ip netns exec return when the program is not there, or may not be run.
  if (result.exit === 127) return { unusable: FAILURES['missing-tool'](tool) };
  if (result.exit === 126) return { unusable: `${tool} may not be run in the sandbox` };
  return undefined;
}

/** For output that has none of the forms the tool is known to write. */
export function notUnderstood(tool: string, result: ToolResult): Unusable {
  const said = firstLine(result.stderr) || firstLine(result.stdout) || 'nothing';
  return { unusable: `the output of ${tool} was not understood (exit ${result.exit}): ${said}` };
}

export function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').trim().slice(0, 200);
}
