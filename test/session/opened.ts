/** Sessions of one test, and their journal in a folder of its own: all of it ends with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { SessionEvent } from '../../src/session/events.ts';
import { openJournal } from '../../src/session/journal.ts';
import { type OpenOptions, openSession } from '../../src/session/open.ts';
import type { Action, Session } from '../../src/session/session.ts';

type Opening = Omit<OpenOptions, 'journal' | 'onEvent' | 'version'> & {
  /** false: without a journal. */
  kept?: boolean;
};

/** Called once by a file of tests. */
export function sessions() {
  let folder: string | undefined;
  const all: Session[] = [];
  afterEach(async () => {
    await Promise.all(all.splice(0).map((session) => session.close()));
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  });
  const path = (): string => {
    folder ??= mkdtempSync(join(tmpdir(), 'wirebook-session-'));
    return join(folder, 'l.ndjson');
  };

  function start({ kept = true, ...options }: Opening) {
    const { lesson } = options;
    const events: SessionEvent[] = [];
    const session = openSession({
      ...options,
      version: '0',
      ...(kept && { journal: openJournal({ path: path(), lesson }) }),
      onEvent: (event) => events.push(event),
    });
    all.push(session);
    const act = async (...actions: Action[]) => {
      for (const action of actions) session.act(action);
      await session.idle();
    };
    const of = (id: string) => session.getState().cells[id]!;
    const statuses = () => Object.values(session.getState().cells).map((one) => one.status);
    const notices = () => session.getState().notices ?? [];
    return { session, events, act, of, statuses, notices };
  }

  /** `path`: of the journal. */
  return { start, path };
}
