/** What stands below the map: what is gone, what is still missing, and what the signs mean. */
import type { NetworkDiff } from '../diff.ts';
import type { GoalItem } from '../goal-item.ts';
import type { InterfaceState } from '../model.ts';
import { clip, type MapLine, of, wrap } from '../text.ts';
import { type Pen, stateSpan } from './pen.ts';

/** Link-local addresses and their routes come and go with their interface. */
const KERNELS_OWN = /^(fe80:|ff00:|multicast )/i;

/** `client` of `host/client`; the host itself for its own. */
function placeOf(space: string, host: string): string {
  return space === `${host}/` ? host : space.slice(host.length + 1);
}

export function goneLines(diff: NetworkDiff, width: number, pen: Pen): MapLine[] {
  const gone = diff.changes.filter(
    ({ mark, value = '' }) => mark === 'removed' && (pen.usual || !KERNELS_OWN.test(value)),
  );
  if (gone.length === 0) return [];
  const rows = gone.map((change) => {
    const what = [
      change.what === 'namespace' ? placeOf(change.space, change.host) : undefined,
      change.interface,
      change.value,
    ];
    const name = change.what === 'host' ? change.host : what.filter((one) => one !== undefined).join(' ');
    const place =
      change.what === 'namespace' || change.what === 'host' ? '' : ` (${placeOf(change.space, change.host)})`;
    return [of('- ', 'removed'), of(`${change.what} ${name}${place}`)];
  });
  return [[of(pen.words.gone, 'title')], ...rows.flatMap((row) => wrap(row, width, [of('  ')]))];
}

export function goalLines(goal: readonly GoalItem[], width: number, pen: Pen): MapLine[] {
  if (goal.length === 0) return [];
  const { words, glyphs } = pen;
  const open = goal.filter((item) => item.state !== 'pass');
  if (open.length === 0) return wrap([of(`${glyphs.pass} `, 'pass'), of(words.allHold)], width, [of('  ')]);
  const rows = open.map(({ title, state }) => {
    const sign =
      state === 'fail'
        ? of(glyphs.fail, 'fail')
        : state === 'broken'
          ? of('!', 'fail')
          : of(glyphs.waiting, 'dim');
    return [sign, of(' '), of(title)];
  });
  const holds = goal.length - open.length;
  const head = [
    of(words.missing, 'title'),
    ...(goal.length > 1 ? [of(`  ${words.holding(holds, goal.length)}`, 'dim')] : []),
  ];
  return [head, ...rows.flatMap((row) => wrap(row, width, [of('  ')]))];
}

export function legendLine(width: number, pen: Pen): MapLine {
  const states: InterfaceState[] = ['up', 'half', 'down'];
  const parts = states.flatMap(
    (state, at): MapLine => [
      of(at === 0 ? '' : '   '),
      stateSpan(state, pen),
      of(` ${pen.words.legend[at]}`, 'dim'),
    ],
  );
  return clip(parts, width);
}
