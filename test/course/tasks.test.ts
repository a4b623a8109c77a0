/** Tasks of lessons tell wrong answers that were once taken for right, and take none for wrong that only came late. */
import { beforeAll, expect, test } from 'vitest';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { type Answers, exercise, walk } from './walk.ts';

beforeAll(() => embedded.prepare());

const NEW = 'unshare --uts --mount --pid --ipc --net --cgroup --fork';
const INSIDE = "sh -c 'hostname box; exec sleep infinity'";

interface Wrong {
  what: string;
  id: string;
  answers: Answers;
  lost: readonly string[];
}

const WRONG: readonly Wrong[] = [
  {
    what: 'a box that sees the processes of the host',
    id: '01-namespaces',
    answers: { box: `${NEW} ${INSIDE} &\nsleep 0.5\nBOX=$(pgrep --parent $!)` },
    lost: ['box-own-proc', 'enter/exit', 'box-inside'],
  },
  {
    // What is looked at is a process that has not come to its namespaces yet.
    what: 'the id of unshare, at once: the namespaces are its own all the same, and it is not number 1',
    id: '01-namespaces',
    answers: { box: `${NEW} --mount-proc ${INSIDE} &\nBOX=$!` },
    lost: ['box-pid', 'enter/exit', 'box-inside'],
  },
  {
    what: 'root of the host, whose lo is up as well',
    id: '01-namespaces',
    answers: { nest: 'NEST=$$' },
    lost: ['nest-map', 'nest-lo', 'nest-apart'],
  },
  {
    what: 'an exception beside one that is too wide',
    id: '03-bridge',
    answers: {
      exception:
        'iptables -P FORWARD DROP\niptables -A FORWARD -i bridge1 -j ACCEPT\niptables -A FORWARD -i bridge1 -o bridge1 -j ACCEPT',
    },
    lost: ['exception-to'],
  },
];

test.each(WRONG)('$id: $what', { timeout: 120_000 }, async ({ id, answers, lost }) => {
  const outcome = await walk(await exercise(id, 'one'), answers);
  expect([...outcome.lost].sort()).toEqual([...lost].sort());
});
