import { expect, test } from 'vitest';
import { confirmed } from '../../../src/check/explain/confirm.ts';
import type { Explanation } from '../../../src/check/model.ts';
import { recorded } from '../../trace/recorded.ts';

const UNSURE: Explanation = {
  cause: 'Nothing wrong was found.',
  advice: 'Look elsewhere.',
  steps: [],
  unsure: true,
};
const by = (name: string) => confirmed(UNSURE, recorded(name));

test('a rule that dropped the traced packet is the cause', () => {
  expect(by('dropped')).toMatchObject({
    cause: expect.stringMatching(
      /^A traced packet .* was dropped in host at forward by the rule "-A FORWARD -d 8.8.8.8/,
    ),
    unsure: false,
    steps: [{ state: 'wrong' }],
  });
});

test.each(['rejected', 'policy', 'nft', 'forwarding', 'rpfilter', 'nobody'])('%s is named', (name) => {
  expect(by(name)).toMatchObject({ unsure: false, steps: [{ state: 'wrong' }] });
});

test('a question for a neighbour that a tunnel loses is the cause, not that nobody answers it', () => {
  expect(by('tunnel-vxlan-number')).toMatchObject({
    cause:
      'A traced packet (ARP who has 10.77.0.2? asks 10.77.0.1) was dropped in b: no tunnel takes what came in vxlan 42 from 10.1.0.2 (vx7 takes 43).',
    advice: 'Look at b: there it ended.',
    unsure: false,
  });
});

test.each([
  ['bridge', /This time it was answered/],
  ['noroute', /Nothing was sent/],
])('%s: nothing is claimed', (name, answer) => {
  const capture = name === 'noroute' ? { ...recorded('bridge'), frames: [], filter: [] } : recorded(name);
  expect(confirmed(UNSURE, capture)).toMatchObject({
    cause: UNSURE.cause,
    unsure: true,
    steps: [{ state: 'unknown', answer: expect.stringMatching(answer) }],
  });
});

test('a packet that is lost without a word: where it was seen last is told, the cause stays open', () => {
  const capture = recorded('dropped');
  const spaces = capture.spaces.map(({ counters: _, ...space }) => space);
  expect(confirmed(UNSURE, { ...capture, spaces, filter: [] })).toMatchObject({
    cause: expect.stringMatching(/^Nothing wrong was found\. A traced packet was last seen in host/),
    unsure: true,
  });
});
