/** What the author has written for whoever presents: goes to instructors alone. Plain JSON. */
import type { Lesson } from '../lesson/model.ts';

/** By the id of the lesson: of each of its steps the notes, as Markdown; none for a step that has none. */
export type CourseNotes = Readonly<Record<string, readonly (readonly string[])[]>>;

export function notesOf({ steps, notes }: Lesson): string[][] {
  return steps.map((_, step) => notes.filter((note) => note.step === step).map(({ markdown }) => markdown));
}
