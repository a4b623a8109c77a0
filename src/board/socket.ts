/** Where the host is spoken to. Apart from the messages, whose schemas a page need not load. */

/** Raised when a client of before could not talk to a host of now. */
export const PROTOCOL = 1;

/** `wss://ADDRESS:port/path`, for learners and boards alike; the port where none is given. */
export const SOCKET = { port: 8443, path: '/class' } as const;

/** Where the host serves the board's page: `https://ADDRESS:port/board#KEY`. */
export const BOARD_PATH = '/board';
