/** Sockets that listen now, and those that do no more. */
import type { NetnsObservation } from '../../check/observation.ts';
import { type Listener, listeners } from '../../check/read/listen.ts';
import type { Candidate, Change } from '../model.ts';
import { literal } from '../yaml.ts';

/** The kernel gives ports from here on (net.ipv4.ip_local_port_range) to whoever asks for any: another one each time. */
const FIRST_RANDOM_PORT = 32_768;
/** A server that was started in the background listens some moments later. */
const STARTS = '5s';

const ANYWHERE = ['*', '0.0.0.0', '::'];

function socketsOf(netns: NetnsObservation | undefined): readonly Listener[] | undefined {
  if (netns === undefined) return [];
  const sockets = listeners(netns);
  return sockets.ok ? sockets.value.filter(({ port }) => port < FIRST_RANDOM_PORT) : undefined;
}

const same = ({ protocol, address, port }: Listener): string => `${protocol} ${address} ${port}`;

export function listenEntries(change: Change): Candidate[] {
  const [before, after] = [socketsOf(change.before), socketsOf(change.after)];
  if (before === undefined || after === undefined) return [];
  const name = ({ protocol, port }: Listener) => `${protocol}:${port}`;
  const made = after
    .filter((socket) => !before.some((old) => same(old) === same(socket)))
    .map((socket): Candidate => {
      const place = {
        listen: name(socket),
        ...(ANYWHERE.includes(socket.address) ? {} : { address: socket.address }),
      };
      const [process, ...others] = socket.processes;
      if (process === undefined || others.length > 0) return { entry: { ...place, within: STARTS } };
      return {
        entry: { ...place, process: literal(process), within: STARTS },
        otherwise: [{ ...place, within: STARTS }],
      };
    });
  const gone = before
    .filter((old) => !after.some((socket) => same(old) === same(socket)))
    .map((old): Candidate => ({ entry: { listen: name(old), absent: true } }));
  return [...made, ...gone];
}
