/** A host in a process of its own, to be measured or killed: given all that makes it over IPC, telling its port. */
import type { CourseOutline } from '../../../src/board/outline.ts';
import type { Certificate } from '../../../src/class/host/certificate/make.ts';
import { serveClass } from '../../../src/class/host/serve.ts';
import { openDiskLog } from '../../../src/class/log/disk/log.ts';
import { openNatsLog } from '../../../src/class/log/nats/log.ts';

export interface HostProcessOptions {
  /** A folder, or a NATS server and the name of the class there. */
  log: { folder: string } | { url: string; id: string };
  course: CourseOutline;
  secret: string;
  instructorKeyHash: string;
  certificate: Certificate;
}

export type FromHost = { told: 'port'; port: number } | { told: 'cpu'; ms: number };

process.once(
  'message',
  async ({ log: kept, course, secret, instructorKeyHash, certificate }: HostProcessOptions) => {
    const log = 'folder' in kept ? await openDiskLog(kept.folder) : await openNatsLog(kept);
    const served = await serveClass({
      log,
      id: 'crowd',
      title: 'A crowd',
      course,
      secret,
      instructorKeyHash,
      certificate,
      listen: '127.0.0.1',
      port: 0,
    });
    process.send!({ told: 'port', port: served.port } satisfies FromHost);
    process.on('message', () => {
      const { user, system } = process.cpuUsage();
      process.send!({ told: 'cpu', ms: (user + system) / 1000 } satisfies FromHost);
    });
    process.on('disconnect', () => process.exit(0));
  },
);
