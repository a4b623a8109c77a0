/** A crowd in a process of its own, so that what it costs is not the host's: told what to do, and telling, over IPC. */
import { Crowd, type CrowdOptions } from './crowd.ts';

export type ToCrowd =
  | { do: 'join'; options: CrowdOptions }
  | { do: 'talk'; times: number; everyMs: number }
  | { do: 'close' };

export type FromCrowd =
  | { told: 'joined' }
  | {
      told: 'talked';
      learners: {
        id: string;
        said: number;
        heard: number;
        saidAt: number[];
        heardAt: number[];
        refusals: string[];
      }[];
      cpuMs: number;
    };

let crowd: Crowd | undefined;
const tell = (message: FromCrowd): void => void process.send!(message);

process.on('message', async (message: ToCrowd) => {
  if (message.do === 'join') {
    crowd = new Crowd(message.options);
    await crowd.join();
    tell({ told: 'joined' });
  } else if (message.do === 'talk') {
    const before = process.cpuUsage();
    await crowd!.talk(message.times, message.everyMs);
    await crowd!.settle();
    const { user, system } = process.cpuUsage(before);
    tell({
      told: 'talked',
      learners: crowd!.learners.map(({ id, said, heard, saidAt, heardAt, refusals }) => ({
        id,
        said,
        heard,
        saidAt,
        heardAt,
        refusals,
      })),
      cpuMs: (user + system) / 1000,
    });
  } else process.exit(0);
});
process.on('disconnect', () => process.exit(0));
