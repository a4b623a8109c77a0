/** Networks at random: what `sandbox map --format topology` writes of one makes the same again. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { topologyFaults } from '../../src/lesson/topology/faults.ts';
import { type Topology, topologySchema } from '../../src/lesson/topology/schema.ts';
import { topologyScript } from '../../src/lesson/topology/script.ts';
import type { Network } from '../../src/map/model.ts';
import { lookAtNetwork } from '../../src/map/needs.ts';
import { networkOf } from '../../src/map/network.ts';
import { topologyOf } from '../../src/map/topology.ts';
import type { Sandbox } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';

beforeAll(() => embedded.prepare(), 600_000);

/** Some namespaces, joined by cables and bridges; addresses, MTUs, interfaces that are down, routes, forwarding. */
const topologies = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom('a', 'b-1', 'c.x', 'web_2', 'r1', 'x'.repeat(30)), {
      minLength: 1,
      maxLength: 5,
    }),
    cables: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 7 }),
    bridge: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    own: fc.array(fc.constantFrom('v4', 'v6', 'both', 'two', 'none'), { minLength: 16, maxLength: 16 }),
    mtu: fc.array(fc.constantFrom(0, 0, 1400, 9000), { minLength: 16, maxLength: 16 }),
    down: fc.array(fc.constantFrom(false, false, false, true), { minLength: 16, maxLength: 16 }),
    mac: fc.array(fc.constantFrom(false, false, true), { minLength: 16, maxLength: 16 }),
    forward: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    route: fc.array(fc.constantFrom('none', 'default', 'far', 'black'), { minLength: 6, maxLength: 6 }),
  })
  .map(({ names, cables, bridge, own, mtu, down, mac, forward, route }): Topology => {
    const places = ['', ...names];
    const spaces = new Map(
      places.map((name) => [
        name,
        { addresses: {}, bridges: {}, mtu: {}, mac: {}, down: [], routes: [] } as Required<
          Omit<NonNullable<Topology['host']>, 'forward'>
        >,
      ]),
    );
    const lines = cables.map(([x, y], at) => {
      const ends = [x, y].map((n, side) => ({
        netns: places[n % places.length]!,
        name: `v${at}${'ab'[side]}`,
      }));
      return ends.map(({ netns, name }) => `${name}${netns === '' ? '' : ` in ${netns}`}`).join(' -- ');
    });
    let number = 0;
    cables.forEach(([x, y], at) => {
      [x, y].forEach((n, side) => {
        const netns = places[n % places.length]!;
        const [name, space] = [`v${at}${'ab'[side]}`, spaces.get(netns)!];
        const k = number++;
        if (mtu[k]) space.mtu[name] = mtu[k];
        if (mac[k]) space.mac[name] = `02:00:00:00:00:${(16 + k).toString(16)}`;
        const isDown = down[k];
        if (isDown) space.down.push(name);
        if (side === 0 && bridge[at]) {
          space.bridges[`br${at % 2}`] = [...(space.bridges[`br${at % 2}`] ?? []), name];
          return;
        }
        const kind = own[k]!;
        const list = [
          ...(kind === 'v4' || kind === 'both' || kind === 'two' ? [`10.${at}.${side}.1/24`] : []),
          ...(kind === 'two' ? [`172.16.${k}.7/28`] : []),
          // the kernel takes those of IPv6 away with the interface
          ...((kind === 'v6' || kind === 'both') && !isDown ? [`fd00:${k + 1}::1/64`] : []),
        ];
        if (list.length > 0) space.addresses[name] = list;
        if (kind === 'v4' && !isDown && netns !== '') {
          const way = route[k % route.length];
          if (way === 'default' && space.routes.length === 0)
            space.routes.push(`default via 10.${at}.${side}.9 dev ${name}`);
          if (way === 'far') space.routes.push(`192.168.${k}.0/24 via 10.${at}.${side}.9 dev ${name}`);
          if (way === 'black') space.routes.push(`blackhole 192.168.${k}.0/24`);
        }
      });
    });
    const plain = (name: string, at: number) => {
      const space = spaces.get(name)!;
      const kept = Object.entries(space).filter(([, value]) => Object.keys(value).length > 0);
      return { ...Object.fromEntries(kept), ...(forward[at] ? { forward: true } : {}) };
    };
    return topologySchema.parse({
      host: plain('', 0),
      namespaces: Object.fromEntries(names.map((name, at) => [name, plain(name, at + 1)])),
      cables: lines,
    });
  });

const look = async (sandbox: Sandbox, host: string): Promise<Network> =>
  networkOf(await lookAtNetwork((needs) => sandbox.observe(needs), [host]));

async function made(sandbox: Sandbox, host: string, topology: Topology): Promise<Network> {
  const result = await sandbox.run(host, topologyScript(topology), { timeoutMs: 20_000 });
  expect(result).toMatchObject({ outcome: 'exited', exit: 0, stderr: '' });
  return look(sandbox, host);
}

/** What the map shows, without what the kernel numbers anew each time. */
function shown({ hosts, cables }: Network) {
  const title = new Map(
    hosts.flatMap(({ spaces }) => spaces.map(({ key, names }) => [key, names.join() || 'host'])),
  );
  return {
    spaces: hosts.flatMap(({ spaces }) =>
      spaces
        .map(({ names, interfaces, routes, forwarding }) => ({
          names,
          forwarding,
          interfaces: interfaces
            .map(({ name, kind, master, mtu, state, addresses }) => ({
              name,
              kind,
              master,
              mtu,
              state,
              addresses: addresses.filter((one) => !one.startsWith('fe80')).toSorted(),
            }))
            .toSorted((a, b) => a.name.localeCompare(b.name)),
          routes: routes
            .filter(({ destination }) => !destination.startsWith('fe80'))
            .map((route) => JSON.stringify(route))
            .toSorted(),
        }))
        .toSorted((a, b) => a.names.join().localeCompare(b.names.join())),
    ),
    cables: cables
      .map(({ a, b }) =>
        [a, b]
          .map((end) =>
            typeof end === 'object' && 'space' in end
              ? `${end.interface} in ${title.get(end.space)}`
              : String(end),
          )
          .toSorted()
          .join(' -- '),
      )
      .toSorted(),
  };
}

/** In what order they stand is of the order in which the kernel lists them. */
const unordered = (declared: unknown) => {
  const topology = topologySchema.parse(declared);
  const cables = topology.cables?.map((cable) => cable.split(' -- ').toSorted().join(' -- ')).toSorted();
  return JSON.parse(
    JSON.stringify({ ...topology, cables }, (_, value) =>
      Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.toSorted() : value,
    ),
  );
};

/** Each host has an address of its own on what joins the hosts. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(/172\.17\.0\.3[34]/g, 'own'));

test('export, set up, look: the same network', async () => {
  await fc.assert(
    fc.asyncProperty(topologies, async (topology) => {
      fc.pre(topologyFaults(topology).length === 0);
      await using sandbox = await embedded.create({ hosts: [{ name: 'host' }, { name: 'again' }] });
      const first = await made(sandbox, 'host', topology);
      const text = topologyOf(first);
      const again = topologySchema.parse(parse(text));
      expect(topologyFaults(again)).toEqual([]);
      // all that was declared is written
      expect(text).not.toContain('not said here');
      expect(again.cables?.length ?? 0).toBe(topology.cables!.length);
      for (const [name, space] of Object.entries({ ...topology.namespaces, host: topology.host })) {
        const other = name === 'host' ? again.host : again.namespaces?.[name];
        for (const field of ['addresses', 'mac', 'mtu'] as const)
          expect(other?.[field] ?? {}).toEqual(space?.[field] ?? {});
        expect(other?.forward ?? false).toBe(space?.forward ?? false);
        expect((other?.down ?? []).toSorted()).toEqual((space?.down ?? []).toSorted());
        expect((other?.routes ?? []).toSorted()).toEqual((space?.routes ?? []).toSorted());
      }
      const second = await made(sandbox, 'again', again);
      // the kernel takes its time to tell a bridge that a port of its has a carrier
      await expect
        .poll(
          async () => {
            const [one, other] = [await look(sandbox, 'host'), await look(sandbox, 'again')];
            return [plain(shown(one)), plain(shown(other))];
          },
          { timeout: 20_000, interval: 100 },
        )
        .toSatisfy(([one, other]) => isDeepStrictEqual(one, other));
      expect(unordered(parse(topologyOf(second)))).toEqual(unordered(again));
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 300_000);
