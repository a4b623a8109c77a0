/** A drill as a lesson: the network, the fault, a ticket, and what must work in the end. Pure; the text of a file. */
import { stringify } from 'yaml';
import type { Drill } from './make.ts';
import type { Flow, Network } from './model.ts';
import { ticketOf } from './ticket.ts';
import { english, type Tongue } from './tongue.ts';

const FENCE = '```';
const block = (head: string, body: string) => `${FENCE}${head}\n${body.trim()}\n${FENCE}\n`;

/** Flows are tried for a while: a learner's mend may take a moment to settle. */
const WITHIN = '3s';

function checksOf({ network, faults }: Drill, say: Tongue['say']): object[] {
  const stopped = new Set(faults.flatMap(({ stops }) => stops));
  const place = ({ from }: Flow) => (from === '' ? {} : { in: from });
  const within = faults.find(({ settles }) => settles !== undefined)?.settles ?? WITHIN;
  // what these say, and what they find, would be the answer
  const secret = { says: say('What is wrong is mended itself, not worked around'), quiet: true };
  const flows = network.flows.map((flow) => ({
    id: flow.id,
    ...flow.check,
    ...place(flow),
    within,
    ...(stopped.has(flow.id) ? {} : { invariant: true }),
  }));
  const also = faults.flatMap(({ also = [] }) => also.map((check) => ({ ...check, ...secret })));
  const broken = faults.map((fault) => fault.break).join('\n');
  const loses = new Set(faults.flatMap(({ loses = [] }) => loses));
  return [...flows, ...also, ...kept(network, broken, loses, secret)];
}

/** What was right and must stay so: a mend by other addresses is none. */
function kept({ topology }: Network, broken: string, loses: ReadonlySet<string>, secret: object): object[] {
  return Object.entries(topology.namespaces ?? {}).flatMap(([netns, space]) =>
    Object.entries(space?.addresses ?? {}).flatMap(([device, address]) => {
      const isGone =
        loses.has(`${netns} ${device}`) ||
        [address].flat().some((one) => broken.includes(`-n ${netns} addr del ${one} `));
      return [{ interface: device, in: netns, address, ...(isGone ? secret : { invariant: true }) }];
    }),
  );
}

export function drillLesson(drill: Drill, tongue: Tongue = english): string {
  const { say, language } = tongue;
  const { network, faults, seed, level, topic } = drill;
  const command = `wirebook drill${topic === undefined ? '' : ` ${topic}`} --seed ${seed} --level ${level}`;
  const hints = [0, 1, 2].flatMap((at) => faults.map(({ hints }) => block('md {.hint}', say(hints[at]!))));
  const head = stringify({
    title: say(`Drill: ${network.title}`),
    summary: say('Something is broken. Find it and mend it.'),
    ...(language === 'en' ? {} : { lang: language }),
  });
  return [
    `---\n${head}---\n`,
    block('yaml {.topology}', stringify(network.topology, { lineWidth: 0 })),
    block('sh {.setup}', network.more),
    block('sh {.setup}', faults.map((fault) => fault.break).join('\n')),
    `## ${say('The ticket')}\n`,
    `${ticketOf(drill, tongue)}\n`,
    `## ${say('The network')}\n`,
    `${say(network.about)}\n`,
    `${say(network.servers ?? `The server of \`${network.server}\` is \`busybox httpd\`; its pages are in \`/srv/${network.server}\`.`)}\n`,
    `${say(`The same drill for somebody else: \`${command}\``)}\n`,
    `## ${say('Mend it')}\n`,
    `${say('Look and mend in the cell below, or in a shell beside the lesson: both are watched. All checks must hold at once; those that hold already must go on holding, so nothing else may break.')}\n`,
    block('sh {.task #mend points=10}', `# ${say('what do you want to look at first?')}`),
    block('yaml {.expect}', stringify(checksOf(drill, say), { lineWidth: 0 })),
    ...hints,
    block(
      'sh {.solution}',
      faults
        .map((fault) => fault.mend)
        .reverse()
        .join('\n'),
    ),
  ].join('\n');
}
