/** How commands of a shell are done again: where, for how long, and what is said of those that end otherwise. */
import { expect, test } from 'vitest';
import type { RunOptions, RunResult, Sandbox } from '../../../src/sandbox/contract.ts';
import { HandAgain, type HandStep } from '../../../src/session/hand/again.ts';
import { cell } from '../fake-lesson.ts';

const one = cell('one', '# yours', { role: 'task' });

/** A sandbox of which only the runs are asked for; each says how it ends. */
function runner(end: (text: string) => Partial<RunResult> = () => ({})) {
  const runs: { host: string; text: string; options: RunOptions }[] = [];
  const run = async (host: string, text: string, options: RunOptions): Promise<RunResult> => {
    runs.push({ host, text, options });
    const result = { stdout: '', stderr: '', variables: {}, durationMs: 5, cwd: '/root', exit: 0 };
    return { outcome: 'exited', ...result, ...end(text) };
  };
  const again = new HandAgain();
  const { signal } = new AbortController();
  const step = (text: string, hand: Partial<HandStep['hand']> = {}): Promise<void> =>
    again.run(
      { run } as unknown as Sandbox,
      {
        cell: one,
        text,
        by: 'replay',
        hand: { id: 't', shell: 's', host: 'host', cwd: '/root', exit: 0, ...hand },
      },
      signal,
    );
  return { runs, again, step, differs: () => again.differs.get('one') ?? [] };
}

test('in a shell of its own, where it was: host, namespace, folder', async () => {
  const { runs, step } = runner((text) => ({ cwd: text.includes('cd sub') ? '/root/sub' : '/root' }));
  await step('ip link', { netns: 'blue', host: 'node01' });
  await step('cd sub', { shell: 's2' });
  await step('touch a', { shell: 's2', cwd: '/root/sub' });
  await step('touch b', { shell: 's2', cwd: "/tmp/it's here" });
  expect(runs.map(({ host, options }) => [host, options.shell])).toEqual([
    ['node01', { name: 's', netns: 'blue' }],
    ['host', { name: 's2', netns: '' }],
    ['host', { name: 's2', netns: '' }],
    ['host', { name: 's2', netns: '' }],
  ]);
  expect(runs.map(({ text }) => text)).toEqual([
    "\\builtin cd -- '/root' 2>/dev/null\nip link",
    "\\builtin cd -- '/root' 2>/dev/null\ncd sub",
    // it is there already
    'touch a',
    "\\builtin cd -- '/tmp/it'\\''s here' 2>/dev/null\ntouch b",
  ]);
});

test('one packet is enough', async () => {
  const { runs, step } = runner();
  for (const text of ['ping -c 5 10.0.0.1', 'ping -4c5 10.0.0.1 && true', 'sleep 5'])
    await step(text, { cwd: '/root' });
  expect(runs.map(({ text }) => text.split('\n').at(-1))).toEqual([
    'ping -c 1 10.0.0.1',
    'ping -4c1 10.0.0.1 && true',
    'sleep 5',
  ]);
});

test.each([
  [undefined, 3000],
  [10, 3000],
  [4000, 8000],
  [60_000, 30_000],
])('a command that took %s ms may take %s', async (durationMs, limit) => {
  const { runs, step } = runner();
  await step('make', durationMs === undefined ? {} : { durationMs });
  expect(runs[0]!.options.timeoutMs).toBe(limit);
});

test('who ends otherwise than before is named; who was interrupted is not', async () => {
  const ends: Record<string, Partial<RunResult>> = {
    fails: { exit: 1 },
    hangs: { outcome: 'timeout', exit: null },
    stopped: { outcome: 'interrupted', exit: null },
    always: { exit: 3 },
  };
  const { step, differs } = runner((text) => ends[text.split('\n').at(-1)!] ?? {});
  for (const text of ['works', 'fails', 'hangs', 'stopped']) await step(text);
  await step('always', { exit: 3 });
  // it was never seen to end
  await step('fails', { exit: undefined });
  expect(differs()).toEqual(['fails', 'hangs']);
});

test('somebody waits: once a minute and a half is spent nothing more is run, and that is said', async () => {
  const { runs, step, differs } = runner(() => ({ durationMs: 30_000 }));
  for (const text of ['a', 'b', 'c', 'd', 'e']) await step(text);
  expect(runs).toHaveLength(4);
  expect(differs()).toEqual(['e']);
});
