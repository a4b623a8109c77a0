/** A session of which the class is told: what is new in its state, a little later than it happens. */
import type { Consent, LearnerEvent } from '../../board/events.ts';
import type { Session } from '../../session/session.ts';
import { wrapped } from '../../session/wrapped.ts';
import { NOTHING_TOLD, type Told, tell, transcriptEvent } from './telling.ts';
import { createTranscript } from './transcript.ts';

export interface Attendance {
  session: Session;
  /** Tells what there is to tell now: before what the learner says themselves, which may be about it. */
  look(): void;
  /** What the learner shares has changed: what they share again is told as it stands, what they do not is forgotten. */
  consented(): void;
}

/** Changes of one moment are told together. */
const SOON_MS = 250;

export function attendance(
  session: Session,
  consent: () => Consent,
  say: (event: LearnerEvent) => void,
): Attendance {
  const { lesson } = session;
  let told: Told = NOTHING_TOLD;
  let shared = consent().progress;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const opened = () => say({ type: 'lesson-opened', lesson: lesson.id.slice(0, 128), hash: lesson.hash });
  /** What of it is agreed to is not asked here: whoever is told (`say`) does. */
  const look = () => {
    clearTimeout(timer);
    timer = undefined;
    const news = tell(lesson, session.getState(), told, consent().outputs);
    told = news.told;
    for (const event of news.events) say(event);
  };
  const transcript = createTranscript(
    () => consent().transcript && !closed,
    (text) => say(transcriptEvent(lesson.id, text)),
  );
  const stop = session.subscribe(() => {
    timer ??= setTimeout(look, SOON_MS);
  });

  opened();
  // Where they are, and what they had done before: whatever was printed then is not told, nobody had agreed to that.
  const first = tell(lesson, session.getState(), told, false);
  told = first.told;
  for (const event of first.events) say(event);

  const attended = wrapped(session, {
    async openPty(host, options) {
      const pty = await session.openPty(host, transcript.tapped(options));
      void pty.exited.then(transcript.flush, () => {});
      return pty;
    },
    async close() {
      if (!closed) {
        transcript.flush();
        look();
        closed = true;
        clearTimeout(timer);
        stop();
      }
      await session.close();
    },
  });

  return {
    session: attended,
    look: () => {
      if (!closed) look();
    },
    consented() {
      const { progress, transcript: shells } = consent();
      if (!shells) transcript.forget();
      if (progress && !shared && !closed) {
        // The place and all cells again, as they stand now; outputs of before stay their own.
        opened();
        told = { ...NOTHING_TOLD, outputs: told.outputs };
        look();
      }
      shared = progress;
    },
  };
}
