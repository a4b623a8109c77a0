import type { HostObservation } from '../observation.ts';
import type { Container } from './container.ts';

/** Inode of a container's network namespace: where the kernel says that its first process is, whatever the engine says. */
export function netnsOf(host: HostObservation, container: Container): string | undefined {
  if (container.pid === 0) return undefined;
  return host.processes?.find((process) => process.pid === container.pid)?.netns || undefined;
}
