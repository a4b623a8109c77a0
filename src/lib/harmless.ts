/** Text that is safe to put on a terminal; for browsers too, so it needs nothing of Node's. */

/**
 * Control characters and the marks that turn the direction of writing become U+FFFD: a text that somebody else wrote
 * must not be able to move the cursor or to look like another. Tabs and line ends are the caller's to treat first.
 */
export function harmless(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
