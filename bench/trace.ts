/** A ping traced and told beside tcpdump on every interface; and what the trace costs the flow that it watches. */

import { topologySchema } from '../src/lesson/topology/schema.ts';
import { topologyScript } from '../src/lesson/topology/script.ts';
import type { Sandbox } from '../src/sandbox/contract.ts';
import { getDriver } from '../src/sandbox/registry.ts';
import { traceOf } from '../src/trace/trace.ts';
import { plainLine, traceLines } from '../src/trace/write/lines.ts';
import { type Bench, compare } from './bench.ts';
import { interleave, median } from './measure.ts';

const CLIENTS = 6;
const names = Array.from({ length: CLIENTS }, (_, at) => `client${at + 1}`);

const NETWORK = topologySchema.parse({
  host: {
    bridges: { br0: names.map((_, at) => `p${at + 1}`) },
    addresses: { br0: '172.30.0.1/24' },
    forward: true,
  },
  namespaces: Object.fromEntries(
    names.map((name, at) => [
      name,
      { addresses: { eth0: `172.30.0.${11 + at}/24` }, routes: ['default via 172.30.0.1'] },
    ]),
  ),
  cables: names.map((name, at) => `p${at + 1} -- eth0 in ${name}`),
});

const PING = ['ping', '-n', '-c1', '-W2', '8.8.8.8'];

const INTERFACES = ['br0', 'eth0', ...names.map((_, at) => `p${at + 1}`)];

/** One tcpdump an interface, ready when it says so; then `between`. */
const dumped = (between: string) => `
rm -rf /tmp/td; mkdir /tmp/td
dump() { \${1:+ip netns exec $1} tcpdump -Z root -i $2 -nn -tt --time-stamp-precision=nano --immediate-mode -l icmp >/tmp/td/\${1:-host}.$2 2>/tmp/td/\${1:-host}.$2.err & pids="$pids $!"; }
pids=
for i in ${INTERFACES.join(' ')}; do dump "" $i; done
for n in ${names.join(' ')}; do dump $n eth0; done
for f in /tmp/td/*.err; do until grep -q listening $f; do sleep 0.005; done; done
${between}
kill $pids; wait $pids 2>/dev/null
`;

/** The ping, and until each that must have seen the answer has. */
const TCPDUMP = `${dumped(`ip netns exec client1 ${PING.join(' ')} >/dev/null
for f in client1.eth0 host.p1 host.br0 host.eth0; do until grep -q 'echo reply' /tmp/td/$f; do sleep 0.005; done; done`)}
sort -k1,1 -s /tmp/td/*[0-9] | wc -l
`;

async function ours(sandbox: Sandbox): Promise<void> {
  const capture = await sandbox.trace({ host: 'host', netns: 'client1', argv: PING, timeoutMs: 10_000 });
  const text = traceLines(traceOf(capture)).map(plainLine).join('\n');
  if (!text.includes('MASQUERADE') || !text.includes('echo reply'))
    throw new Error(`not all was told:\n${text}`);
}

async function tcpdump(sandbox: Sandbox): Promise<void> {
  const { exit, stdout, stderr } = await sandbox.run('host', TCPDUMP, { timeoutMs: 30_000 });
  if (exit !== 0 || Number(stdout) < 8) throw new Error(`exit ${exit}: ${stderr}|${stdout}`);
}

const FLOOD = ['ping', '-n', '-q', '-c', '300', '-i', '0.002', '8.8.8.8'];
const average = (text: string) => Number(/= [\d.]+\/([\d.]+)\//.exec(text)?.[1]);

export const trace: Bench = {
  name: 'trace',
  title: `A ping through NAT traced and told, ${CLIENTS} namespaces on a bridge`,
  async run({ rounds }) {
    const driver = await getDriver('embedded');
    await driver.prepare();
    await using sandbox = await driver.create({ hosts: [{ name: 'host' }] });
    const nat = 'iptables -t nat -A POSTROUTING -s 172.30.0.0/24 -o eth0 -j MASQUERADE';
    await sandbox.run('host', `${topologyScript(NETWORK)}\n${nat}`, { timeoutMs: 20_000 });
    const results = await interleave(
      [
        { name: 'traced and told', run: async () => void (await ours(sandbox)) },
        { name: 'tcpdump on every interface', run: async () => void (await tcpdump(sandbox)) },
      ],
      rounds,
    );
    const [bare, traced, dump]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < Math.min(rounds, 7); round++) {
      const plain = await sandbox.exec('host', FLOOD, { netns: 'client1' });
      bare.push(average(Buffer.from(plain.stdout).toString()));
      const { command } = await sandbox.trace({
        host: 'host',
        netns: 'client1',
        argv: FLOOD,
        timeoutMs: 20_000,
      });
      traced.push(average(command.stdout));
      const beside = await sandbox.run('host', dumped(`ip netns exec client1 ${FLOOD.join(' ')}`), {
        timeoutMs: 30_000,
      });
      dump.push(average(beside.stdout));
    }
    const flow = { ours: 'a round trip while traced', against: 'the same untraced', unit: 'ms' as const };
    const [value, reference, watched] = [median(traced), median(bare), median(dump)];
    return {
      results,
      comparisons: [
        ...compare(results, { 'tcpdump on every interface': 1 }),
        { ...flow, value, reference, ratio: value / reference },
        {
          ...flow,
          against: 'the same with tcpdump on every interface',
          value,
          reference: watched,
          ratio: value / watched,
        },
      ],
      absent: [],
      notes: [
        'The trace has the decisions of the packet filter, the translations and the routes too; tcpdump has not.',
      ],
    };
  },
};
