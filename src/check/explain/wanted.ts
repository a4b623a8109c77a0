/** What to do about a way that fails, where the lesson expects that it fails in another way. */

const SILENCE =
  'Silence is expected: a rule that drops tells the sender nothing, while one that rejects does, and a closed port or a missing route too.';

const WANTED: Readonly<Record<string, string>> = {
  // A closed port answers with a reset (RFC 9293, 3.10.7.1), or for UDP with ICMP port unreachable (RFC 1122, 4.1.3.1).
  refused:
    'A refusal is expected: the kernel refuses where nothing listens, and so does a rule that rejects; a rule that drops lets the sender wait.',
  timeout: SILENCE,
  'no-reply': SILENCE,
};

export const wantedAdvice = (fails: string): string =>
  WANTED[fails] ??
  `It is expected to fail, but with ${fails}: what stops it now comes before what would, or takes its place.`;
