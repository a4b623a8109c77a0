/**
 * Records what ping, traceroute and curl really print, in fresh namespaces: nothing leaves them. Run by hand, as
 * `record.ts` of the explanations:
 *
 *     node test/check/active/record/record.ts
 */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { curlCommand } from '../../../../src/check/probe/curl.ts';
import { pingCommand } from '../../../../src/check/probe/ping.ts';
import { traceCommand } from '../../../../src/check/probe/trace.ts';

const NETWORK = `
set -e
export LC_ALL=C
mount -t tmpfs none /run; mkdir -p /run/netns
ip link add spare0 type veth peer name spare1
ip link set lo up
ip netns add far
ip link add near0 type veth peer name far0 netns far
ip addr add 10.0.0.1/24 dev near0; ip link set near0 up
ip -n far addr add 10.0.0.2/24 dev far0; ip -n far link set far0 up; ip -n far link set lo up
ip route add blackhole 10.6.0.0/16; ip route add unreachable 10.5.0.0/16; ip route add prohibit 10.8.0.0/16
ip route add 10.7.0.0/16 via 10.0.0.2; ip route add 10.70.0.0/16 via 10.0.0.2
ip netns exec far sysctl -qw net.ipv4.ip_forward=1
ip -n far route add prohibit 10.70.0.0/16
ip netns exec far iptables -A INPUT -p tcp --dport 9 -j DROP
ip -n far addr add 10.0.0.4/24 dev far0; ip netns exec far iptables -A INPUT -d 10.0.0.4 -j REJECT
ip -n far addr add 10.0.0.5/24 dev far0; ip netns exec far iptables -A INPUT -d 10.0.0.5 -j DROP
sleep 1.3`;

const ping = (target: string, more: object = {}) => pingCommand({ target, count: 1, wait: 1, ...more });
const web = 'http://127.0.0.1:8080';

const commands: Record<string, string[]> = {
  'ping answered': ping('10.0.0.2', { count: 3 }),
  'ping no route': ping('10.9.0.1'),
  'ping host unreachable': ping('10.0.0.3', { wait: 4 }),
  'ping host silent': ping('10.0.0.5'),
  'ping rejected': ping('10.0.0.4'),
  'ping net unreachable beyond': ping('10.7.0.1'),
  'ping prohibited beyond': ping('10.70.0.1'),
  'ping blackhole': ping('10.6.0.1'),
  'ping unreachable route': ping('10.5.0.1'),
  'ping prohibit route': ping('10.8.0.1'),
  'ping unknown host': ping('nosuch.invalid'),
  'ping no such source': ping('10.0.0.2', { from: '9.9.9.9' }),
  'ping no such interface': ping('10.0.0.2', { from: 'nodev0' }),
  'ping from interface': ping('10.0.0.2', { from: 'near0' }),
  'ping too long': ping('10.0.0.2', { size: 5000 }),
  'ping six': ping('::1'),
  'ping option as target': ping('-f'),
  'trace reached': traceCommand('10.0.0.2', 4),
  'trace silent': traceCommand('10.0.0.5', 4),
  'trace net unreachable': traceCommand('10.7.0.1', 4),
  'trace blackhole': traceCommand('10.6.0.1', 4),
  'trace unknown host': traceCommand('nosuch.invalid', 4),
  'curl page': curlCommand({ url: `${web}/page` }),
  'curl head': curlCommand({ url: `${web}/page`, method: 'HEAD' }),
  'curl not found': curlCommand({ url: `${web}/missing` }),
  'curl resolved': curlCommand({ url: 'http://web.test:8080/page', resolve: '127.0.0.1' }),
  'curl early hints': curlCommand({ url: `${web}/early` }),
  'curl reset': curlCommand({ url: `${web}/reset` }),
  'curl empty': curlCommand({ url: `${web}/empty` }),
  'curl refused': curlCommand({ url: 'http://127.0.0.1:81/' }),
  'curl no route': curlCommand({ url: 'http://10.9.0.1/' }),
  'curl host unreachable': curlCommand({ url: 'http://10.0.0.3/' }),
  'curl dropped': curlCommand({ url: 'http://10.0.0.2:9/' }),
  'curl unknown host': curlCommand({ url: 'http://nosuch.invalid/' }),
  'curl no tls there': curlCommand({ url: 'https://127.0.0.1:8080/' }),
  'curl no such source': curlCommand({ url: `${web}/page`, from: '9.9.9.9' }),
};

function run(argv: readonly string[]) {
  const child = spawn(argv[0]!, argv.slice(1));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => (stdout += piece));
  child.stderr.on('data', (piece) => (stderr += piece));
  return new Promise((done) => child.on('close', (exit) => done({ exit, stdout, stderr })));
}

if (process.argv[2] === '--inside') {
  const server = createServer((request, response) => {
    if (request.url === '/reset') request.socket.resetAndDestroy();
    else if (request.url === '/empty') request.socket.destroy();
    else {
      if (request.url === '/early') response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeHead(request.url === '/missing' ? 404 : 200, {
        'Set-Cookie': ['a=1', 'b=2'],
        'X-Name': 'Web',
      });
      response.end('Welcome\r\n\r\nHTTP/1.1 500 is only text here\n');
    }
  });
  await new Promise<void>((done) => server.listen(8080, '127.0.0.1', done));
  const results: Record<string, unknown> = {};
  for (const [name, argv] of Object.entries(commands)) results[name] = await run(argv);
  writeFileSync(join(import.meta.dirname, '../recorded/tools.json'), JSON.stringify(results, null, 1) + '\n');
  process.exit(0);
}
const script = `${NETWORK}\nexec "$0" "$1" --inside`;
const ended = spawnSync(
  'unshare',
  ['-Urnm', 'bash', '-c', script, process.execPath, fileURLToPath(import.meta.url)],
  {
    stdio: 'inherit',
  },
);
process.exitCode = ended.status ?? 1;
