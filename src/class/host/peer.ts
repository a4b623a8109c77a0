/** Who is at the other end of a connection: over the network, or a board in this process. */
export interface Peer {
  send(text: string): void;
  /** Bytes that wait to be sent. */
  readonly buffered: number;
  /** After what was sent. */
  close(): void;
  /** At once. */
  cut(): void;
  /** Nothing more is read until `resume`. */
  pause(): void;
  resume(): void;
}

/** Of a connection, whatever it is with. */
export interface Line {
  message(text: string): void;
  closed(): void;
}
