/** The ticket: what a colleague sees and writes, which is not what is wrong. */
import type { Drill } from './make.ts';
import type { Tongue } from './tongue.ts';

const GREETINGS = ['Hi,', 'Hello,', 'Morning,', 'Hey,'];
const SINCE = [
  'since this morning',
  'since the maintenance last night',
  'for about an hour now',
  'all of a sudden',
  'since yesterday evening',
];
const ASIDES = [
  'I have not changed anything.',
  'It worked yesterday, I used it myself.',
  'I have already restarted everything on my side.',
  'Somebody was at the network last night, but they say it was nothing.',
];
/** Said where it is true. */
const NOT_DNS = 'The others say that it must be DNS. It is not.';
const CLOSINGS = [
  'Could you have a look?',
  'Can you see what it is?',
  'It is a bit urgent, the demo is at two.',
  'Thanks!',
];
const NAMES = ['Grace', 'Henri', 'Ines', 'Jonas', 'Kim', 'Lena'];

/** Who has more to say than that does not say it all. */
const MOST_OTHERS = 2;

export function ticketOf({ network, faults, level, random }: Drill, tongue: Tongue): string {
  const { say, begins, also, stillWorks, gap } = tongue;
  const stopped = network.flows.filter((flow) => faults.some(({ stops }) => stops.includes(flow.id)));
  // A good ticket lists all that does not work; those of higher levels are not good ones.
  const told = level >= 3 ? stopped.slice(0, 1) : stopped;
  const [first, ...rest] = told.map(({ trouble }) => say(trouble));
  const others = rest.slice(0, MOST_OTHERS);
  const works = network.flows.find((flow) => !stopped.includes(flow));
  const asides = faults.some(({ topic }) => topic === 'dns') ? ASIDES : [...ASIDES, NOT_DNS];
  const parts = [
    begins(say(random.pick(GREETINGS)), say(random.pick(SINCE)), first ?? ''),
    ...(others.length === 0 ? [] : [also(others)]),
    ...(rest.length > others.length ? [say('And that is not all.')] : []),
    ...(works === undefined || level >= 4 ? [] : [stillWorks(say(worksWords(works.check, works.from)))]),
    say(random.pick(asides)),
    say(random.pick(CLOSINGS)),
  ];
  return `> ${parts.join(gap)}\n>\n> — ${random.pick(NAMES)}`;
}

function worksWords(check: Readonly<Record<string, unknown>>, from: string): string {
  if (typeof check.dns === 'string') return `${from} gets the address of ${check.dns}`;
  if (typeof check.curl === 'string') return `${from} gets the page from ${check.curl}`;
  const size = check.size === undefined ? '' : ` with ${check.size} bytes`;
  return `${from} can ping ${check.ping}${size}`;
}
