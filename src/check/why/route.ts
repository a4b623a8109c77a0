/** Why a route is not there: is its interface up, and can its gateway be reached from here? */
import { contains, network, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import type { Explanation, ExplanationStep } from '../model.ts';
import type { NetnsObservation } from '../observation.ts';
import { ipFacts } from '../read/ip.ts';
import type { Link } from '../read/link.ts';
import { routeLine } from '../read/route.ts';
import { leadsTo, tableName } from '../read/route-compare.ts';

export interface WantedRoute {
  route: string;
  via?: string;
  dev?: string;
  table?: string;
  get?: boolean;
}

function device(links: readonly Link[], name: string): { step: ExplanationStep; cause?: string } {
  const question = `Is ${name} there and up?`;
  const link = links.find((each) => each.name === name);
  if (!link)
    return {
      step: { question, answer: 'It is not there.', state: 'wrong' },
      cause: `There is no interface ${name} here.`,
    };
  if (link.up) return { step: { question, answer: 'Yes.', state: 'ok' } };
  return {
    step: { question, answer: 'It is DOWN.', state: 'wrong' },
    cause: `${name} is DOWN: when an interface goes down, its routes are gone.`,
  };
}

/** A gateway must be a neighbour: in the network of an address of an interface that is up. */
function gateway(links: readonly Link[], via: string): { step: ExplanationStep; cause?: string } | undefined {
  const address = parseAddress(via);
  if (!address) return undefined;
  const question = `Is the gateway ${via} in a network that this namespace is part of?`;
  for (const link of links) {
    for (const own of link.addresses) {
      const prefix = parsePrefix(own.prefix);
      if (!prefix || !contains(network(prefix), address)) continue;
      if (link.up) return { step: { question, answer: `Yes: ${own.prefix} on ${link.name}.`, state: 'ok' } };
      return {
        step: { question, answer: `${own.prefix} is on ${link.name}, which is DOWN.`, state: 'wrong' },
        cause: `${link.name}, which leads to the gateway, is DOWN.`,
      };
    }
  }
  return {
    step: { question, answer: 'No.', state: 'wrong' },
    cause: `No address here is in one network with the gateway ${via}.`,
  };
}

export function explainRoute(wanted: WantedRoute, netns: NetnsObservation): Explanation | undefined {
  const { links } = ipFacts(netns);
  if (!links.ok) return undefined;
  const asked = [
    wanted.dev === undefined ? undefined : device(links.value, wanted.dev),
    wanted.via === undefined ? undefined : gateway(links.value, wanted.via),
  ].filter((each) => each !== undefined);
  const steps = asked.map(({ step }) => step);
  const cause = asked.find((each) => each.cause !== undefined)?.cause;
  if (cause !== undefined)
    return {
      cause,
      advice: 'The kernel takes a route only by an interface that is up, over a gateway that is a neighbour.',
      steps,
    };
  if (links.value.every((link) => link.kind === 'loopback' || !link.up))
    return {
      cause: 'No interface but lo is up here.',
      advice: 'An address on an interface that is up brings the route to its own network with it.',
      steps: [...steps, { question: 'Is an interface up?', answer: 'Only lo could be.', state: 'wrong' }],
    };
  return nothingInTheWay(wanted, netns, steps);
}

/** It could be there: then it was never made, or is another. */
function nothingInTheWay(
  { route, table = 'main', get }: WantedRoute,
  netns: NetnsObservation,
  steps: readonly ExplanationStep[],
): Explanation | undefined {
  const { routes } = ipFacts(netns);
  if (get || !routes.ok)
    return steps.length === 0
      ? undefined
      : {
          cause: 'Interface and gateway are as they should be; the way that the kernel takes is another.',
          advice: 'Compare `ip route` with what is expected, field by field.',
          steps,
        };
  const there = routes.value.find(
    (each) => tableName(each.table) === tableName(table) && leadsTo(each, route),
  );
  if (there !== undefined)
    return {
      cause: `A route to there is set, but another: ${routeLine(there)}.`,
      advice:
        '`ip route replace` puts another in its place; two may stand beside one another with different metrics.',
      steps,
    };
  return {
    cause: route === 'default' ? 'There is no default route here.' : `There is no route to ${route} here.`,
    advice: '`ip route add` makes one: where to, `via` which gateway, `dev` by which interface.',
    steps,
  };
}
