import { expect, test } from 'vitest';
import { SharedCells } from '../../src/board/shared.ts';

const text = (length: number) => ({ text: '', output: 'x'.repeat(length) });

test('what was shared longest ago goes first', () => {
  const shared = new SharedCells(100);
  shared.set('ada', 'a/1', text(40));
  shared.set('bob', 'a/1', text(40));
  shared.set('ada', 'a/2', text(20));
  // Ada spoke last, so Bob's goes.
  shared.set('ada', 'a/2', text(30));
  expect(shared.get('bob', 'a/1')).toBeUndefined();
  expect(shared.get('ada', 'a/1')).toEqual(text(40));
  shared.set('ada', 'a/3', text(90));
  expect(shared.get('ada', 'a/1')).toBeUndefined();
  expect(shared.get('ada', 'a/3')).toEqual(text(90));
});

test('what is forgotten makes room', () => {
  const shared = new SharedCells(100);
  shared.set('ada', 'a/1', text(60));
  shared.forget('ada');
  shared.set('bob', 'a/1', text(90));
  expect(shared.get('bob', 'a/1')).toEqual(text(90));
});
