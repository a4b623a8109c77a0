import { describe, expect, test } from 'vitest';
import type { Io } from '../../../src/commands/io.ts';
import type { SandboxOptions } from '../../../src/commands/options.ts';
import {
  sandboxDown,
  sandboxExec,
  sandboxList,
  sandboxReset,
  sandboxUp,
} from '../../../src/commands/sandbox/sandbox.ts';
import type { SandboxDriver } from '../../../src/sandbox/contract.ts';
import { FakeDriver } from '../../session/fake-sandbox.ts';

function given(more: Partial<SandboxDriver> = {}) {
  const driver = Object.assign(new FakeDriver(), more);
  let out = '';
  let err = '';
  const io = {
    env: {},
    stdout: { write: (text: string | Uint8Array) => (out += Buffer.from(text)) },
    stderr: { write: (text: string | Uint8Array) => (err += Buffer.from(text)) },
  } as unknown as Io;
  const options = { driver, name: 'default', hosts: [], json: false } as unknown as SandboxOptions;
  return { driver, io, options, said: () => ({ out, err }) };
}

describe('wirebook sandbox, of a driver whose sandboxes do not stay', () => {
  test('up, reset and down say so', async () => {
    const { io, options } = given();
    for (const command of [sandboxUp, sandboxReset, sandboxDown]) {
      await expect(command(options, io)).rejects.toMatchObject({ code: 'nothing-stays', exit: 2 });
    }
  });

  test('exec has one for the time of the command', async () => {
    const { driver, io, options } = given();
    await sandboxExec(['true'], options, io);
    expect(driver.made.map((sandbox) => sandbox.destroyed)).toEqual([true]);
  });
});

describe('wirebook sandbox, of a driver whose machines stay', () => {
  test('up brings them up, list says how they are, down switches them off', async () => {
    const did: string[] = [];
    const { driver, io, options, said } = given({
      switchOff: async () => {
        did.push('off');
      },
      available: async () => ({ ok: true, summary: 'host is running.', next: [] }),
    });
    expect(await sandboxUp(options, io)).toBe(0);
    expect(driver.made.map((sandbox) => sandbox.destroyed)).toEqual([true]);
    expect(said().out).toContain('The machines are up: host.');
    expect(await sandboxList(options, io)).toBe(0);
    expect(said().out).toContain('host is running.');
    expect(await sandboxDown(options, io)).toBe(0);
    expect(did).toEqual(['off']);
  });
});
