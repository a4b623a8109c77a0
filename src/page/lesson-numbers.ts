/** How the lessons of a course are counted, on every screen and page: imports nothing, for it goes into a browser too. */

/**
 * What the lessons of a course are called by: the numbers of their folders, as the lessons themselves do ("lesson 4"). Those
 * that share one, such as exercises, are told apart: 3, 3.1, 3.2. Where a folder has no number they are counted.
 */
export function lessonNumbers(items: readonly { id: string }[]): string[] {
  const leading = items.map(({ id }) => /^0*(\d+)(?=\D|$)/.exec(id)?.[1]);
  if (leading.includes(undefined)) return items.map((_, at) => `${at + 1}`);
  return leading.map((number, at) => {
    const before = leading.slice(0, at).filter((other) => other === number).length;
    return before === 0 ? number! : `${number}.${before}`;
  });
}
