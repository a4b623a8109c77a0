/** Why an interface is not as expected: is it here, elsewhere, up, and is its other end up? */
import type { Explanation, ExplanationStep, Look } from '../model.ts';
import type { HostObservation } from '../observation.ts';
import { findNetns, netnsWords } from '../place.ts';
import { ipFacts } from '../read/ip.ts';
import { isLinkLocal, type Link } from '../read/link.ts';
import { findPeer, type PlacedLink } from '../read/peer.ts';

export interface WantedInterface {
  interface: string;
  state?: 'up' | 'down';
  lower_up?: boolean;
  address?: unknown;
  absent?: true;
}

/** The interface wherever it is on the host, the given namespace left out. */
function elsewhere(host: HostObservation, name: string, except: string): PlacedLink | undefined {
  for (const netns of host.namespaces) {
    if (netns.inode === except) continue;
    const { links } = ipFacts(netns);
    const link = links.ok ? links.value.find((each) => each.name === name) : undefined;
    if (link) return { netns, link };
  }
  return undefined;
}

function carrier(host: HostObservation, at: PlacedLink): { steps: ExplanationStep[]; cause?: string } {
  const { link } = at;
  const question = `Has ${link.name} a carrier?`;
  if (link.lowerUp) return { steps: [{ question, answer: 'Yes: LOWER_UP.', state: 'ok' }] };
  const steps: ExplanationStep[] = [{ question, answer: 'No.', state: 'wrong' }];
  const peer = findPeer(host, at);
  if (peer.is !== 'found') return { steps, cause: `${link.name} has no carrier.` };
  const other = `${peer.peer.link.name} in ${netnsWords(peer.peer.netns.name, 'the host')}`;
  const isUp = peer.peer.link.up;
  steps.push({
    question: 'Is its other end up?',
    answer: `${other} is ${isUp ? 'UP' : 'DOWN'}.`,
    state: isUp ? 'ok' : 'wrong',
  });
  const cause = isUp
    ? `${link.name} has no carrier.`
    : `The other end of the cable, ${other}, is DOWN, so there is no carrier.`;
  return { steps, cause };
}

function missing(host: HostObservation, spec: WantedInterface, look: Look, inode: string): Explanation {
  const there = elsewhere(host, spec.interface, inode);
  const here = netnsWords(look.netns, look.host);
  const steps: ExplanationStep[] = [
    { question: `Is ${spec.interface} in ${here}?`, answer: 'No.', state: 'wrong' },
  ];
  const question = 'Is it in another namespace?';
  if (!there) {
    steps.push({ question, answer: 'No: it is in no namespace that has a name.', state: 'wrong' });
    return {
      cause: `There is no interface ${spec.interface}.`,
      advice: 'Make it first; `ip link add` makes interfaces, a veth always as a pair.',
      steps,
    };
  }
  const place = netnsWords(there.netns.name, look.host);
  steps.push({ question, answer: `Yes, in ${place}.`, state: 'wrong' });
  return {
    cause: `${spec.interface} exists, but in ${place}.`,
    advice: 'An interface is in one namespace at a time; `ip link set ... netns` moves it.',
    steps,
  };
}

function present(host: HostObservation, spec: WantedInterface, at: PlacedLink): Explanation | undefined {
  const { link } = at;
  const steps: ExplanationStep[] = [
    {
      question: `Is ${link.name} up?`,
      answer: link.up ? 'Yes.' : 'No: it is DOWN.',
      state: link.up ? 'ok' : 'wrong',
    },
  ];
  if (!link.up && (spec.state === 'up' || spec.lower_up === true))
    return {
      cause: `${link.name} is DOWN.`,
      advice: 'A new interface is down until it is set up with `ip link set`.',
      steps,
    };
  if (spec.lower_up === true) {
    const { steps: more, cause } = carrier(host, at);
    steps.push(...more);
    if (cause !== undefined)
      return { cause, advice: 'A cable carries only when both of its ends are up.', steps };
  }
  if (spec.address !== undefined) {
    steps.push(addressStep(link));
    if (link.addresses.every(({ prefix }) => isLinkLocal(prefix)))
      return {
        cause:
          link.addresses.length === 0
            ? `${link.name} has no address.`
            : `${link.name} has no address but the link-local one that the kernel has given it.`,
        advice: '`ip addr add` gives one; moving an interface to another namespace takes its addresses away.',
        steps,
      };
  }
  return undefined;
}

function addressStep(link: Link): ExplanationStep {
  const list = link.addresses.map((each) => each.prefix).join(', ');
  return {
    question: 'Which addresses has it?',
    answer: list === '' ? 'None.' : `${list}.`,
    state: list === '' ? 'wrong' : 'ok',
  };
}

export function explainInterface(spec: WantedInterface, look: Look): Explanation | undefined {
  const found = findNetns(look, '');
  if (!found.ok || spec.absent) return undefined;
  const { host, netns } = found.value;
  const { links } = ipFacts(netns);
  if (!links.ok) return undefined;
  const link = links.value.find((each) => each.name === spec.interface);
  return link ? present(host, spec, { netns, link }) : missing(host, spec, look, netns.inode);
}
