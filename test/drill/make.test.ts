import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { CATALOGUE } from '../../src/drill/catalogue.ts';
import { drillLesson } from '../../src/drill/lesson.ts';
import { makeDrill } from '../../src/drill/make.ts';
import { TOPICS } from '../../src/drill/model.ts';
import { NETWORKS } from '../../src/drill/networks.ts';
import { randomOf } from '../../src/drill/random.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { drillInChinese } from '../../src/page/said/zh-drill.ts';

const LEVELS = [1, 2, 3, 4, 5];
const text = (seed: string, level: number, topic?: (typeof TOPICS)[number]) =>
  drillLesson(makeDrill({ seed, level, ...(topic === undefined ? {} : { topic }) })!);

test('the same seed is the same drill, another seed another', () => {
  for (const level of LEVELS) expect(text('42', level)).toBe(text('42', level));
  const all = new Set(Array.from({ length: 20 }, (_, seed) => text(String(seed), 2)));
  expect(all.size).toBe(20);
});

test('each topic has a drill on each level, and the fault is of that topic', () => {
  for (const topic of TOPICS)
    for (const level of LEVELS) {
      const drill = makeDrill({ seed: 's', level, topic });
      expect(drill?.faults[0]?.topic, `${topic} ${level}`).toBe(topic);
      expect(drill?.faults.length).toBe(level === 5 ? 2 : 1);
    }
});

test('every drill is a lesson without a fault of form, whose task has a solution and three hints a fault', () => {
  for (let seed = 0; seed < 60; seed++)
    for (const level of LEVELS) {
      const drill = makeDrill({ seed: String(seed), level })!;
      const parsed = parseLesson('drill/lesson.md', drillLesson(drill), vocabulary);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics[0]));
      expect(parsed.warnings).toEqual([]);
      const [cell] = parsed.lesson.cells;
      expect(cell!.solution).toBeTruthy();
      expect(cell!.hints.length).toBe(3 * drill.faults.length);
      expect(cell!.expects.some(({ invariant }) => !invariant)).toBe(true);
    }
});

test('what is checked tells no more than the ticket: of flows, and of what is right already', () => {
  for (let seed = 0; seed < 60; seed++) {
    const drill = makeDrill({ seed: String(seed), level: 1 + (seed % 5) })!;
    const parsed = parseLesson('drill/lesson.md', drillLesson(drill), vocabulary);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics[0]));
    for (const { kind, invariant, says, quiet } of parsed.lesson.cells[0]!.expects)
      if (!invariant && kind !== 'ping' && kind !== 'curl' && kind !== 'dns')
        expect({ says, quiet }).toEqual({
          says: 'What is wrong is mended itself, not worked around',
          quiet: true,
        });
  }
});

test('a ticket tells what does not work, and not what is wrong', () => {
  for (let seed = 0; seed < 100; seed++) {
    const drill = makeDrill({ seed: String(seed), level: 1 + (seed % 5) })!;
    const ticket = /^> .*$/m.exec(drillLesson(drill))![0];
    const stopped = drill.network.flows.filter(({ id }) =>
      drill.faults.some(({ stops }) => stops.includes(id)),
    );
    expect(ticket).toContain(stopped[0]!.trouble);
    for (const { cause } of drill.faults) expect(ticket).not.toMatch(cause);
    // what still works is told of none that has stopped
    const fine = /At least this still works: (.*?)\. [A-Z]/.exec(ticket)?.[1];
    for (const flow of stopped)
      if (fine) expect(fine).not.toContain(`${flow.from} can ping ${flow.check.ping}.`);
  }
});

test('nobody says that it is not DNS where it is', () => {
  for (let seed = 0; seed < 60; seed++) {
    const drill = makeDrill({ seed: String(seed), level: 1 + (seed % 5), topic: 'dns' })!;
    expect(drillLesson(drill)).not.toContain('It is not.');
  }
});

describe('the catalogue', () => {
  test('has each fault in some network, with flows of that network', () => {
    for (const [at, maker] of CATALOGUE.entries()) {
      const made = Object.entries(NETWORKS).flatMap(([id, make]) => {
        const random = randomOf(`${id}${at}`);
        const network = make(random);
        // some have no place by the luck of the draw
        const fault = Array.from({ length: 5 }, () => maker(network, random)).find(
          (each) => each !== undefined,
        );
        return fault ? [{ network, fault }] : [];
      });
      expect(made.length, `fault ${at}`).toBeGreaterThan(0);
      for (const { network, fault } of made) {
        const flows = network.flows.map(({ id }) => id);
        expect(fault.stops.length, `${fault.id} in ${network.id}`).toBeGreaterThan(0);
        expect(flows).toEqual(expect.arrayContaining([...fault.stops]));
      }
    }
  });
});

test('in Chinese every sentence is, and the drill is the same', () => {
  const chinese = /[\u4e00-\u9fff]/;
  const left = new Set<string>();
  for (const network of Object.values(NETWORKS))
    for (const seed of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      const random = randomOf(seed);
      const made = network(random);
      const faults = CATALOGUE.flatMap((maker) => maker(made, random) ?? []);
      const sentences = [
        made.about,
        made.title,
        ...made.flows.map(({ trouble }) => trouble),
        ...faults.flatMap(({ hints, told }) => [...hints, told]),
      ];
      for (const sentence of sentences) if (!chinese.test(drillInChinese.say(sentence))) left.add(sentence);
    }
  expect([...left]).toEqual([]);
  for (const [seed, level] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['d', 5],
  ] as const) {
    const drill = () => makeDrill({ seed, level })!;
    const [en, zh] = [drillLesson(drill()), drillLesson(drill(), drillInChinese)];
    const cells = (text: string) =>
      [...text.matchAll(/```(?:sh|yaml) \{\.(?:topology|setup|expect|solution)\}\n[\s\S]*?```/g)].map(
        ([cell]) => cell.replaceAll(/^ {2}says: .*$/gm, ''),
      );
    expect(cells(zh)).toEqual(cells(en));
    const ticket = zh.slice(zh.indexOf('\n> '), zh.indexOf('## 网络'));
    expect(ticket).not.toMatch(/\b(?:since|cannot|And|At least|page|works)\b/);
    const parsed = parseLesson('drill/lesson.md', zh, vocabulary);
    expect(parsed).toMatchObject({ ok: true, lesson: { language: 'zh-CN' } });
  }
});
