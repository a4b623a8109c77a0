/** The connection of one board: an instructor's, who may say what instructors say and look at what learners share. */
import type { InstructorEvent, Speaker } from '../../board/events.ts';
import { fromInstructorSchema, type Invitation, type ToInstructor } from '../../board/messages.ts';
import type { CourseNotes } from '../../board/notes.ts';
import type { Offered } from '../../board/reports.ts';
import type { ShownMap } from '../../board/shown-map.ts';
import type { ReportFile } from '../report/formats.ts';
import type { Boards } from './boards.ts';
import { cleaned } from './clean.ts';
import { Flow } from './flow.ts';
import type { Hub } from './hub.ts';
import type { Line, Peer } from './peer.ts';
import { objectIn, refuse } from './refuse.ts';
import type { Shown } from './shown.ts';

export interface BoardLineOptions {
  hub: Hub;
  boards: Boards;
  shown: Shown;
  peer: Peer;
  board: string;
  notes?: CourseNotes;
  invitation?: Invitation;
  report(format: string): Promise<ReportFile>;
}

export class BoardLine implements Line {
  readonly #hub: Hub;
  readonly #peer: Peer;
  readonly #from: Speaker;
  readonly #flow: Flow;
  readonly #leave: () => void;
  readonly #shown: Shown;
  #unwatch: (() => void) | undefined;
  readonly #report: BoardLineOptions['report'];
  /** One at a time: each reads the whole log. */
  #reporting: Promise<void> = Promise.resolve();
  #underway: number;
  #closed = false;

  constructor({ hub, boards, shown, peer, board, notes, invitation, report }: BoardLineOptions) {
    this.#hub = hub;
    this.#shown = shown;
    this.#peer = peer;
    this.#report = report;
    this.#from = `instructor:${board}`;
    this.#flow = new Flow(peer);
    this.#underway = hub.book.heard(this.#from);
    this.#send({
      type: 'welcome',
      course: hub.book.course,
      board: hub.book.board(hub.now(), (learner) => hub.standing(learner)),
      heard: this.#underway,
      ...(notes === undefined ? {} : { notes }),
      ...(invitation === undefined ? {} : { invitation }),
    });
    this.#leave = boards.add(peer);
  }

  #send(message: ToInstructor): void {
    if (!this.#closed) this.#peer.send(JSON.stringify(message));
  }

  message(text: string): void {
    if (this.#closed) return;
    const { data } = fromInstructorSchema.safeParse(objectIn(text));
    if (!this.#flow.take()) refuse(this.#peer, 'too-fast', 10_000);
    else if (data === undefined) refuse(this.#peer, 'malformed');
    else if (data.type === 'ping') this.#send({ type: 'pong' });
    else if (data.type === 'look') this.#look(data.learner, data.lesson, data.cell);
    else if (data.type === 'report') this.#make(data.format);
    else if (data.type === 'show') this.#show(data.map);
    else if (data.type === 'watch') this.#watch(data.on);
    else if (data.n > this.#underway) this.#keep(data.n, data.event);
    else {
      // Said again: what of it is kept already is told once more.
      const heard = this.#hub.book.heard(this.#from);
      if (data.n <= heard) this.#send({ type: 'heard', n: heard });
    }
  }

  #keep(n: number, event: InstructorEvent): void {
    this.#underway = n;
    this.#flow.began();
    // By the host's clock: a timer of the class runs by it.
    this.#hub
      .say({ from: this.#from, n, at: this.#hub.now(), event: cleaned(event) })
      .then(
        () => this.#send({ type: 'heard', n }),
        () => this.#peer.close(),
      )
      .finally(() => this.#flow.ended());
  }

  #show(map: ShownMap | undefined): void {
    this.#shown.show(this, map && cleaned(map));
  }

  #watch(on: boolean): void {
    this.#unwatch?.();
    this.#unwatch = on ? this.#shown.watch(this.#peer) : undefined;
  }

  #look(learner: string, lesson: string, cell: string): void {
    const consent = this.#hub.book.learner(learner)?.consent;
    const agreed = (cell === '' ? consent?.transcript : consent?.outputs) ?? false;
    const shared = agreed ? this.#hub.book.shared(learner, lesson, cell) : undefined;
    this.#send({ type: 'cell', learner, lesson, cell, agreed, ...shared });
  }

  #make(format: Offered): void {
    this.#flow.began();
    this.#reporting = this.#reporting
      .then(() => this.#report(format))
      .then(
        ({ name, type: mime, text }) => this.#send({ type: 'report', format, name, mime, text }),
        (error: Error) => this.#send({ type: 'report', format, because: error.message }),
      )
      .finally(() => this.#flow.ended());
  }

  closed(): void {
    this.#closed = true;
    this.#flow.stop();
    this.#leave();
    this.#unwatch?.();
    this.#shown.show(this, undefined);
  }
}
