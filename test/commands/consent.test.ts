import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askFirst } from '../../src/commands/consent.ts';
import type { SandboxDriver } from '../../src/sandbox/contract.ts';
import { FakeDriver } from '../session/fake-sandbox.ts';

const RISKS = ['The cells run as root on:', '  host: ssh root@lab1'];

function terminal(answer?: string, isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  let said = '';
  stderr.on('data', (chunk) => {
    said += chunk;
    if (answer !== undefined && String(chunk).includes('[y/N]')) stdin.write(answer);
  });
  const io = { stdin, stderr, signal: new AbortController().signal };
  return { io: io as unknown as Parameters<typeof askFirst>[2], said: () => said };
}

const driver = (risks = RISKS): SandboxDriver =>
  Object.assign(new FakeDriver(), { risks: async () => risks });

describe('the user’s word', () => {
  test('is asked after what will change was said', async () => {
    const { io, said } = terminal('y\n');
    await askFirst(driver(), false, io);
    expect(said()).toMatch(/host: ssh root@lab1\n.*Go on\? \[y\/N\]/);
  });

  test.each(['n\n', '\n', 'maybe\n'])('no is no: %j', async (answer) => {
    await expect(askFirst(driver(), false, terminal(answer).io)).rejects.toMatchObject({
      exit: 130,
      message: 'Nothing was changed.',
    });
  });

  test('is not asked when it is given, nor where nothing is at risk', async () => {
    const { io, said } = terminal();
    await askFirst(driver(), true, io);
    await askFirst(driver([]), false, io);
    await askFirst(new FakeDriver(), false, io);
    expect(said()).toBe('');
  });

  test('cannot be asked without a terminal: refused, with what would change', async () => {
    await expect(askFirst(driver(), false, terminal(undefined, false).io)).rejects.toMatchObject({
      code: 'not-asked',
      exit: 2,
      message: expect.stringContaining('host: ssh root@lab1'),
      next: [expect.stringContaining('--yes')],
    });
  });
});
