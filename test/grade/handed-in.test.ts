/** What was typed in shells stays with the learner: none of it is in what is handed in. */
import { expect, test } from 'vitest';
import { handedIn } from '../../src/grade/bundle/handed-in.ts';

const hand = { id: '1', shell: 's', host: 'host', netns: '', cwd: '/root' };
const line = (value: unknown) => JSON.stringify(value);

test('commands of shells are left out, all else is as it was', () => {
  const started = line({ at: 1, type: 'cell-started', cell: 'one', text: 'echo "hand"', by: 'learner' });
  expect(handedIn(started)).toEqual([started]);
  expect(handedIn('not json "hand"')).toEqual(['not json "hand"']);
  expect(handedIn(line({ at: 1, type: 'command-typed', cell: 'one', text: 'secret', hand }))).toEqual([]);
  expect(handedIn(line({ at: 1, type: 'command-over', id: '1', how: 'ended', durationMs: 1 }))).toEqual([]);
  expect(
    handedIn(line({ at: 1, type: 'hand-repeated', cell: 'one', left: ['secret'], differs: [] })),
  ).toEqual([]);
  // A learner's answer that only looks like one is theirs to hand in.
  const answer = line({ at: 1, type: 'answer-edited', cell: 'one', text: '{"type":"command-typed"}' });
  expect(handedIn(answer)).toEqual([answer]);
});

test('in a journal that was folded, and in a step’s beginning, too', () => {
  const deeds = [
    { cell: 'one', text: 'ip link', by: 'learner', outcome: 'exited' },
    { cell: 'one', text: 'secret', by: 'learner', outcome: 'exited', hand },
  ];
  const cells = { one: { id: 'one', handLeft: { left: ['secret'], differs: [] }, status: 'passed' } };
  const [snapshot] = handedIn(line({ snapshot: { deeds, cells, block: 1 } }));
  expect(JSON.parse(snapshot!)).toEqual({
    snapshot: { deeds: [deeds[0]], cells: { one: { id: 'one', status: 'passed' } }, block: 1 },
  });
  const [rewound] = handedIn(line({ at: 1, type: 'rewound', cells: ['two'], deeds }));
  expect(JSON.parse(rewound!)).toEqual({ at: 1, type: 'rewound', cells: ['two'], deeds: [deeds[0]] });
  // Left out earlier and named since: the cell alone has it.
  const [named] = handedIn(line({ snapshot: { cells, block: 1 } }));
  expect(named).not.toContain('secret');
});
