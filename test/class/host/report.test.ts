/** What a class comes to, asked for on a board while it is held. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OFFERED } from '../../../src/board/reports.ts';
import { CLASS_FORMATS } from '../../../src/class/report/formats.ts';
import { classReportSchema } from '../../../src/class/report/json.ts';
import { cell } from '../../board/a-class.ts';
import { Board, type Held, hold, joined } from './a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());

test('every format that is offered comes, with what has been done so far', async () => {
  const { port } = held.served;
  const board = await Board.open(port);
  const ada = await joined(port, 'Ada');
  ada.client.say(cell('01-veth', 'make', 'passed'));
  await ada.client.next('heard');
  for (const format of OFFERED) board.client.send({ type: 'report', format });
  for (const format of OFFERED) {
    const report = await board.client.next('report');
    expect(report).toMatchObject({ format, name: expect.stringMatching(/^c-[0-9-]+(-[a-z-]+)?\.[a-z]+$/) });
    expect((report as { text: string }).text).toContain('Ada');
    if (format === 'json')
      expect(
        classReportSchema.parse(JSON.parse((report as { text: string }).text)).learners[0],
      ).toMatchObject({ points: 3 });
  }
});

test('those that are offered are all but those of one learner', () => {
  expect([...OFFERED].sort()).toEqual(
    CLASS_FORMATS.filter((name) => !['gradescope', 'classroom'].includes(name)).toSorted(),
  );
});

test('no learner is given one', async () => {
  const ada = await joined(held.served.port, 'Ada');
  ada.client.send({ type: 'report', format: 'json' });
  expect(await ada.client.refused()).toBe('malformed');
});
