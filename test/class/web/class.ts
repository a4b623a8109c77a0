/** Learners in every state, said to a scripted host as their notebooks would. */
import type { ClassEvent } from '../../../src/board/events.ts';
import type { CourseOutline } from '../../../src/board/outline.ts';
import { COURSE } from '../../board/people.ts';
import type { ScriptedClass } from './scripted-class.ts';

const MINUTE = 60_000;
type Status = Extract<ClassEvent, { type: 'cell' }>['status'];
type Failing = Extract<ClassEvent, { type: 'cell' }>['failing'];

export function cellOf(
  lesson: string,
  cell: string,
  status: Status,
  failing: Failing = [],
  attempts = 1,
): ClassEvent {
  const earned = status === 'passed' ? 2 : 0;
  return {
    type: 'cell',
    lesson,
    cell,
    status,
    attempts,
    hints: 0,
    solution: false,
    earned,
    holding: 0,
    failing,
  };
}

export const NO_ADDRESS: Failing = [
  {
    check: 'address/1',
    kind: 'ping',
    state: 'fail',
    title: 'ping 10.0.0.12 from client',
    because: 'client has no address on veth-client',
  },
];
const NO_CABLE: Failing = [
  {
    check: 'move/1',
    kind: 'interface',
    state: 'fail',
    title: 'interface veth-server in server',
    because: 'it is still on the host',
  },
];

/** The learner has done so many cells of the lesson, and stands in the step of the last. */
export function walk(
  host: Pick<ScriptedClass, 'join' | 'tell' | 'away' | 'now'>,
  id: string,
  course: CourseOutline,
  lesson: string,
  count: number,
  at?: number,
) {
  const { steps } = course.lessons.find((one) => one.id === lesson)!;
  const cells = steps.flatMap((step, number) => step.cells.map((cell) => ({ id: cell.id, number })));
  host.tell(id, { type: 'lesson-opened', lesson, hash: 'a'.repeat(64) }, at);
  host.tell(id, { type: 'moved', lesson, step: cells[Math.min(count, cells.length - 1)]!.number }, at);
  for (const cell of cells.slice(0, count)) host.tell(id, cellOf(lesson, cell.id, 'passed'), at);
}

const NAMES =
  'Ada Okafor,Bruno Díaz,陈晓,Dana Levi,Emil Nowak,Farah Haddad,Gil Moreau,Hana Sato,Ivo Petrov,Jana Králová,Kofi Mensah,Lin Wei,Mara Rossi,Nils Berg,Olga Ivanova,Pavel Novák,Quinn O’Brien,Rania Saleh,Sven Larsen,Tara Singh,Ugo Conti,Vera Popova,Wanjiru Kamau,Yusuf Demir'.split(
    ',',
  );

/** A class of two dozen in the middle of the second lesson. */
export function fillClass(host: Pick<ScriptedClass, 'join' | 'tell' | 'away' | 'now'>): void {
  const now = host.now();
  for (const [at, name] of NAMES.entries()) {
    const id = `l${at}`;
    const outputs = at % 4 === 3;
    host.join(id, name, { consent: { progress: true, outputs, transcript: false }, at: now - 40 * MINUTE });
    const ago = now - ((at * 37) % 4) * MINUTE - 10_000;
    const kind = at % 8;
    if (kind === 1 || kind === 3) {
      walk(host, id, COURSE, '02-cable', 4, now - 9 * MINUTE);
      host.tell(
        id,
        cellOf('02-cable', 'address', 'failed', NO_ADDRESS, 3),
        now - (3 + ((at * 5) % 9)) * MINUTE,
      );
    } else if (kind === 2) {
      walk(host, id, COURSE, '02-cable', 7, ago);
    } else if (kind === 5) {
      walk(host, id, COURSE, '02-cable', 3, ago);
      host.tell(id, cellOf('02-cable', 'move', 'failed', NO_CABLE, 2), now - 2 * MINUTE);
    } else walk(host, id, COURSE, '02-cable', 2 + (at % 5), ago);
    if (at === 6) host.away(id, now - 6 * MINUTE);
  }
  host.tell('l3', { type: 'hand', up: true }, now - 2 * MINUTE);
  host.tell('l11', { type: 'hand', up: true }, now - 40_000);
  host.tell('l5', { type: 'reaction', reaction: 'lost' }, now - 30_000);
  host.tell('l7', { type: 'reaction', reaction: 'slower' }, now - 20_000);
  host.tell(
    'l9',
    {
      type: 'question',
      id: 'q1',
      text: 'Why does the ping to my own address go through lo and not through the cable?',
      place: { lesson: '02-cable', step: 4 },
    },
    now - 90_000,
  );
}
