/** A drill written with `-o` is an exercise: whoever mends it, in whatever right way, gets all its points; nobody else does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drill } from '../../src/commands/drill.ts';
import { grade } from '../../src/commands/grade/grade.ts';
import type { Io } from '../../src/commands/io.ts';
import { type Drill, makeDrill } from '../../src/drill/make.ts';
import type { Topic } from '../../src/drill/model.ts';
import { type PublicReport, reportSchema } from '../../src/report/grades/json.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';

let folder: string;
beforeAll(async () => {
  await embedded.prepare();
  folder = mkdtempSync(join(tmpdir(), 'drill-grade-'));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function listening(cwd: string) {
  const out = { stdout: '', stderr: '' };
  const write = (stream: 'stdout' | 'stderr') => ({
    write: (text: string | Uint8Array) => {
      out[stream] += text;
    },
  });
  const io = {
    stdout: write('stdout'),
    stderr: write('stderr'),
    env: { XDG_STATE_HOME: join(cwd, 'state') },
    cwd,
    color: false,
    signal: new AbortController().signal,
    version: '0',
  } as unknown as Io;
  return { io, out };
}

/** The first drill by seed with this fault alone. */
function drillWith(id: string, topic: Topic, level: number): Drill {
  for (let seed = 0; seed < 200; seed++) {
    const made = makeDrill({ seed: String(seed), level, topic });
    if (made?.faults.some((fault) => fault.id === id)) return made;
  }
  throw new Error(`no drill with ${id}`);
}

/** Writes the drill as a grader does, grades what learners hand in, and tells points and what was lost. */
async function graded(made: Drill, submissions: Readonly<Record<string, string>>) {
  const cwd = mkdtempSync(join(folder, 'one-'));
  const { seed, level, topic } = made;
  const file = listening(cwd);
  const driver = { sandbox: 'embedded', driver: embedded } as const;
  await drill(
    { ...driver, seed, level, topic: topic!, plain: false, history: false, json: false, output: 'drill.md' },
    file.io,
  );
  mkdirSync(join(cwd, 'subs'));
  for (const [name, text] of Object.entries(submissions))
    writeFileSync(join(cwd, 'subs', `${name}.md`), `### mend\n\n\`\`\`sh\n${text}\n\`\`\`\n`);
  const { io, out } = listening(cwd);
  await grade(
    ['drill.md', 'subs'],
    { ...driver, color: false, results: 'results', reporter: [{ name: 'json' }] },
    io,
  );
  const report = reportSchema.parse(JSON.parse(out.stdout)) satisfies PublicReport;
  return Object.fromEntries(
    report.learners.map(({ learner, points, items }) => [
      learner,
      { points, lost: items.filter((item) => item.points < item.possible).map(({ check }) => check) },
    ]),
  );
}

test('a firewall: three right ways, a look alone, an opened firewall that breaks what worked', async () => {
  const made = drillWith('input-rule', 'firewall', 3);
  const { network } = made;
  const { netns } = network.flows[0]!.path.at(-1)!;
  const inside = `ip netns exec ${netns}`;
  const points = await graded(made, {
    undone: made.faults[0]!.mend,
    before: `${inside} iptables -I INPUT -p tcp --dport 80 -j ACCEPT`,
    flushed: `${inside} iptables -F INPUT`,
    untouched: '# what do you want to look at first?',
    looked: `${inside} iptables -S`,
    elsewhere: `${made.faults[0]!.mend}\n${inside} iptables -A INPUT -p icmp -j DROP`,
  });
  for (const right of ['undone', 'before', 'flushed'])
    expect(points[right], right).toMatchObject({ points: 10, lost: [] });
  for (const none of ['untouched', 'looked']) expect(points[none]?.points, none).toBe(0);
  expect(points.elsewhere!.points).toBeLessThan(10);
}, 300_000);

test('routes: by any route back, and not by a translated source that hides that there is none', async () => {
  const made = drillWith('no-way-back', 'route', 2);
  const { r1, r2 } = made.network.topology.namespaces!;
  const [left] = Object.values(r1!.addresses!).map(String);
  const net = left!.replace(/\.1\/24$/, '.0/24');
  const via = /via (\S+)/.exec(r2!.routes![0]!)![1];
  const points = await graded(made, {
    'as-before': `ip -n r2 route add ${net} via ${via}`,
    default: `ip -n r2 route add default via ${via}`,
    hidden: 'ip netns exec r1 iptables -t nat -A POSTROUTING -o wan -j MASQUERADE',
    filtered: `ip -n r2 route add ${net} via ${via}\nip netns exec r1 iptables -A FORWARD -p tcp -j DROP`,
  });
  for (const right of ['as-before', 'default'])
    expect(points[right], right).toMatchObject({ points: 10, lost: [] });
  expect(points.hidden!.points).toBeLessThan(10);
  expect(points.filtered!.points).toBeLessThan(10);
}, 300_000);

test('an address that is there twice: taken away it is mended, though others still believe; forgotten alone it is not', async () => {
  const made = drillWith('duplicate-address', 'address', 4);
  const [fault] = made.faults;
  const [, remove] = /^(ip -n \S+ addr del \S+ dev eth0)/.exec(fault!.mend)!;
  const points = await graded(made, {
    undone: fault!.mend,
    removed: remove!,
    forgotten: fault!.mend.replace(remove!, '').trim(),
    renumbered: `${remove}\n${remove!.replace('addr del', 'addr add').replace(/\d+\/24/, '77/24')}`,
  });
  for (const right of ['undone', 'removed', 'renumbered'])
    expect(points[right], right).toMatchObject({ points: 10, lost: [] });
  expect(points.forgotten!.points).toBeLessThan(10);
}, 300_000);

test('two faults at once: half a mend is half of it at most', async () => {
  const made = makeDrill({ seed: '1', level: 5, topic: 'firewall' })!;
  const [one, other] = made.faults;
  const points = await graded(made, {
    both: `${other!.mend}\n${one!.mend}`,
    one: one!.mend,
    other: other!.mend,
  });
  expect(points.both).toMatchObject({ points: 10, lost: [] });
  for (const half of ['one', 'other']) expect(points[half]!.points, half).toBeLessThan(10);
}, 300_000);

test('IPv6: neighbour discovery let in again, by any rule, and not around it, nor at the cost of IPv4', async () => {
  const made = drillWith('neighbour-discovery-all', 'ipv6', 3);
  const [fault] = made.faults;
  const { flows } = made.network;
  const { netns } = flows[0]!.path.at(-1)!;
  const inside = `ip netns exec ${netns}`;
  const points = await graded(made, {
    undone: fault!.mend,
    before: `${inside} ip6tables -I INPUT -p icmpv6 -j ACCEPT`,
    untouched: '# what do you want to look at first?',
    // pings alone: nobody is found by them
    pings: `${inside} ip6tables -I INPUT -p icmpv6 --icmpv6-type echo-request -j ACCEPT`,
    four: `${fault!.mend}\n${inside} ip6tables -A INPUT -p tcp --dport 80 -j DROP`,
  });
  for (const right of ['undone', 'before'])
    expect(points[right], right).toMatchObject({ points: 10, lost: [] });
  for (const none of ['untouched', 'pings']) expect(points[none]?.points, none).toBe(0);
  expect(points.four!.points).toBeLessThan(10);
}, 300_000);

test('IPv6: a route back, and not a translated source that hides that there is none', async () => {
  const made = drillWith('six-no-way-back', 'ipv6', 2);
  const [fault] = made.faults;
  const points = await graded(made, {
    undone: fault!.mend,
    hidden: `ip netns exec r1 ip6tables -t nat -A POSTROUTING -j MASQUERADE; ip netns exec r2 ip6tables -t nat -A POSTROUTING -j MASQUERADE 2>/dev/null || true`,
  });
  expect(points.undone).toMatchObject({ points: 10, lost: [] });
  // everything that the ticket speaks of works, and yet
  expect(points.hidden!.points).toBeLessThan(10);
  for (const { id } of made.network.flows) expect(points.hidden!.lost).not.toContain(id);
}, 300_000);

test('a name server: its answers let pass, and not a name written down where it is asked for', async () => {
  const made = drillWith('dns-dropped-back', 'dns', 4);
  const [fault] = made.faults;
  const { from, check } = made.network.flows[0]!;
  const points = await graded(made, {
    undone: fault!.mend,
    before: fault!.mend.replace(' -D ', ' -I ').replace('-j DROP', '-j ACCEPT'),
    untouched: '# what do you want to look at first?',
    'written-down': `echo "${check.answer} ${check.dns}" >/etc/netns/${from}/hosts`,
    'no-forwarding': `${fault!.mend}\nip netns exec gw sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0`,
  });
  for (const right of ['undone', 'before'])
    expect(points[right], right).toMatchObject({ points: 10, lost: [] });
  expect(points.untouched?.points).toBe(0);
  expect(points['written-down']!.points).toBeLessThan(10);
  expect(points['no-forwarding']!.points).toBeLessThan(10);
}, 300_000);
