/**
 * The keyboard with a tap on it: while a shell has the focus, what is typed goes to it byte for byte and Ink sees none
 * of it. Ink would name the keys, and a name does not say which bytes it was.
 */

/** Takes what it wants of a chunk, and gives back the rest. */
export type Take = (chunk: string) => string;

export function tapped(stdin: NodeJS.ReadStream, take: Take): NodeJS.ReadStream {
  const read = (): string | null => {
    for (;;) {
      const chunk: string | Buffer | null = stdin.read();
      if (chunk === null) return null;
      const rest = take(chunk.toString());
      if (rest !== '') return rest;
    }
  };
  return new Proxy(stdin, {
    get(target, name) {
      if (name === 'read') return read;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
