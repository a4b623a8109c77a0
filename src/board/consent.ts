/** What of the events a learner lets others see. Their own machine sends no other, and the host takes no other. */
import type { Consent, LearnerEvent } from './events.ts';

export function isShared({ type }: LearnerEvent, { progress, outputs, transcript }: Consent): boolean {
  switch (type) {
    case 'output':
      return outputs;
    case 'transcript':
      return transcript;
    case 'lesson-opened':
    case 'moved':
    case 'cell':
    case 'lesson-finished':
    case 'quiz':
      return progress;
    default:
      return true;
  }
}
