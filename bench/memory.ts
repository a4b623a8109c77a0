import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PACKAGE_ROOT } from '../src/lib/package.ts';
import { getDriver } from '../src/sandbox/registry.ts';
import { type Bench, limit } from './bench.ts';
import { median } from './measure.ts';
import { run, WIREBOOK } from './process.ts';

const MB = 2 ** 20;

export const memory: Bench = {
  name: 'memory',
  title: 'Memory',
  async run() {
    const idle = await idleSandbox();
    return {
      results: [],
      comparisons: [
        limit('wirebook test lessons, peak resident', 'limit', await peakOfTest(), 150, 'MB'),
        limit('idle sandbox of one host', 'limit', idle.size, 10, 'MB'),
      ],
      absent: [],
      notes: [
        'Peak resident is that of the Wirebook process, all lessons together.',
        `The idle sandbox is ${idle.processes} processes; size is proportional (PSS): shared pages are divided among their users.`,
      ],
    };
  },
};

/** The kernel's own account of the process (ru_maxrss), written down when it ends. */
async function peakOfTest(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));
  const file = join(folder, 'peak');
  const note = `import { writeFileSync } from 'node:fs';
    process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`;
  try {
    await run(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(note)}`,
      WIREBOOK,
      'test',
      join(PACKAGE_ROOT, 'lessons'),
    ]);
    return (Number(readFileSync(file, 'utf8')) * 1024) / MB;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function idleSandbox(): Promise<{ size: number; processes: number }> {
  const driver = await getDriver('embedded');
  const sizes: number[] = [];
  let processes = 0;
  for (let round = 0; round < 3; round++) {
    const before = new Set(processIds());
    const sandbox = await driver.create({ hosts: [{ name: 'host' }] });
    await sandbox.run('host', 'true', { timeoutMs: 5000 });
    await sleep(300);
    const own = processIds().filter((pid) => !before.has(pid) && inAnotherUserNamespace(pid));
    processes = own.length;
    sizes.push(own.reduce((sum, pid) => sum + proportionalSize(pid), 0) / MB);
    await sandbox.destroy();
  }
  if (processes === 0) throw new Error('no process of the sandbox was found');
  return { size: median(sizes), processes };
}

const processIds = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

function inAnotherUserNamespace(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/user`) !== readlinkSync('/proc/self/ns/user');
  } catch {
    return false;
  }
}

/** Bytes; 0 for a process that is gone. */
function proportionalSize(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
