/** What `wirebook sandbox trace --format json` writes; `--json-schema` prints it. */
import { z } from 'zod';

const space = z.int().describe('Number of the namespace in this trace; -1 where it is not there.');
const title = z.string().describe('`client1`, `host`, `web on node01`, `between the hosts`.');
const place = { space, title };
const port = z.int().min(0).max(65_535);
const index = z.int().describe('Index of an interface.');

const dns = z.strictObject({
  type: z.string(),
  name: z.string(),
  answer: z.strictObject({ code: z.string(), values: z.array(z.string()) }).optional(),
});

const transport = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('icmp'),
    type: z.int(),
    code: z.int(),
    id: z.int().optional(),
    seq: z.int().optional(),
    mtu: z.int().optional(),
    get about() {
      return packet.optional().describe('The packet that an error is about, as far as it quotes it.');
    },
  }),
  z.strictObject({
    name: z.literal('tcp'),
    from: port,
    to: port,
    seq: z.int(),
    ack: z.int(),
    flags: z.string().describe('`SYN ACK`.'),
    bytes: z.int(),
  }),
  z.strictObject({ name: z.literal('udp'), from: port, to: port, bytes: z.int(), dns: dns.optional() }),
  z.strictObject({ name: z.literal('other'), number: z.int() }),
]);

const layer = z.strictObject({
  source: z.string(),
  destination: z.string(),
  ttl: z.int(),
  tos: z.int().optional(),
  id: z.int().optional(),
  length: z.int().describe('Bytes, headers included.'),
  fragment: z.int().optional().describe('Byte at which this piece begins; absent of a packet that is whole.'),
  transport,
});

const packet = z
  .strictObject({
    ethernet: z.strictObject({ source: z.string(), destination: z.string() }).optional(),
    vlan: z.int().optional(),
    arp: z
      .strictObject({
        op: z.enum(['request', 'reply']),
        sender: z.string(),
        senderMac: z.string(),
        target: z.string(),
      })
      .optional(),
    ip: layer.optional(),
    get inner() {
      return z.strictObject({ tunnel: z.string(), packet }).optional().describe('What a tunnel carries.');
    },
    other: z.int().optional().describe('EtherType of what is neither IP nor ARP.'),
  })
  .meta({ id: 'packet' });

const tuple = z.strictObject({
  source: z.string(),
  destination: z.string(),
  protocol: z.int(),
  from: z.int().optional(),
  to: z.int().optional(),
});

const frame = z
  .strictObject({
    is: z.literal('frame'),
    ...place,
    at: z.number().describe('Nanoseconds since the first step.'),
    interface: z.string(),
    direction: z.enum(['in', 'out']),
    passing: z.literal(true).optional().describe('For the MAC of another: only a bridge takes it on.'),
    packet,
    changes: z
      .array(
        z.strictObject({
          field: z.enum(['source', 'destination', 'ttl', 'outer ttl', 'mac', 'tunnel']),
          before: z.string(),
          after: z.string(),
        }),
      )
      .describe('What is not as it was one sighting before.'),
  })
  .describe('A packet socket saw it.');

const ruling = z
  .strictObject({
    is: z.literal('ruling'),
    ...place,
    decision: z.strictObject({
      is: z.literal('decision'),
      id: z.int(),
      family: z.string(),
      table: z.string(),
      chain: z.string(),
      what: z.enum(['rule', 'return', 'policy']),
      handle: z.string().optional(),
      verdict: z.enum(['accept', 'drop', 'stolen', 'queue', 'jump', 'goto', 'return', 'continue']).optional(),
      to: z.string().optional(),
      in: index.optional(),
      out: index.optional(),
      mark: z.int().optional(),
      packet: packet.optional(),
    }),
    hook: z.string().optional(),
    line: z.string().optional().describe('The rule in the words of its tool.'),
    around: z
      .int()
      .optional()
      .describe('It was about what a tunnel has put around the packet: how many packets are in that.'),
    onlySeen: z.literal(true).optional(),
    in: z.string().optional(),
    out: z.string().optional(),
  })
  .describe('A rule or a policy decided; nf_tables’ own trace says so.');

const translated = z
  .strictObject({
    is: z.literal('translated'),
    ...place,
    connection: z.strictObject({
      is: z.literal('connection'),
      event: z.enum(['new', 'update', 'end']),
      original: tuple,
      reply: tuple,
    }),
  })
  .describe('Connection tracking told of a connection whose addresses are changed.');

const route = z
  .strictObject({
    is: z.literal('route'),
    ...place,
    asked: z
      .strictObject({
        way: z.enum(['output', 'input']),
        source: z.string().describe('Empty where no packet was made.'),
        destination: z.string(),
        protocol: z.int().optional(),
        from: port.optional(),
        to: port.optional(),
        mark: z.int().optional(),
        tos: z.int().optional(),
        index: index.optional(),
        device: index.optional().describe('What it is bound to: a VRF, what a tunnel sends by.'),
        uid: z
          .int()
          .optional()
          .describe(
            'Of the user whose socket sends it, where rules ask for users: the first of those treated alike.',
          ),
        uidEnd: z.int().optional().describe('The last of those.'),
      })
      .describe('The header as it was when it was routed.'),
    translated: z.literal(true).optional().describe('The destination is not the one that it came with.'),
    again: z.literal(true).optional().describe('Rules changed it then, and it was routed once more.'),
    after: z
      .number()
      .optional()
      .describe('Milliseconds from the packet to the question: the kernel makes no event of a lookup.'),
    answer: z
      .strictObject({
        type: z.string().describe('`unicast`, `local`, ...'),
        prefix: z.string().describe('The entry that matched.'),
        table: z.int(),
        vrf: z.string().optional().describe('Whose table that is.'),
        via: z.string().optional(),
        dev: z.string().optional(),
        source: z.string().optional(),
        metric: z.int().optional(),
        mtu: z.int().optional(),
        hops: z.int().optional().describe('Where the entry has several next hops: how many.'),
      })
      .optional(),
    refusal: z
      .strictObject({
        error: z.string().describe('`ENETUNREACH`.'),
        why: z.enum([
          'no route',
          'blackhole',
          'prohibit',
          'unreachable',
          'forwarding',
          'rp_filter',
          'refused',
        ]),
        prefix: z.string().optional(),
        table: z.int().optional(),
        dev: z.string().optional(),
      })
      .optional(),
    borne: z.enum(['yes', 'no', 'unseen']).describe('Whether the packet was then seen to go so.'),
    evidence: z.string(),
  })
  .describe(
    'The kernel’s answer for this header, asked after the packet; neither answer nor refusal: not known.',
  );

const journey = z.strictObject({
  title: z.string(),
  kind: z.enum(['arp', 'packet']),
  answer: z.boolean().describe('Sent in answer to one before it.'),
  steps: z.array(z.discriminatedUnion('is', [frame, ruling, translated, route])),
  end: z.strictObject({
    ...place,
    state: z.enum(['answered', 'refused', 'dropped', 'arrived', 'unknown']),
    words: z.string(),
  }),
});

export const traceSchema = z.strictObject({
  command: z.strictObject({
    host: z.string(),
    netns: z.string(),
    argv: z.array(z.string()),
    exit: z.int().nullable(),
    failure: z.string().optional(),
    said: z.string().optional().describe('Its first line of complaint.'),
  }),
  start: z.strictObject(place),
  journeys: z.array(journey).describe('Each packet, from where it was first seen to where it was last seen.'),
  unsent: z
    .array(route)
    .optional()
    .describe('No packet was made: what the kernel says of the addresses in the command.'),
  others: z.int().describe('Frames that belong to nothing of the command.'),
  missing: z.array(z.string()).describe('What could not be watched.'),
});

export const traceJsonSchema = (): object => z.toJSONSchema(traceSchema);
