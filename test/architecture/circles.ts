/** Files that need each other in a loop, by Tarjan's strongly connected components (SIAM J. Comput. 1972). */
import type { Import } from './scan.ts';

/** Each circle's files in the order of their names; dynamic imports count too: what they load must be understood as well. */
export function circlesOf(imports: readonly Pick<Import, 'file' | 'target'>[]): string[][] {
  const needs = new Map<string, string[]>();
  for (const { file, target } of imports) needs.set(file, [...(needs.get(file) ?? []), target]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const next of needs.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      else if (!open.includes(next)) continue;
      lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || needs.get(file)?.includes(file)) circles.push(circle.sort());
  };

  for (const file of needs.keys()) if (!order.has(file)) visit(file);
  return circles;
}
