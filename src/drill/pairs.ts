/** Which two faults may be in one network at once. Pure. */
import type { Fault } from './model.ts';

/** What the kernel takes away with something else: an interface that goes down has neither routes nor neighbours. */
const BOUND = new Set(['link', 'address', 'route', 'neighbour']);

const placesOf = ({ break: text }: Fault) =>
  new Set([...text.matchAll(/\bip (?:-n (\S+)|(?=link|addr|route|neigh))/g)].map(([, netns]) => netns ?? ''));

const hides = ({ masks = [] }: Fault, { stops }: Fault) => masks.some((id) => stops.includes(id));

/**
 * Of different topics, and with a flow in common that neither lets pass; where one is put in or mended, the other is not
 * undone by it.
 */
export function goTogether(a: Fault, b: Fault): boolean {
  if (a.topic === b.topic || !a.stops.some((id) => b.stops.includes(id))) return false;
  if (hides(a, b) || hides(b, a)) return false;
  if (!BOUND.has(a.topic) || !BOUND.has(b.topic)) return true;
  const there = placesOf(b);
  return ![...placesOf(a)].some((netns) => there.has(netns));
}
