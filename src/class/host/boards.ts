/**
 * What boards are told: a patch ten times a second at the most, made once for all of them. A board that takes longer to
 * read than we write is not sent the next one: what changes meanwhile is put together for it, and it is told when it has room again.
 */
import type { Change } from '../../board/change.ts';
import type { BoardPatch, RowPatch } from '../../board/patch.ts';
import type { CellMark } from '../../board/rows.ts';
import type { Hub } from './hub.ts';
import type { Peer } from './peer.ts';

export const PATCH_EVERY_MS = 100;
/** What stands beside the rows (questions above all) is told whole: when it is long, not ten times a second. */
const LONG = 64 * 1024;
const LONG_EVERY_MS = 1000;
/** From so many bytes on that wait, a board is left to read first. */
const ENOUGH = 256 * 1024;

/** What changed since a board was last told. */
class Changes {
  readonly rows = new Map<string, Set<string>>();
  readonly gone = new Set<string>();
  board = false;

  get isEmpty(): boolean {
    return this.rows.size === 0 && this.gone.size === 0 && !this.board;
  }

  row(learner: string, cell?: string): void {
    const cells = this.rows.get(learner) ?? new Set();
    if (cell !== undefined) cells.add(cell);
    this.rows.set(learner, cells);
  }

  add(other: Changes): void {
    for (const [learner, cells] of other.rows) {
      this.row(learner);
      for (const cell of cells) this.row(learner, cell);
    }
    for (const learner of other.gone) this.gone.add(learner);
    this.board ||= other.board;
  }
}

interface Board {
  peer: Peer;
  /** What it has missed; absent: nothing. */
  behind?: Changes;
}

export class Boards {
  readonly #hub: Hub;
  readonly #boards = new Set<Board>();
  #changes = new Changes();
  /** When boards were last told what stands beside the rows, and how long it was. */
  #besides = { at: Number.NEGATIVE_INFINITY, length: 0 };
  /** As boards show it. */
  readonly #status = new Map<string, string>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** From now on told of what changes: to be called in the turn in which it is sent the whole board. */
  add(peer: Peer): () => void {
    const board: Board = { peer };
    // What the others are not yet told stands in the whole board already; being told it again does no harm.
    this.#boards.add(board);
    return () => this.#boards.delete(board);
  }

  changed(change: Change): void {
    const { learner, member, cell } = change;
    if (learner !== undefined) {
      if (member === 'removed') {
        this.#changes.rows.delete(learner);
        this.#changes.gone.add(learner);
        this.#status.delete(learner);
      } else this.#changes.row(learner, cell);
    }
    if (change.board) this.#changes.board = true;
    if (change.everybody) this.look();
  }

  row(learner: string): void {
    if (this.#hub.book.learner(learner) !== undefined) this.#changes.row(learner);
  }

  /** Time passes, and gates open: whose status is another now. */
  look(): void {
    const now = this.#hub.now();
    for (const { id } of this.#hub.book.learners()) {
      const { status, since } = this.#hub.book.status(id, now, this.#hub.standing(id));
      const shown = `${status} ${since}`;
      if (this.#status.get(id) === shown) continue;
      this.#status.set(id, shown);
      this.#changes.row(id);
    }
  }

  tell(): void {
    const changes = this.#take();
    let text: string | undefined;
    for (const board of this.#boards) {
      const mustWait = board.peer.buffered > ENOUGH;
      if (mustWait || board.behind !== undefined) {
        board.behind ??= new Changes();
        board.behind.add(changes);
        if (mustWait || board.behind.isEmpty) continue;
        board.peer.send(this.#textOf(board.behind));
        delete board.behind;
      } else if (!changes.isEmpty) {
        text ??= this.#textOf(changes);
        board.peer.send(text);
      }
    }
  }

  #take(): Changes {
    const changes = this.#changes;
    if (changes.isEmpty) return changes;
    this.#changes = new Changes();
    const now = performance.now();
    if (changes.board && this.#besides.length > LONG && now - this.#besides.at < LONG_EVERY_MS) {
      changes.board = false;
      this.#changes.board = true;
    }
    return changes;
  }

  #textOf(changes: Changes): string {
    const { book, now } = this.#hub;
    const at = now();
    const rows: RowPatch[] = [];
    for (const [id, keys] of changes.rows) {
      if (book.learner(id) === undefined) continue;
      const { cells, ...row } = book.row(id, at, this.#hub.standing(id));
      const marks: Record<string, CellMark | null> = {};
      for (const key of keys) marks[key] = cells[key] ?? null;
      rows.push({ ...row, cells: marks });
    }
    const patch: BoardPatch = { rows, gone: [...changes.gone] };
    const text = JSON.stringify({ type: 'patch', ...patch });
    if (!changes.board) return text;
    const besides = JSON.stringify(book.boardWithoutRows(at));
    this.#besides = { at: performance.now(), length: besides.length };
    return `${text.slice(0, -1)},"board":${besides}}`;
  }
}
