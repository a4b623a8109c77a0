/** Words with which the host refuses; what the client does next hangs on the code. */
import type { RefusalCode } from '../../board/messages.ts';
import type { Peer } from './peer.ts';

const NEXT: Readonly<Record<RefusalCode, readonly string[]>> = {
  protocol: ['Use the same version of Wirebook as the class’s host.'],
  malformed: ['Use the same version of Wirebook as the class’s host.'],
  'too-large': ['Say less at once.'],
  'too-fast': ['Wait a little.'],
  'wrong-code': ['Look at the class’s code once more.'],
  'too-many-tries': ['Wait, then look at the class’s code once more.'],
  'name-taken': [
    'Choose another name; if it is your own, of another machine, ask the instructor to free your place.',
  ],
  'name-needed': ['Say who you are: --name NAME'],
  'not-on-roster': ['Join with your code or your name as it stands on the class’s roster.'],
  'unknown-learner': ['Join again with the class’s code.'],
  removed: ['The instructor has taken you out of the class; ask them if that is a mistake.'],
  ended: ['The class is over.'],
  full: ['The class is full; ask the instructor.'],
  elsewhere: ['You are connected from elsewhere: go on there, or close it.'],
  'not-agreed': ['Agree to share it first.'],
};

export function refusal(code: RefusalCode, againMs = 0): string {
  const again = againMs > 0 ? { again: Math.ceil(againMs / 1000) } : {};
  return JSON.stringify({ type: 'refused', code, ...again, next: NEXT[code] });
}

export function refuse(peer: Peer, code: RefusalCode, againMs = 0): void {
  peer.send(refusal(code, againMs));
  peer.close();
}

/** JSON of an object; undefined when it is none. */
export function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
