/** What a `path` check may say, and the probe that sends the packet. */
import { z } from 'zod';
import { choice, flag, hasVariable, matching, name } from '../fields.ts';
import { CURL_TIME, curlCommand } from '../probe/curl.ts';
import { endpointOf, splitEndpoint } from '../probe/endpoint.ts';
import { pingCommand, pingTime } from '../probe/ping.ts';
import { SOCKET_TIME, tcpCommand, udpCommand } from '../probe/socket.ts';
import { parseHop } from './hops.ts';

const hops = (description: string, example: readonly string[]) =>
  z
    .array(
      z
        .string()
        .trim()
        .refine(
          (hop) => hop === '...' || hasVariable(hop) || parseHop(hop) !== undefined,
          'An interface is written `eth0`, `eth0 in client1`, `eth0 on node01`, or `...` for any number of them.',
        ),
    )
    .min(1, 'No interface is named, so nothing would be compared.')
    .max(64)
    .meta({ description, examples: [example] });

const place = (example: string) =>
  name('Where: a namespace, a host, `client1 on node01`.', example).optional();

const translation = () =>
  z
    .strictObject({
      source: matching('The source as it was.', '172.30.0.11').optional(),
      destination: matching('The destination as it was.', '10.96.0.10').optional(),
      to: matching('What it became.', '172.30.0.12'),
      at: place('host'),
    })
    .refine(
      ({ source, destination }) => (source === undefined) !== (destination === undefined),
      'Give `source` or `destination`: the address that is translated, as it was.',
    );

const drop = () =>
  z.strictObject({
    at: place('host'),
    hook: choice('At which hook.', ['prerouting', 'input', 'forward', 'output', 'postrouting']).optional(),
    rule: matching('The rule in the words of its tool; of a policy: the name of its chain.', {
      contains: 'DROP',
    }).optional(),
  });

export const schema = () =>
  z.strictObject({
    path: name('Where to: an address (a ping), `ADDRESS:PORT` (a connection) or a URL.', '172.30.0.12'),
    protocol: choice('Of `ADDRESS:PORT`; default tcp.', ['tcp', 'udp']).optional(),
    through: hops(
      'All interfaces in order, `...` for any number of them. A bridge may stand beside its ports or not.',
      ['eth0 in client1', '...', 'eth0 in client2'],
    ).optional(),
    back: hops('The same for the first answer.', ['eth0 in client2', '...', 'eth0 in client1']).optional(),
    avoids: hops('Interfaces that it must not be seen on.', ['eth0 on host']).optional(),
    translated: z
      .union([translation(), z.array(translation()).min(1), z.literal(false)])
      .meta({
        description: 'Addresses that are changed on the way there; `false`: none is.',
        examples: [{ destination: '10.96.0.10', to: '172.30.0.12', at: 'host' }],
      })
      .optional(),
    dropped: z
      .union([drop(), z.literal(true)])
      .meta({
        description: 'A rule or policy of the packet filter ends it; `true`: whichever.',
        examples: [{ at: 'host', hook: 'forward' }],
      })
      .optional(),
    reached: flag('Whether it is answered; default true unless `dropped` is given.').optional(),
  });
export type Spec = z.output<ReturnType<typeof schema>>;

export function kindOf(spec: Spec): 'url' | 'tcp' | 'udp' | 'icmp' {
  if (/^https?:\/\//i.test(spec.path)) return 'url';
  return splitEndpoint(spec.path) === undefined ? 'icmp' : (spec.protocol ?? 'tcp');
}

/** Silence is what is expected of a packet that is dropped: it is not waited for long. */
const WAIT = 1;

export function probeOf(spec: Spec): { argv: readonly string[]; timeoutMs: number } {
  switch (kindOf(spec)) {
    case 'url':
      return { argv: curlCommand({ url: spec.path }), timeoutMs: CURL_TIME };
    case 'tcp':
      return { argv: tcpCommand({ ...endpointOf(spec.path), banner: false }), timeoutMs: SOCKET_TIME };
    case 'udp':
      return { argv: udpCommand({ ...endpointOf(spec.path), send: 'wirebook' }), timeoutMs: SOCKET_TIME };
    case 'icmp': {
      const options = { target: spec.path, count: 1, wait: WAIT };
      return { argv: pingCommand(options), timeoutMs: pingTime(options) };
    }
  }
}

export const reachedOf = (spec: Spec) => spec.reached ?? spec.dropped === undefined;
