/** How much anybody may say at once, and how often: what the host refuses, clients keep to. Lengths are UTF-16 code units. */
export const LIMITS = {
  /** Of one message on the wire, in bytes. */
  messageBytes: 64 * 1024,
  name: 64,
  id: 128,
  title: 300,
  text: 2000,
  /** Of the map that a presenter shows, in bytes as JSON: it must fit into a message with room to spare. */
  mapBytes: 48 * 1024,
  /** Of one cell's output that is shared. */
  output: 16 * 1024,
  failing: 16,
  choices: 12,
  /** Messages of one learner: this many a second over time, and so many at once (after a time without connection). */
  perSecond: 20,
  burst: 200,
  /** Bytes waiting to be sent to one client, from which on it is let go: it comes back and is given the state anew. */
  backlogBytes: 1024 * 1024,
} as const;
