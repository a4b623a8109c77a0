/** What one learner's way comes to. Pure. */
import type { CourseOutline } from '../../board/outline.ts';
import type { CellLine, LearnerLine } from './model.ts';
import { lengthOf } from './presence.ts';
import type { Walk } from './walk.ts';
import type { Worth } from './worth.ts';

export function learnerLine(
  walk: Walk,
  worth: readonly Worth[],
  course: CourseOutline,
  at: number,
): LearnerLine {
  const { joined, presence } = walk;
  const cells = worth.map((one) => cellLine(walk, one));
  const counting = worth
    .map(({ counts }, index) => ({ counts, line: cells[index]! }))
    .filter(({ counts }) => counts);
  const spans = presence.spans(at);
  const sum = (of: (line: CellLine) => number): number => cells.reduce((all, line) => all + of(line), 0);
  return {
    id: joined.learner,
    name: joined.name,
    ...(joined.roster === undefined ? {} : { roster: joined.roster }),
    joinedAt: walk.joinedAt,
    ...(walk.leftAt === undefined ? {} : { leftAt: walk.leftAt }),
    removed: walk.removed,
    spans,
    connectedMs: lengthOf(spans),
    activeMs: presence.activeMs,
    // Sums of thousandths: 0.1 three times is 0.3.
    points: Math.round(sum(({ earned }) => earned * 1000)) / 1000,
    possible: Math.round(sum(({ possible }) => possible * 1000)) / 1000,
    done: counting.filter(({ line }) => line.status === 'passed').length,
    hints: sum(({ hints }) => hints),
    solutions: cells.filter(({ solution }) => solution).length,
    hands: walk.hands,
    questions: walk.questions,
    finished: course.lessons.length > 0 && course.lessons.every(({ id }) => walk.finished.has(id)),
    ...(walk.place === undefined ? {} : { place: walk.place }),
    cells,
  };
}

function cellLine({ cells }: Walk, { lesson, cell, possible, counts }: Worth): CellLine {
  const said = cells.get(`${lesson}/${cell.id}`);
  const passed = said?.status === 'passed';
  // What a machine says that it has earned is never more than there is.
  const earned =
    cell.points === 0 ? (passed && counts ? possible : 0) : Math.min(said?.earned ?? 0, possible);
  const isOpen = said?.status === 'failed' || said?.status === 'broken';
  return {
    lesson,
    cell: cell.id,
    status: said?.status ?? 'waiting',
    attempts: said?.attempts ?? 0,
    hints: said?.hints ?? 0,
    solution: said?.solution ?? false,
    earned: said?.status === 'waiting' ? 0 : earned,
    possible,
    failing: isOpen
      ? said.failing.map(({ check, state, title, because }) => ({
          check,
          state,
          title,
          ...(because === undefined ? {} : { because }),
        }))
      : [],
  };
}
