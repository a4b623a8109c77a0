/** A routing decision in words: the entry as `ip route` writes it, and how far it is borne out. Pure. */
import type { Routed, Trace } from '../model.ts';

const UNSAID_TABLES = [254, 255, 0];

/** As ping and ip say it. */
const SAID: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EXDEV: 'Invalid cross-device link',
  EINVAL: 'Invalid argument',
  ENETUNREACH: 'Network is unreachable',
  EHOSTUNREACH: 'No route to host',
};

const usersOf = ({ uid, uidEnd }: Routed['asked']) => `${uid}-${uidEnd ?? uid}`;

export function routeText({ answer, refusal, asked, translated }: Routed): string {
  const to = translated ? `to ${asked.destination}: ` : '';
  if (answer !== undefined) {
    const { type, prefix, via, dev, table, vrf, source, mtu, hops } = answer;
    const parts = [
      ...(type === 'unicast' ? [] : [type]),
      prefix.replace(/\/(32|128)$/, (length) => (prefix.includes(':') === (length === '/128') ? '' : length)),
      ...(via === undefined ? [] : ['via', via]),
      ...(dev === undefined ? [] : ['dev', dev]),
      ...(UNSAID_TABLES.includes(table) ? [] : ['table', String(table)]),
      ...(vrf === undefined ? [] : ['vrf', vrf]),
      ...(asked.uid === undefined || UNSAID_TABLES.includes(table) ? [] : ['uidrange', usersOf(asked)]),
      ...(source === undefined || asked.way === 'input' || type === 'local' ? [] : ['src', source]),
      ...(mtu === undefined ? [] : ['mtu', String(mtu)]),
      ...(hops === undefined ? [] : [`(one of ${hops} next hops)`]),
    ];
    return to + parts.join(' ');
  }
  if (refusal === undefined) return 'not known';
  const { why, prefix, table, dev } = refusal;
  const error = SAID[refusal.error] ?? refusal.error;
  switch (why) {
    case 'no route':
      return `no route leads to ${asked.destination} (${error})`;
    case 'forwarding':
      return `${to}not sent on: forwarding is off on ${dev}`;
    case 'rp_filter':
      return `refused by rp_filter: the way back to ${asked.source} is not by ${dev}`;
    case 'refused':
      return `${to}refused (${error})`;
    default: {
      const of = table === undefined || UNSAID_TABLES.includes(table) ? '' : ` table ${table}`;
      return `${to}${why} ${prefix}${of} (${error})`;
    }
  }
}

/** Why a packet ends there. */
export function refusalWords({ refusal, asked }: Routed): string {
  const { why, prefix } = refusal!;
  switch (why) {
    case 'blackhole':
      return `its route is a blackhole (${prefix}), which throws it away without a word`;
    case 'prohibit':
    case 'unreachable':
      return `its route refuses it (${why} ${prefix})`;
    case 'no route':
      return `no route leads to ${asked.destination}`;
    default:
      return routeText({ is: 'route', space: 0, title: '', asked, refusal, borne: 'yes', evidence: '' });
  }
}

export const routeMark = ({ borne, answer, refusal, again }: Routed): string => {
  if (again) return '↓';
  if (answer === undefined && refusal === undefined) return '?';
  return { yes: '✓', no: '✗', unseen: '?' }[borne];
};

export const routeTone = ({ borne, refusal, answer }: Routed): 'decided' | 'bad' | 'unsure' =>
  borne === 'no' || (answer === undefined && refusal === undefined) ? 'unsure' : refusal ? 'bad' : 'decided';

/** What such a row is: the kernel makes no event of a lookup. */
export function routesAre({ journeys }: Trace): string[] {
  const late = journeys.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.is === 'route' && step.after !== undefined ? [step.after] : [])),
  );
  if (late.length === 0) return [];
  const most = Math.ceil(Math.max(...late));
  return [
    `route: the kernel’s answer for this header, asked up to ${most} ms after the packet (a lookup makes no event); ✓ it then went so.`,
  ];
}
