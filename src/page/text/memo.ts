/** Remembers the last result by name: recomputed only when an argument is another one. */
export type Memo = <Args extends readonly unknown[], Result>(
  name: string,
  compute: (...args: Args) => Result,
  ...args: Args
) => Result;

export function createMemo(): Memo {
  const kept = new Map<string, { args: readonly unknown[]; result: unknown }>();
  return <Args extends readonly unknown[], Result>(
    name: string,
    compute: (...args: Args) => Result,
    ...args: Args
  ) => {
    const last = kept.get(name);
    if (last && last.args.length === args.length && last.args.every((arg, at) => Object.is(arg, args[at]))) {
      return last.result as Result;
    }
    const result = compute(...args);
    kept.set(name, { args, result });
    return result;
  };
}
