import { expect, test } from 'vitest';
import { asCalled } from '../../src/page/said/as-called.ts';
import { commandSay } from '../../src/page/said/command.ts';

const started = { npm_lifecycle_event: 'wirebook' };
const advice = 'Enter it: wirebook sandbox shell --name x';

test('in a checkout a command is told as it can be typed there', async () => {
  const typed = 'Enter it: npm run -s wirebook -- sandbox shell --name x';
  expect((await commandSay('en', started))(advice)).toBe(typed);
  expect((await commandSay('zh-CN', started))(advice)).toContain(
    'npm run -s wirebook -- sandbox shell --name x',
  );
  expect((await commandSay('en', { npm_lifecycle_event: 'start' }))('`wirebook doctor` says it.')).toBe(
    '`npm run -s wirebook -- doctor` says it.',
  );
});

test('where it is installed, and in a script of somebody else, it is told by its name', async () => {
  for (const env of [{}, { npm_lifecycle_event: 'grade' }])
    expect((await commandSay('en', env))(advice)).toBe(advice);
});

test('what is no command stays as it is', () => {
  const say = asCalled((sentence) => sentence, started);
  for (const sentence of [
    'Another wirebook has this lesson open: process 7.',
    'It is in /opt/wirebook sandbox.',
    'A wirebook tested nothing.',
    '/usr/bin/wirebook test lessons',
  ])
    expect(say(sentence)).toBe(sentence);
});
