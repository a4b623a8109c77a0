/** Which two faults may be in one network at once. Pure. */
import type { Fault, Topic } from './model.ts';

/** What the kernel takes away with something else: an interface that goes down has neither routes nor neighbours. */
const BOUND: ReadonlySet<Topic> = new Set<Topic>(['link', 'address', 'route', 'neighbour']);

const placesOf = ({ break: text }: Fault) =>
  new Set(
    [...text.matchAll(/\bip (?:-n (\S+)|(?=(?:-6 )?(?:link|addr|route|neigh)))/g)].map(
      ([, netns]) => netns ?? '',
    ),
  );

export const areaOf = ({ topic, area }: Fault): Topic => area ?? topic;

const hides = ({ masks = [] }: Fault, { stops }: Fault) => masks.some((id) => stops.includes(id));

/**
 * Of different areas, and with a flow in common that neither lets pass; where one is put in or mended, the other is not
 * undone by it.
 */
export function goTogether(a: Fault, b: Fault): boolean {
  const [one, other] = [areaOf(a), areaOf(b)];
  if (one === other || !a.stops.some((id) => b.stops.includes(id))) return false;
  if (hides(a, b) || hides(b, a)) return false;
  if (!BOUND.has(one) || !BOUND.has(other)) return true;
  const there = placesOf(b);
  return ![...placesOf(a)].some((netns) => there.has(netns));
}
