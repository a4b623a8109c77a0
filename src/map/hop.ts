/** One place on the way of a packet: what was seen, or decided, there. */
export interface Hop {
  /** Key of the namespace on the map. */
  space: string;
  /** Its name: what joins the hosts is on no map. */
  place: string;
  /** Where it is, or where it was last seen. */
  interface?: string;
  /** The packet: `ICMP echo request 1  10.0.0.1 → 10.0.0.2`. */
  packet: string;
  /** `← ` for an answer. */
  answer: boolean;
  /** Phrases, with the blanks between them: each is said in the reader's language. */
  says: readonly string[];
  tone: 'seen' | 'decided' | 'good' | 'bad' | 'unsure';
}
