/** Where it is known from what became of a lesson. */

/** - `session`: the learner's own walk; - `run`: a fresh sandbox, solutions for tasks; - `text`: nobody has run it. */
export type Source = 'session' | 'run' | 'text';
