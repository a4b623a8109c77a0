/**
 * Bytes that a cell may print before it is stopped. The same for whoever learns, tests and grades: else one would pass what
 * the other stops. It takes no memory, since of an output only the ends are held.
 */
export const OUTPUT_LIMIT = 256 * 2 ** 20;
