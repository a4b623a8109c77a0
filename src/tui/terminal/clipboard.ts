/** Copying through the terminal (OSC 52), so that it works over SSH too. The terminal does not say whether it obeys. */

type Env = Readonly<Record<string, string | undefined>>;

/** Bytes of text; xterm takes 100,000 of base64, others less or more. */
export const MOST_BYTES = 64 * 1024;

/** The bytes to write to the terminal; undefined when the text is too long. */
export function copySequence(text: string, env: Env): string | undefined {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > MOST_BYTES) return undefined;
  const sequence = `\x1b]52;c;${bytes.toString('base64')}\x07`;
  if (!env.TMUX) return sequence;
  // tmux takes it itself (set-clipboard on), or hands it on (allow-passthrough on): whichever the user has allowed.
  return `${sequence}\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
}
