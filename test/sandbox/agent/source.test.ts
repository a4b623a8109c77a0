import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agentSource, BOOT } from '../../../src/sandbox/remote/agent-source.ts';

const folder = existsSync('/usr/lib')
  ? readdirSync('/usr/lib')
      .map((name) => `/usr/lib/${name}/perl-base`)
      .find((path) => existsSync(path))
  : undefined;

describe('the agent of a machine', () => {
  test.skipIf(folder === undefined).each(['machine', 'container'] as const)(
    'asks nothing of a %s but perl-base',
    (where) => {
      const alone = `BEGIN { @INC = ('${folder}') }\n`;
      const checked = spawnSync('perl', ['-wc'], { input: alone + agentSource(where), encoding: 'utf8' });
      expect(checked.stderr).toBe('- syntax OK\n');
    },
  );

  test('is small enough to be sent each time', () => {
    expect(agentSource('container').length).toBeLessThan(160_000);
  });

  test('is read whole, and what follows it is left for it', () => {
    const source = Buffer.from('my $n = sysread(STDIN, my $rest, 100); print "read $n: $rest\\n"; exit 0');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(source.length);
    const input = Buffer.concat([length, source, Buffer.from('frames')]);
    expect(spawnSync('perl', ['-e', BOOT], { input, encoding: 'utf8' })).toMatchObject({
      stdout: 'read 6: frames\n',
      status: 0,
    });
  });

  test('ends where it comes cut short, and tells where it has a fault', () => {
    const short = Buffer.from([0, 0, 1, 0, 0x31]);
    expect(spawnSync('perl', ['-e', BOOT], { input: short }).status).toBe(3);
    const faulty = Buffer.concat([Buffer.from([0, 0, 0, 5]), Buffer.from('die 7')]);
    expect(spawnSync('perl', ['-e', BOOT], { input: faulty, encoding: 'utf8' })).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('7 at'),
    });
  });
});
