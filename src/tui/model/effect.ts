/** What comes of a key besides another view. */
import type { ClassAction } from '../../board/classroom.ts';
import type { Action } from '../../session/session.ts';
import type { ShellEffect } from './shell-keys.ts';
import type { Place } from './shell-view.ts';

/** What the world must do after a key; carried out by the controller, never by a view. */
export type Effect =
  | { effect: 'act'; action: Action }
  | { effect: 'map'; open: boolean }
  /** Trace the probe of a cell's checks, to follow it over the map. */
  | { effect: 'walk'; cell: string }
  | { effect: 'copy'; text: string }
  | { effect: 'shell-open'; place: Place }
  | ShellEffect
  | { effect: 'editor'; cell: string; text: string }
  /** Look through the output that is read, on or back. */
  | { effect: 'printout-find'; text: string; by: 1 | -1 }
  | { effect: 'printout-pager'; cell: string }
  | { effect: 'printout-save'; cell: string; path: string }
  | { effect: 'mouse' }
  | { effect: 'class'; action: ClassAction }
  /** Whether the reader goes along with the class. */
  | { effect: 'follow'; yes: boolean }
  | { effect: 'list' }
  /** The course's lessons are to be known, so that one can be gone to. */
  | { effect: 'lessons' }
  /** The course's words and commands are to be known. */
  | { effect: 'handbook' }
  | { effect: 'open'; id: string; title: string }
  | { effect: 'quit' };
