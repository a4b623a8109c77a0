/** The look before a cell, on the real sandbox: it finds what holds already, and leaves the network as it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import type { Cell } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { lookBefore } from '../../src/session/before-look.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  await embedded.prepare();
  sandbox = await embedded.create({ hosts: [{ name: 'host' }] });
  const made = await sandbox.run(
    'host',
    `set -e
for n in client server; do ip netns add $n; done
ip link add name near netns client type veth peer name far netns server
ip -n client addr add 10.0.0.11/24 dev near; ip -n client link set near up
ip -n server addr add 10.0.0.12/24 dev far; ip -n server link set far up
ip netns exec client ping -c1 -W2 -q 10.0.0.12
# asked for by the learner, and answered by nobody
ip netns exec client ping -c1 -W1 -q 10.0.0.77 || true`,
    { timeoutMs: 20_000 },
  );
  expect(made.exit, made.stderr).toBe(0);
}, 120_000);
afterAll(() => sandbox?.destroy());

function cellWith(expects: string): Cell {
  const text = `---\ntitle: T\n---\n## One\n\`\`\`sh {.run #one}\ntrue\n\`\`\`\n\`\`\`yaml {.expect}\n${expects}\n\`\`\`\n`;
  const parsed = parseLesson('t.md', text, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.lesson.cells[0]!;
}

async function neighbours(): Promise<string[]> {
  const { stdout } = await sandbox.run('host', 'ip -n client neigh', { timeoutMs: 5000 });
  return stdout
    .split('\n')
    .map((line) => line.split(' ')[0]!)
    .filter(Boolean)
    .sort();
}

test('what answers holds already; what does not leaves no entry in the neighbour table, and no other is touched', async () => {
  expect(await neighbours()).toEqual(['10.0.0.12', '10.0.0.77']);
  const cell = cellWith(
    '- {ping: 10.0.0.12, in: client, id: there}\n- {ping: 10.0.0.99, in: client, id: nobody}',
  );
  const found = await lookBefore(sandbox, cell);
  // cut off before ping itself gave up
  expect(Object.fromEntries(found)).toEqual({ there: 'pass', nobody: 'broken' });
  expect(await neighbours()).toEqual(['10.0.0.12', '10.0.0.77']);
});
