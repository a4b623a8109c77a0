/** Reads what the engine says of a container. */
import { z } from 'zod';
import type { HostObservation } from '../observation.ts';

/** The part of `docker container inspect` (Engine API, ContainerInspect) that Docker of all versions and podman share. */
const inspected = z.array(
  z.object({
    State: z.object({ Running: z.boolean(), Pid: z.number().default(0), ExitCode: z.number().default(0) }),
    Config: z.object({ Image: z.string().default('') }),
    HostConfig: z.object({ NetworkMode: z.string().default('') }),
    NetworkSettings: z.object({
      Networks: z.record(z.string(), z.object({ IPAddress: z.string().default('') })).nullish(),
    }),
  }),
);

export interface Container {
  running: boolean;
  /** As the host sees it; 0 when it does not run. */
  pid: number;
  exitCode: number;
  image: string;
  /** `bridge`, `none`, `host`, the name of a network, or `container:ID`. */
  network: string;
  addresses: readonly string[];
}

export type ContainerReading =
  | { state: 'there'; container: Container }
  | { state: 'absent'; why: string }
  | { state: 'unknown'; why: string };

/** The engine answers a question about no container with status 1; anything else that is no answer is our trouble. */
export function readContainer(host: HostObservation, name: string): ContainerReading {
  const { containers = {} } = host;
  const result = Object.hasOwn(containers, name) ? containers[name] : undefined;
  if (result === undefined) return { state: 'unknown', why: `The container ${name} was not looked at.` };
  if (result.failure === 'missing-tool') return { state: 'unknown', why: 'The command docker is not there.' };
  if (result.failure !== undefined)
    return { state: 'unknown', why: `The container engine did not answer (${result.failure}).` };
  if (result.exit !== 0) {
    if (/no such (container|object)/i.test(result.stderr))
      return { state: 'absent', why: 'there is no such container' };
    if (/cannot connect to the docker daemon|connection refused/i.test(result.stderr))
      return { state: 'absent', why: 'no container engine runs' };
    return { state: 'unknown', why: `docker container inspect failed: ${result.stderr.trim()}` };
  }
  let json: unknown;
  try {
    json = JSON.parse(result.stdout);
  } catch {
    return { state: 'unknown', why: 'What docker container inspect printed is no JSON.' };
  }
  const one = inspected.safeParse(json).data?.[0];
  if (one === undefined) return { state: 'unknown', why: 'docker container inspect printed something else.' };
  const mode = one.HostConfig.NetworkMode;
  return {
    state: 'there',
    container: {
      running: one.State.Running,
      pid: one.State.Pid,
      exitCode: one.State.ExitCode,
      image: one.Config.Image,
      network: mode === 'default' ? 'bridge' : mode,
      addresses: Object.values(one.NetworkSettings.Networks ?? {})
        .map((network) => network.IPAddress)
        .filter((address) => address !== ''),
    },
  };
}
