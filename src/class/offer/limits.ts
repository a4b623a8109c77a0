/** What one seat may use, and which of it this machine can hold. */
import { type CgroupParent, type Controller, chooseCgroup } from '../../sandbox/embedded/cgroup.ts';

export interface SeatLimits {
  /** Bytes of the processes of a sandbox. */
  memory: number;
  /** Bytes that a sandbox may write. */
  disk: number;
  /** Processes of a sandbox. */
  processes: number;
  /** Processors, a fraction or more. */
  cpu: number;
  /** Bytes that the learner's progress may take. */
  kept: number;
}

const MIB = 2 ** 20;

export const SEAT_LIMITS: SeatLimits = {
  memory: 512 * MIB,
  disk: 256 * MIB,
  processes: 256,
  cpu: 1,
  kept: 64 * MIB,
};

/** What the notebook itself has beside its sandbox. */
export const NOTEBOOK_MEMORY = 320 * MIB;
export const NOTEBOOK_HEAP_MIB = 160;
const NOTEBOOK_PROCESSES = 64;

export interface SeatGroup {
  parent: string;
  settings: readonly (readonly [name: string, value: string])[];
}

export interface Held {
  groups: readonly SeatGroup[];
  /** Whether the kernel itself holds it here. */
  memory: boolean;
  processes: boolean;
  cpu: boolean;
}

const PERIOD_US = 100_000;
/** In hundredths of what others weigh: the class itself comes first. */
const WEIGHT = 50;

type Choose = (controller: Controller) => CgroupParent | undefined;

/** The cgroups that a seat is to have on this machine. */
export function heldLimits(
  limits: SeatLimits,
  choose: Choose = (controller) => chooseCgroup(undefined, undefined, controller),
): Held {
  const bytes = String(limits.memory + limits.disk + NOTEBOOK_MEMORY);
  const quota = String(Math.round(limits.cpu * PERIOD_US));
  const pids = String(seatProcesses(limits));
  const settings: Record<Controller, Record<1 | 2, SeatGroup['settings']>> = {
    memory: {
      1: [
        ['memory.limit_in_bytes', bytes],
        ['memory.memsw.limit_in_bytes', bytes],
      ],
      2: [
        ['memory.max', bytes],
        ['memory.swap.max', '0'],
      ],
    },
    pids: { 1: [['pids.max', pids]], 2: [['pids.max', pids]] },
    cpu: {
      1: [
        ['cpu.cfs_period_us', String(PERIOD_US)],
        ['cpu.cfs_quota_us', quota],
        ['cpu.shares', String(Math.round((WEIGHT * 1024) / 100))],
      ],
      2: [
        ['cpu.max', `${quota} ${PERIOD_US}`],
        ['cpu.weight', String(WEIGHT)],
      ],
    },
  };
  const groups = new Map<string, SeatGroup>();
  const held = { memory: false, pids: false, cpu: false };
  for (const controller of ['memory', 'pids', 'cpu'] as const) {
    const parent = choose(controller);
    if (parent === undefined) continue;
    held[controller] = true;
    const known = groups.get(parent.folder)?.settings ?? [];
    groups.set(parent.folder, {
      parent: parent.folder,
      settings: [...known, ...settings[controller][parent.version]],
    });
  }
  return { groups: [...groups.values()], memory: held.memory, processes: held.pids, cpu: held.cpu };
}

/** Of the notebook and its sandbox together. */
export const seatProcesses = ({ processes }: SeatLimits): number => processes + NOTEBOOK_PROCESSES;
