/** What the kernel has told of interfaces: those that no packet was seen on have names too, of which a rule may tell. Pure. */
import type { TraceCapture } from '../capture.ts';
import { readLinks } from './netlink.ts';

export function withNames(capture: TraceCapture): TraceCapture {
  const told = capture.answers?.filter(({ key }) => key === 'links') ?? [];
  if (told.length === 0) return capture;
  const bySpace = new Map(told.map(({ space, data }) => [space, readLinks(Buffer.from(data, 'base64'))]));
  const spaces = capture.spaces.map((space, at) => {
    const links = bySpace.get(at);
    if (links === undefined) return space;
    const names = Object.fromEntries([...links].map(([index, { name }]) => [index, name]));
    const remotes = Object.fromEntries(
      [...links].flatMap(([index, { tunnel }]) => (tunnel?.remote ? [[index, tunnel.remote]] : [])),
    );
    // one that was seen had the name by which it was seen
    return { ...space, interfaces: { ...names, ...space.interfaces }, remotes };
  });
  return { ...capture, spaces };
}
