/** What is kept of an output leaves room on the disk, and ends where the disk is full: the cell itself goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openJournal } from '../../../src/session/journal.ts';
import { openSession } from '../../../src/session/open.ts';
import { cell, lessonOf } from '../fake-lesson.ts';
import { FakeDriver } from '../fake-sandbox.ts';

/** Of the disk below: what statfs says is free, and after how many bytes of an output it refuses to take more. */
const disk = vi.hoisted(() => ({ free: Number.POSITIVE_INFINITY, takes: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    statfsSync: () => ({ bavail: disk.free / 1024, bsize: 1024 }),
    writeSync: (fd: number, bytes: Uint8Array, from?: number) => {
      if (!Buffer.from(bytes).subarray(0, 2).equals(Buffer.from('y\n'))) return fs.writeSync(fd, bytes, from);
      if (disk.takes === 0)
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      const written = fs.writeSync(fd, bytes, from ?? 0, Math.min(disk.takes, bytes.length - (from ?? 0)));
      disk.takes -= written;
      return written;
    },
  };
});

let folder: string | undefined;
afterEach(() => {
  disk.free = disk.takes = Number.POSITIVE_INFINITY;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

async function printed() {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-room-'));
  const lesson = lessonOf([cell('much', 'endless')]);
  const session = openSession({
    lesson,
    driver: new FakeDriver(),
    journal: openJournal({ path: join(folder, 'l.ndjson'), lesson }),
    version: '0',
  });
  await session.idle();
  session.act({ do: 'run-cell', cell: 'much' });
  await session.idle();
  const { printout, output } = session.getState().cells.much!;
  const size = session.printout!('much')?.printout.size;
  await session.close();
  return { cut: printout?.cut, size, shown: output.length };
}

test('a quarter of what is free is taken at most, and the disk is named as what ended it', async () => {
  disk.free = 800_000;
  expect(await printed()).toMatchObject({ cut: 'disk', size: 200_000 });
});

test('what a full disk refuses is not asked for again: what was written is kept, and the cell is shown as ever', async () => {
  disk.takes = 123_456;
  const { cut, size, shown } = await printed();
  expect({ cut, size }).toEqual({ cut: 'disk', size: 123_456 });
  expect(shown).toBeGreaterThan(0);
});
