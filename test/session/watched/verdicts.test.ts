import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/check/model.ts';
import type { Observation } from '../../../src/check/observation.ts';
import { initialState, reduce } from '../../../src/session/reduce.ts';
import { replayPlan } from '../../../src/session/replay.ts';
import { fingerprint } from '../../../src/session/watched/fingerprint.ts';
import { targetOf } from '../../../src/session/watched/target.ts';
import { newsOf, provable, type Seen, unclear, wholeOf } from '../../../src/session/watched/verdicts.ts';
import { cell, fileCheck, fileEngine, lessonOf } from '../fake-lesson.ts';

function verdict(check: string, state: Verdict['state']): Verdict {
  const observation = { at: '', hosts: {}, probes: {} };
  return { ...fileEngine.judge(fileCheck('/a'), { observation, values: {} }), check, state };
}
const seen = (check: string, state: Verdict['state'], cut = false, earned = true): Seen => ({
  verdict: verdict(check, state),
  cut,
  earned,
});

describe('what a look comes to', () => {
  test('all that holds is told once; what does not hold is not told', () => {
    const news = newsOf([seen('a', 'pass'), seen('b', 'fail')], [], new Map());
    expect(news.verdicts.map(({ check }) => check)).toEqual(['a']);
    expect(newsOf([seen('a', 'pass')], news.verdicts, new Map([['a', 'pass']])).verdicts).toEqual([]);
  });

  describe('what is to hold all along', () => {
    const kept = (state: Verdict['state'], cut: boolean): Seen => ({
      ...seen('a', state, cut, false),
      kept: true,
    });
    const held = new Set(['a']);
    const told = new Map([['a', 'fail' as const]]);
    const sure = (state: Verdict['state']) => new Map([['a', verdict('a', state)]]);

    test('is looked at in full length where a short look leaves it open, and only if it has held, or nobody knows yet', () => {
      for (const [one, by, isFirst, open] of [
        [kept('broken', true), held, false, true],
        [kept('broken', true), new Set<string>(), false, false],
        [kept('broken', true), new Set<string>(), true, true],
        [kept('fail', false), held, false, true],
        [kept('fail', false), new Set<string>(), true, false],
        [kept('broken', false), held, false, false],
        [kept('pass', false), held, false, false],
        [seen('a', 'fail'), held, true, false],
      ] as const)
        expect(unclear([one], by, new Map(), isFirst)).toEqual(open ? ['a'] : []);
      // told already: only whether it holds again
      expect(unclear([kept('fail', false)], held, told, false)).toEqual([]);
      expect(unclear([kept('broken', true)], held, told, false)).toEqual(['a']);
    });

    test('is told once when it was broken, and taken back when it holds again', () => {
      const lost = kept('broken', true);
      const news = newsOf([lost], [], new Map(), sure('fail'));
      expect(news.verdicts.map(({ check, state }) => `${check} ${state}`)).toEqual(['a fail']);
      const nothing = { verdicts: [], withdrawn: [] };
      expect(newsOf([lost], news.verdicts, told, sure('fail'))).toEqual(nothing);
      expect(newsOf([lost], news.verdicts, told)).toEqual(nothing);
      const again = { verdicts: [], withdrawn: ['a'] };
      expect(newsOf([kept('pass', true)], news.verdicts, told)).toEqual(again);
      expect(newsOf([lost], news.verdicts, told, sure('pass'))).toEqual(again);
      // a look that was too short for it, and one in full length that finds it as it was
      expect(newsOf([lost], [], new Map())).toEqual(nothing);
      expect(newsOf([lost], [], new Map(), sure('pass'))).toEqual(nothing);
    });
  });

  test('what holds anyway is not told: nobody has done it', () => {
    expect(newsOf([seen('a', 'pass', false, false)], [], new Map()).verdicts).toEqual([]);
  });

  test('what was told and holds no more is taken back; what the learner’s own run has shown stays', () => {
    const known = [verdict('a', 'pass'), verdict('b', 'pass')];
    const news = newsOf([seen('a', 'fail'), seen('b', 'fail')], known, new Map([['a', 'pass']]));
    expect(news).toEqual({ verdicts: [], withdrawn: ['a'] });
  });

  test('a failure of the last try stays one until it holds', () => {
    const known = [verdict('a', 'fail')];
    expect(newsOf([seen('a', 'fail')], known, new Map())).toEqual({ verdicts: [], withdrawn: [] });
    expect(newsOf([seen('a', 'pass')], known, new Map()).verdicts[0]!.state).toBe('pass');
  });

  test('what could not be looked at is told apart, but not for a probe that was only cut off', () => {
    expect(newsOf([seen('a', 'broken')], [], new Map()).verdicts[0]!.state).toBe('broken');
    expect(newsOf([seen('a', 'broken', true)], [], new Map()).verdicts).toEqual([]);
  });

  test('the whole holds only when every check does; a probe cut off, or `holds`, wants a longer look', () => {
    expect(wholeOf([seen('a', 'pass'), seen('b', 'pass')], false)).toBe('holds');
    expect(wholeOf([seen('a', 'pass'), seen('b', 'pass')], true)).toBe('maybe');
    expect(wholeOf([seen('a', 'pass'), seen('b', 'broken', true)], false)).toBe('maybe');
    expect(wholeOf([seen('a', 'pass'), seen('b', 'broken')], false)).toBe('open');
    expect(wholeOf([seen('a', 'pass'), seen('b', 'fail')], false)).toBe('open');
  });
});

test('a cell that promises something of its own run, or only what holds anyway, is not passed by hand', () => {
  const check = fileCheck('/a');
  expect(provable(cell('one', '', { expects: [check] }))).toBe(true);
  expect(provable(cell('one', '', { expects: [] }))).toBe(false);
  expect(provable(cell('one', '', { expects: [fileCheck('/a', { invariant: true })] }))).toBe(false);
  expect(provable(cell('one', '', { expects: [check, fileCheck('x', { kind: 'output' })] }))).toBe(false);
  expect(provable(cell('one', '', { expects: [check], background: true }))).toBe(false);
});

describe('the state of a cell that is watched', () => {
  const lesson = lessonOf([
    cell('one', 'touch /a', { expects: [fileCheck('/a', { points: 1 })] }),
    cell('task', '# yours', {
      role: 'task',
      solution: 'touch /b',
      expects: [fileCheck('/b', { points: 2 })],
    }),
  ]);
  const start = initialState(lesson, 0);
  const told = (passed: boolean, ...verdicts: Verdict[]) =>
    ({ at: 5, type: 'checks-watched', cell: 'task', verdicts, withdrawn: [], passed }) as const;

  test('is not that of a try: no attempt, no failure', () => {
    const state = reduce(start, told(false, verdict('is-/b', 'pass')));
    expect(state.cells.task).toMatchObject({ status: 'waiting', attempts: 0, watched: { at: 5 } });
  });

  test('is left alone while the cell runs', () => {
    const running = reduce(start, { at: 1, type: 'cell-started', cell: 'task', text: 'x', by: 'learner' });
    expect(reduce(running, told(true, verdict('is-/b', 'pass')))).toEqual(running);
  });

  test('passes after a failed try, whose text is not what is done again later', () => {
    let state = reduce(start, { at: 1, type: 'answer-edited', cell: 'task', text: 'touch /wrong' });
    state = reduce(state, { at: 1, type: 'cell-started', cell: 'task', text: 'touch /wrong', by: 'learner' });
    state = reduce(state, {
      at: 2,
      type: 'cell-finished',
      cell: 'task',
      outcome: 'exited',
      exit: 1,
      stdout: '',
      stderr: '',
      durationMs: 1,
    });
    state = reduce(state, {
      at: 2,
      type: 'check-judged',
      cell: 'task',
      verdict: verdict('task/exit', 'fail'),
    });
    state = reduce(state, { at: 3, type: 'checks-finished', cell: 'task' });
    expect(state.cells.task!.status).toBe('failed');
    state = reduce(state, told(true, verdict('is-/b', 'pass')));
    expect(state.cells.task).toMatchObject({ status: 'passed', attempts: 1, answer: 'touch /wrong' });
    expect(state.cells.task!.verdicts.map(({ check }) => check)).toEqual(['is-/b']);
    expect(replayPlan(lesson, state).plan.map(({ text }) => text)).toEqual(['touch /b']);
  });

  test('only the cell that the learner is at is watched, and not when it is done', () => {
    expect(targetOf(lesson, { ...start, block: 1 })).toMatchObject({ cell: { id: 'task' }, inOrder: false });
    const passed = reduce({ ...start, block: 1 }, told(true, verdict('is-/b', 'pass')));
    expect(targetOf(lesson, passed)).toBeUndefined();
    expect(targetOf(lesson, { ...start, block: 0 })).toMatchObject({ cell: { id: 'one' }, inOrder: true });
  });
});

describe('the fingerprint of a look', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../check/fixtures/${name}`, import.meta.url), 'utf8');
  const tool = (stdout: string) => ({ exit: 0, stdout, stderr: '', durationMs: Math.random() });
  const look = (ip: string, nft: string, iptables: string): Observation => ({
    at: String(Math.random()),
    hosts: {
      host: {
        namespaces: [{ name: '', inode: '1', ip: tool(ip), nft: tool(nft), iptables: tool(iptables) }],
        sysctls: {},
        files: {},
        env: {},
      },
    },
    probes: {},
  });
  const [ip, nft, iptables] = [read('host.ip'), read('host.nft'), read('host.iptables')];
  const before = fingerprint(look(ip, nft, iptables));

  test('is the same when only counters and ages are others', () => {
    const aged = look(
      ip.replace(/"valid_life_time":\d+/g, '"valid_life_time":7').replace(/"STALE"/g, '"REACHABLE"'),
      nft.replace(/"packets": ?\d+/g, '"packets": 99').replace(/"bytes": ?\d+/g, '"bytes": 99'),
      iptables.replace(/\[\d+:\d+\]/g, '[5:6]').replace(/^#.*$/gm, '# now'),
    );
    expect(fingerprint(aged)).toBe(before);
  });

  test('is another when an address, a rule or a policy is', () => {
    expect(fingerprint(look(ip.replace('127.0.0.1', '127.0.0.2'), nft, iptables))).not.toBe(before);
    expect(fingerprint(look(ip, nft.replace('"drop"', '"accept"'), iptables))).not.toBe(before);
    expect(fingerprint(look(ip, nft, iptables.replace('ACCEPT', 'DROP')))).not.toBe(before);
  });
});
