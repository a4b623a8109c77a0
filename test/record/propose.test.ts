import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeCheck } from '../../src/check/judge.ts';
import type { Observation } from '../../src/check/model.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import type { Entry } from '../../src/record/model.ts';
import { propose } from '../../src/record/propose.ts';
import { expectBlock } from '../../src/record/yaml.ts';

/** Real networks, recorded for the explanations of failed checks: any two of them are a before and an after. */
const folder = join(import.meta.dirname, '../check/explain/recorded');
const networks = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Observation,
);
const network = (part: string): Observation =>
  JSON.parse(readFileSync(join(folder, `${part}.json`), 'utf8')) as Observation;

const run = { exit: 0, stdout: '', stderr: '' };
const HOSTS = ['host', 'node01'];
const between = (before: Observation, after: Observation) => propose([{ before, after, run }], 'host', HOSTS);

/** All in one block, as an author would have them. */
function checksOf(entries: readonly Entry[]) {
  const text = `---\ntitle: T\nhosts: [${HOSTS.join(', ')}]\n---\n\`\`\`sh {.run}\n:\n\`\`\`\n${expectBlock(entries)}\n`;
  const parsed = parseLesson('x.md', text, vocabulary);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 1));
  expect(parsed.warnings).toEqual([]);
  return parsed.lesson.cells[0]!.expects;
}

function expectSound(before: Observation, after: Observation): readonly Entry[] {
  const entries = between(before, after);
  if (entries.length === 0) return entries;
  for (const check of checksOf(entries)) {
    expect([check.id, judgeCheck(check, before).state]).toEqual([check.id, 'fail']);
    expect([check.id, judgeCheck(check, after, run).state]).toEqual([check.id, 'pass']);
  }
  return entries;
}

describe('what is proposed', () => {
  test('between any two networks fails on the one and holds on the other', () => {
    let proposed = 0;
    for (const [index, before] of networks.entries())
      for (const after of [
        networks[(index + 1) % networks.length]!,
        networks[(index + 7) % networks.length]!,
      ])
        proposed += expectSound(before, after).length;
    expect(proposed).toBeGreaterThan(networks.length);
  });

  test('between a network and itself is nothing', () => {
    for (const one of networks) expect(between(one, structuredClone(one))).toEqual([]);
  });

  test('is what one network has and the other has not', () => {
    expect(between(network('forward-policy-drop'), network('internet-works'))).toContainEqual({
      firewall: 'filter',
      chain: 'FORWARD',
      policy: 'accept',
    });
    expect(between(network('cable-works'), network('internet-works'))).toContainEqual({ netns: 'client1' });
  });

  test('must hold on every walk: what is another on the second is left out', () => {
    const [before, after] = [network('cable-works'), network('internet-works')];
    const renamed = JSON.parse(JSON.stringify(after).replaceAll('client1', 'another')) as Observation;
    const entries = propose(
      [
        { before, after, run },
        { before, after: renamed, run },
      ],
      'host',
      HOSTS,
    );
    expect(JSON.stringify(entries)).not.toMatch(/netns.:.(client1|another)|"in":"(client1|another)/);
    expect(entries).toContainEqual({ netns: 'server1' });
  });

  test('says less of an interface whose other end has another name each time', () => {
    const [before, after] = [network('cable-works'), network('internet-works')];
    const inside = between(before, after).find(
      (entry) => entry.in === 'client1' && entry.interface !== undefined && entry.peer !== undefined,
    )!;
    const { name } = inside.peer as { name: string };
    const renamed = JSON.parse(JSON.stringify(after).replaceAll(name, 'veth1a2b3c')) as Observation;
    const entries = propose(
      [
        { before, after, run },
        { before, after: renamed, run },
      ],
      'host',
      HOSTS,
    );
    const { peer: _, ...less } = inside;
    expect(entries).toContainEqual(less);
    expect(JSON.stringify(entries)).not.toContain(name);
  });

  test('never comes of a tool that failed, nor of an answer that is cut', () => {
    const pick = fc.integer({ min: 0, max: networks.length - 1 });
    const cut = fc.tuple(
      fc.boolean(),
      fc.nat(),
      fc.constantFrom('ip', 'nft', 'iptables', 'listen'),
      fc.nat(),
    );
    fc.assert(
      fc.property(pick, pick, fc.array(cut, { maxLength: 4 }), (first, second, cuts) => {
        const looks = [structuredClone(networks[first]!), structuredClone(networks[second]!)] as const;
        for (const [late, where, tool, length] of cuts) {
          const all = Object.values(looks[Number(late)]!.hosts).flatMap((host) => host.namespaces);
          const result = all[where % all.length]?.[tool as 'ip'] as
            | { exit: number; stdout: string }
            | undefined;
          if (result === undefined) continue;
          if (length % 3 === 0) result.exit = 1;
          result.stdout = result.stdout.slice(0, length % (result.stdout.length + 1));
        }
        expectSound(...looks);
      }),
      { numRuns: 60 },
    );
  });
});
