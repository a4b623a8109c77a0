import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainReach } from '../../../src/check/explain/reach.ts';
import type { Observation } from '../../../src/check/model.ts';
import { recorded } from './load.ts';

const tool = fc.record({
  exit: fc.constantFrom(0, 1, 2, null),
  stdout: fc.oneof(fc.string(), fc.json()),
  stderr: fc.string(),
});

test('no observation makes it throw', () => {
  const netns = fc.record({
    name: fc.constantFrom('', 'client', 'server'),
    inode: fc.constantFrom('', '1', '2'),
    ip: fc.option(tool, { nil: undefined }),
    nft: fc.option(tool, { nil: undefined }),
    iptables: fc.option(tool, { nil: undefined }),
    listen: fc.option(tool, { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(netns, { maxLength: 4 }),
      fc.string(),
      fc.string(),
      (namespaces, target, address) => {
        const observation = {
          at: '',
          hosts: { host: { namespaces, sysctls: {}, files: {}, env: {} } },
          probes: {},
        } as Observation;
        for (const place of ['', 'client', target])
          for (const to of [target, '10.0.0.12'])
            explainReach(observation, { host: 'host', netns: place, target: to, address, protocol: 'icmp' });
      },
    ),
    { numRuns: 200 },
  );
});

/** Real facts with parts knocked out or changed: the walk must always come to an end. */
test('no damaged recording makes it throw or run without end', () => {
  const names = ['way back dropped', 'destination translated, forward drops', 'bridged packets meet FORWARD'];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('', '[', '"x"', 'null', '10.1.0.2', '-1')), {
        maxLength: 6,
      }),
      (name, cuts) => {
        const { look, scenario } = recorded(name);
        const damaged = structuredClone(look.observation) as unknown as {
          hosts: Record<string, { namespaces: Record<string, { stdout?: string }>[] }>;
        };
        for (const [where, at, what] of cuts) {
          const all = Object.values(damaged.hosts).flatMap((host) => host.namespaces);
          const netns = all[where % all.length]!;
          const result = netns[['ip', 'nft', 'iptables', 'listen'][where % 4]!];
          if (typeof result?.stdout !== 'string') continue;
          const place = at % (result.stdout.length + 1);
          result.stdout = result.stdout.slice(0, place) + what + result.stdout.slice(place + 4);
        }
        const found = explainReach(damaged as unknown as Observation, {
          host: look.host,
          netns: scenario.netns,
          target: '10.2.0.2',
          protocol: 'tcp',
          port: 80,
        });
        expect(found === undefined || found.cause.length > 0).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
