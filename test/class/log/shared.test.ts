/** What the hosts of a class share over NATS: the same for all, and nothing to a reader of the server. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seal, unseal } from '../../../src/class/log/nats/sealed.ts';
import { lookAtClass, shareClass } from '../../../src/class/log/nats/shared.ts';
import { NatsServer } from '../../queue/nats-server.ts';

const PASSPHRASE = 'known to the hosts alone';
const OPEN = { course: 'in the open' };
let folder: string;
let server: NatsServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'class-shared-'));
  server = new NatsServer(folder);
  await server.start();
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const share = (id: string, secret: string, passphrase = PASSPHRASE) =>
  shareClass({ url: server.url, id, passphrase }, async () => ({ open: OPEN, secret }));

test('hosts that start in the same moment all have what one of them has made', async () => {
  const all = await Promise.all(['a', 'b', 'c', 'd'].map((secret) => share('race', secret)));
  const { secret } = all[0]!;
  expect(all).toEqual([1, 2, 3, 4].map(() => ({ open: OPEN, secret })));
  expect(['a', 'b', 'c', 'd']).toContain(secret);
  expect(await share('race', 'later')).toEqual({ open: OPEN, secret });
});

test('a host with another secret is told so and gets nothing', async () => {
  await share('other', 'x');
  await expect(share('other', 'y', 'not known to the hosts')).rejects.toMatchObject({
    code: 'wrong-secret',
    exit: 2,
  });
  await expect(share('other', 'y', 'short')).rejects.toMatchObject({ code: 'secret-too-short' });
});

test('the course can be read without the secret; of a class that is not there it is said', async () => {
  await share('open', 'x');
  expect(await lookAtClass(server.url, 'open')).toEqual(OPEN);
  await expect(lookAtClass(server.url, 'none')).rejects.toMatchObject({ code: 'class-not-found' });
});

test('nothing of the secret lies on the server’s disk', async () => {
  await share('disk', 'the private key of the host');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
  expect(bytes).toContain('in the open');
  expect(bytes).not.toContain('private key');
  expect(bytes).not.toContain(PASSPHRASE);
});

test('what was changed, or is of another class, is not opened', async () => {
  const text = await seal({ key: 'k' }, PASSPHRASE, 'a');
  expect(await unseal(text, PASSPHRASE, 'a')).toEqual({ key: 'k' });
  expect(await unseal(text, PASSPHRASE, 'b')).toBeUndefined();
  expect(await unseal(text, `${PASSPHRASE}!`, 'a')).toBeUndefined();
  const sealed = JSON.parse(text) as Record<string, string>;
  for (const field of ['salt', 'iv', 'tag', 'data']) {
    const bytes = Buffer.from(sealed[field]!, 'base64');
    bytes[0]! ^= 1;
    expect(
      await unseal(JSON.stringify({ ...sealed, [field]: bytes.toString('base64') }), PASSPHRASE, 'a'),
    ).toBeUndefined();
    expect(await unseal(JSON.stringify({ ...sealed, [field]: '' }), PASSPHRASE, 'a')).toBeUndefined();
  }
  for (const broken of ['', 'null', '{}', '[]'])
    expect(await unseal(broken, PASSPHRASE, 'a')).toBeUndefined();
});
