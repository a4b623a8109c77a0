import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { OutputBatch, type Printed, printedText } from '../../src/session/output-batch.ts';

const bytes = (text: string) => Buffer.from(text);

async function collected(ref: WeakRef<object>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let tries = 0; tries < 20 && ref.deref() !== undefined; tries++) {
    // What was looked at in this turn is held until its end.
    await new Promise((resolve) => setTimeout(resolve, 5));
    collect();
  }
  return ref.deref() === undefined;
}

test('who has asked for what was printed sees also what comes later', () => {
  const batch = new OutputBatch(() => {});
  batch.add('stdout', bytes('one\n'));
  batch.add('stderr', bytes('two\n'));
  const printed = batch.end();
  batch.add('stdout', bytes('three\n'));
  expect(printedText(printed)).toBe('one\ntwo\nthree\n');
  expect(printedText(printed, 'stdout')).toBe('one\nthree\n');
});

test('when nobody holds it any more it goes, and late output is told all the same', async () => {
  const told: string[] = [];
  const batch = new OutputBatch((_, text) => told.push(text));
  batch.add('stdout', bytes('before\n'));
  let printed: Printed | undefined = batch.end();
  const ref = new WeakRef(printed);
  expect(printedText(printed)).toBe('before\n');
  printed = undefined;
  expect(await collected(ref)).toBe(true);
  batch.add('stdout', bytes('late\n'));
  batch.flush();
  expect(told).toEqual(['before\n', 'late\n']);
});
