/** The questions of a class, in the order in which they were asked. */
import type { QuestionShown } from './rows.ts';

/** Waiting for an answer, of one learner: who asks more lets the first ones go. */
const MOST_OF_ONE = 10;
const MOST = 1000;

export class Questions {
  /** Those that wait, and those that were answered. */
  #all: QuestionShown[] = [];

  /** False: it was asked before. */
  ask(question: QuestionShown): boolean {
    const { id, learner } = question;
    if (this.#all.some((one) => one.learner === learner && one.id === id)) return false;
    this.#all.push(question);
    const waiting = this.#all.filter((one) => one.learner === learner && !one.answered);
    if (waiting.length > MOST_OF_ONE) this.#drop(waiting[0]!);
    // Answered ones go first, then the oldest.
    if (this.#all.length > MOST) this.#drop(this.#all.find(({ answered }) => answered) ?? this.#all[0]!);
    return true;
  }

  /** What was asked; undefined when there is no such question, or it was answered already. */
  answer(learner: string, id: string): QuestionShown | undefined {
    const at = this.#all.findIndex((one) => one.learner === learner && one.id === id);
    const asked = this.#all[at];
    if (asked === undefined || asked.answered) return undefined;
    this.#all[at] = { ...asked, answered: true };
    return asked;
  }

  forget(learner: string): void {
    this.#all = this.#all.filter((one) => one.learner !== learner);
  }

  shown(): QuestionShown[] {
    return [...this.#all];
  }

  #drop(question: QuestionShown): void {
    this.#all = this.#all.filter((one) => one !== question);
  }
}
