/** In English one thing is called otherwise than many. */

/** `1 point`, `2 points`. */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
